import type { StoredReportHead } from "@gatehouse/shared/contracts/reports/stored";
import { countText, dayText, moneyText } from "../format.ts";
import { frameWords } from "../frame/frame-words.ts";
import { storedWords as words } from "./stored-words.ts";

/** Who made a report, as it is shown: a person's name, the calendar, or head office's first token. */
export function authorText(
  made: Pick<StoredReportHead, "generated_by"> & { readonly name: string | null },
): string {
  if (made.name !== null) return made.name;
  if (made.generated_by === "calendar") return words.byCalendar;
  return made.generated_by === "office-token" ? words.byToken : words.nobodyKnown;
}

/** Named by head office itself where nobody gave a title: its kind, its facility, its days. */
const madeUp =
  /^(?:Daily|Weekly|Monthly|Custom) report, (.*), \d{4}-\d\d-\d\d(?: to \d{4}-\d\d-\d\d)?$/;

/** A report's title: as somebody wrote it, or, where nobody did, in the page's language. */
export function titleText({
  title,
  report_type,
  period,
}: Pick<StoredReportHead, "title" | "report_type" | "period">): string {
  const facility = madeUp.exec(title)?.[1];
  if (facility === undefined) return title;
  const days = frameWords.days(dayText(period.from), dayText(period.to));
  return `${words.titles[report_type]}, ${facility}, ${days}`;
}

/** What a report says, in one sentence. @param currency of the facility; "" before it has told one */
export const saysText = ({ totals }: StoredReportHead, currency: string): string =>
  words.says(
    moneyText(totals.revenue_minor, currency === "" ? null : currency),
    countText(totals.payments),
    countText(totals.entries),
    countText(totals.exits),
  );
