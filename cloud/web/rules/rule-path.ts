import type { RuleWord } from "@gatehouse/shared/contracts/rules/access";
import { isoOf, type Instant } from "@gatehouse/shared/time";
import { civilMoment } from "@gatehouse/shared/civil-moment";
import type { FacilityAt } from "../frame/page.ts";

/** The address of a facility's rules of one kind, or of one of them. */
export const rulePath = (facilityId: string, word: RuleWord, id?: string): string => {
  const all = `/v1/facilities/${encodeURIComponent(facilityId)}/${word}`;
  return id === undefined ? all : `${all}/${encodeURIComponent(id)}`;
};

/** What names a rule. */
export function ruleId(word: RuleWord, body: Readonly<Record<string, unknown>>): string {
  const member = { permits: "permit_id", pools: "pool_id", visitors: "visitor_id" } as const;
  if (word === "lists") return `${String(body["list"])}:${String(body["plate"])}`;
  return String(body[word === "reservations" ? "reservation_id" : member[word]]);
}

/**
 * What a new rule has of itself: an id where nobody writes one, and days that are usual.
 *
 * @param now ISO 8601, by head office's clock
 */
export function newBody(
  word: RuleWord,
  { today, timezone }: FacilityAt,
  now: string,
): Record<string, unknown> {
  const day = (days: number): string => {
    const date = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    return isoOf(civilMoment(date, timezone) ?? (Date.parse(date) as Instant));
  };
  switch (word) {
    case "permits":
      return { kind: "season", valid_from: day(0), valid_until: day(365) };
    case "pools":
      return { when_full: "transient" };
    case "lists":
      return { list: "deny" };
    case "visitors":
      return {
        visitor_id: newId("V"),
        kind: "visitor",
        valid_from: now,
        valid_until: day(1),
      };
    case "reservations":
      return {
        reservation_id: newId("R"),
        reservation_amount: 0,
        status: "confirmed",
        reserved_from: day(1),
        reserved_until: day(2),
        created_at: now,
      };
    default:
      return word satisfies never;
  }
}

/** An id that nobody has to think of. */
const newId = (letter: string): string =>
  `${letter}-${Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) =>
    byte.toString(36).padStart(2, "0"),
  )
    .join("")
    .toUpperCase()}`;
