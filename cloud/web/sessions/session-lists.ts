import type { Question } from "../frame/address.ts";

/** The lists of sessions: those inside now, those that ended, and what one searches for. */
export const sessionLists = ["active", "completed", "search"] as const;
export type SessionList = (typeof sessionLists)[number];

/** What narrows a search, by its name in the address and at head office. */
export const narrowing = [
  "from",
  "to",
  "by",
  "hour",
  "lane",
  "vehicle_class",
  "plate",
  "space",
  "state",
  "permit",
] as const;

/** Which list an address asks for: a link from a number asks for sessions without naming one. */
export function listOf(question: Question): SessionList {
  const named = sessionLists.find((each) => each === question["list"]);
  const isNarrowed = narrowing.some((name) => question[name] !== undefined);
  return named ?? (isNarrowed ? "search" : "active");
}
