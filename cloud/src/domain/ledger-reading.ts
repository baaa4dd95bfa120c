import type { SealedLine } from "@gatehouse/shared/contracts/batch";
import {
  eventBodies,
  factOf,
  type LedgerFact,
  LedgerLine,
} from "@gatehouse/shared/contracts/event";

/** Why a line was set aside: kept whole, not understood. */
export type SetAsideReason =
  | "not-a-line"
  | "wrong-place"
  | "unknown-type"
  | "unreadable-body"
  | "not-storable";

/** A ledger line as head office understands it. */
export interface ReadLine {
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
  /** Null when not even the envelope can be read. */
  readonly type: string | null;
  readonly at: string | null;
  readonly fact: LedgerFact | undefined;
  readonly aside: { readonly reason: SetAsideReason; readonly detail: string } | undefined;
}

/** An honest type is a short word; more of it is kept in the text alone. */
const longestType = 100;

/** Reads one line at its place. What cannot be understood is a value too: no line ever throws. */
export function readLine(sealed: SealedLine, epoch: number, seq: number): ReadLine {
  const { text, hash } = sealed;
  const nothing = { seq, text, hash, type: null, at: null, fact: undefined };
  const line = lineOf(text);
  if (line === undefined)
    return { ...nothing, aside: { reason: "not-a-line", detail: "no ledger line's envelope" } };
  if (line.epoch !== epoch || line.seq !== seq) {
    const detail = `says ${line.epoch}/${line.seq}, stands at ${epoch}/${seq}`;
    return { ...nothing, aside: { reason: "wrong-place", detail } };
  }
  const fact = factOf(line);
  const { at } = line;
  if (fact !== undefined) return { seq, text, hash, type: fact.type, at, fact, aside: undefined };
  const type = line.type.replaceAll("\0", "").slice(0, longestType);
  const reason = knownTypes.has(line.type) ? "unreadable-body" : "unknown-type";
  return { seq, text, hash, type, at, fact, aside: { reason, detail: type } };
}

/** The same line after the database has refused what it says: kept as bytes, nothing of it taken over. */
export const notStorable = (line: ReadLine, detail: string): ReadLine => ({
  ...line,
  type: null,
  at: null,
  fact: undefined,
  aside: { reason: "not-storable", detail },
});

function lineOf(text: string): LedgerLine | undefined {
  try {
    return LedgerLine.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The types of lines whose bodies this program can read. */
export const knownTypes: ReadonlySet<string> = new Set(Object.keys(eventBodies));
