import type { StoredReportHead } from "@gatehouse/shared/contracts/reports/stored";
import { countText, moneyText } from "../format.ts";
import { storedWords as words } from "./stored-words.ts";

/** Who made a report, as it is shown: a person's name, the calendar, or head office's first token. */
export function authorText(
  made: Pick<StoredReportHead, "generated_by"> & { readonly name: string | null },
): string {
  if (made.name !== null) return made.name;
  if (made.generated_by === "calendar") return words.byCalendar;
  return made.generated_by === "office-token" ? words.byToken : words.nobodyKnown;
}

/** What a report says, in one sentence. @param currency of the facility; "" before it has told one */
export const saysText = ({ totals }: StoredReportHead, currency: string): string =>
  words.says(
    moneyText(totals.revenue_minor, currency === "" ? null : currency),
    countText(totals.payments),
    countText(totals.entries),
    countText(totals.exits),
  );
