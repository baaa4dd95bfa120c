import type { LedgerFact } from "@gatehouse/shared/contracts/event";

/** How a language writes what is in a line. */
export interface Saying {
  readonly money: (minor: number) => string;
  readonly moment: (at: string) => string;
  readonly stay: (seconds: number) => string;
}

/** Says a line in a language; undefined: it has no sentence for this one. */
export type Telling = (fact: LedgerFact, say: Saying) => string | undefined;

/** Who did something: their name, else what they are. */
export const whoOf = ({ id, kind }: { readonly kind: string; readonly id?: string | undefined }) =>
  id ?? kind;
