import type { DueView } from "@gatehouse/shared/contracts/money";
import { isoOf } from "@gatehouse/shared/time";
import type { Reader } from "../../store/book.ts";
import { isInside } from "../sessions.ts";
import { quoteSession } from "../session-quote.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { Owed } from "./owed.ts";

/** What a price is made of; nothing where the tariff's lines sum to another amount than is asked. */
export function priceLines(
  reader: Reader,
  deps: Pick<MoneyDeps, "steady" | "calendar">,
  { session, total }: Owed,
): DueView["lines"] {
  if (session === undefined || !isInside(session)) return [];
  const { lines } = quoteSession(reader, deps, session).price;
  if (lines.reduce((sum, { minor }) => sum + minor, 0) !== total) return [];
  return lines.map(({ rule, from, to, minor }) => ({
    rule,
    from: isoOf(from),
    to: isoOf(to),
    minor,
  }));
}
