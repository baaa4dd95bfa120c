import type { Advice } from "@gatehouse/shared/contracts/reports/advice";
import { durationText } from "../../../shared/web/duration.ts";
import { countText, percentText } from "../format.ts";
import { adviceWords as words } from "./advice-words.ts";
import { slotText } from "./week-time.ts";

/** A piece of advice as a sentence in the page's language. */
export function adviceText({ kind, facts, band }: Advice): string {
  const text = (name: string): string => String(facts[name] ?? "");
  const number = (name: string): number | null => {
    const value = facts[name];
    return typeof value === "number" ? value : null;
  };
  const share = (name: string): string => {
    const value = number(name);
    return percentText(value === null ? null : Math.round(100 * value));
  };
  const wait = number("wait_s");
  return words.sentences[kind]({
    name: text("name"),
    other: text("other"),
    rate: share("rate"),
    otherRate: share("other_rate"),
    fullRate: share("full_rate"),
    fullHours: `${text("full_from")}–${text("full_to")}`,
    count: countText(number("count")),
    slot: slotText(number("slot") ?? 0),
    most: countText(number("most")),
    handles: countText(number("handles")),
    needed: countText(number("needed")),
    hours: countText(number("hours")),
    busy: share("busy"),
    wait: wait === null ? "" : durationText(wait * 1000),
    when: band === null ? "" : ` ${words.when(band)}`,
    isSpaceType: facts["what"] === "space-type",
  });
}
