import { type CardScheme, cardSchemes } from "@gatehouse/shared/ports/terminal";
import type { Instant } from "@gatehouse/shared/time";
import { type Card, cardIdOf, CardPurses } from "./card-purses.ts";

export interface CardPaper {
  readonly kind: "payment" | "reversal" | "refund";
  /** Four digits. */
  readonly number: string;
  /** Six digits. */
  readonly trace: string;
  readonly amountMinor: number;
  readonly card: Omit<Card, "approves">;
  readonly at: Instant;
  /** Of the payment that a reversal takes back. */
  readonly reversed?: { readonly number: string; readonly trace: string };
}

export interface BatchTotals {
  /** `0000` of an empty batch. */
  readonly fromReceipt: string;
  readonly toReceipt: string;
  readonly schemes: readonly {
    readonly scheme: CardScheme;
    readonly count: number;
    readonly amountMinor: number;
  }[];
  /** No field of the protocol says what refunds come to: they stand on the paper only. */
  readonly refunds: { readonly count: number; readonly amountMinor: number };
}

export interface DayPaper {
  readonly kind: "end of day";
  readonly totals: BatchTotals;
  readonly at: Instant;
}

export const reversalRefusals = { alreadyReversed: 0xb4, notPossible: 0xb5 } as const;

/** What a card terminal remembers, and the cards' accounts behind it. Money moves here and nowhere else. */
export class TerminalMemory {
  readonly purses = new CardPurses();
  /** Payments that stand, by receipt number. */
  readonly booked = new Map<string, number>();
  readonly #now: () => Instant;
  /** Since the last end of day, by receipt number. */
  readonly #batch = new Map<string, CardPaper>();
  readonly #reversed = new Set<string>();
  #number: number;
  #last: CardPaper | DayPaper | undefined;

  /** @param lastReceipt the last number that the terminal gave before it was switched on */
  constructor(now: () => Instant, lastReceipt: number) {
    this.#now = now;
    this.#number = lastReceipt;
  }

  /** The last number given. */
  get number(): number {
    return this.#number;
  }

  get last(): CardPaper | DayPaper | undefined {
    return this.#last;
  }

  pay(amountMinor: number, card: CardPaper["card"]): CardPaper {
    const paper = this.#next("payment", amountMinor, card);
    this.booked.set(paper.number, amountMinor);
    this.purses.book(bookingOf(paper, amountMinor));
    return paper;
  }

  refund(amountMinor: number, card: CardPaper["card"]): CardPaper {
    const paper = this.#next("refund", amountMinor, card);
    this.purses.book(bookingOf(paper, -amountMinor));
    return paper;
  }

  /**
   * Takes a payment of the open batch back, whole, on a receipt of its own.
   *
   * @returns a code of `reversalRefusals` where there is none
   */
  reverse(number: string): CardPaper | number {
    if (this.#reversed.has(number)) return reversalRefusals.alreadyReversed;
    const payment = this.#batch.get(number);
    if (payment?.kind !== "payment") return reversalRefusals.notPossible;
    this.#reversed.add(number);
    this.booked.delete(number);
    const { amountMinor, card, trace } = payment;
    const paper = this.#next("reversal", amountMinor, card, { number, trace });
    this.purses.book(bookingOf(paper, -amountMinor));
    return paper;
  }

  totals(): BatchTotals {
    const papers = [...this.#batch.values()];
    const standing = papers.filter(
      ({ kind, number }) => kind === "payment" && !this.#reversed.has(number),
    );
    const refunds = papers.filter(({ kind }) => kind === "refund");
    return {
      fromReceipt: papers[0]?.number ?? "0000",
      toReceipt: papers.at(-1)?.number ?? "0000",
      schemes: cardSchemes.map((scheme) => ({
        scheme,
        ...sumOf(standing.filter(({ card }) => schemeOf(card.name) === scheme)),
      })),
      refunds: sumOf(refunds),
    };
  }

  /** Closes the batch: nothing of it can be reversed any more. */
  endDay(): DayPaper {
    const paper: DayPaper = { kind: "end of day", totals: this.totals(), at: this.#now() };
    this.#batch.clear();
    this.#reversed.clear();
    this.#last = paper;
    return paper;
  }

  #next(
    kind: CardPaper["kind"],
    amountMinor: number,
    card: CardPaper["card"],
    reversed?: CardPaper["reversed"],
  ): CardPaper {
    this.#number = (this.#number % lastNumber) + 1;
    const paper: CardPaper = {
      kind,
      number: String(this.#number).padStart(4, "0"),
      trace: String(this.#number).padStart(6, "0"),
      amountMinor,
      card,
      at: this.#now(),
      ...(reversed !== undefined && { reversed }),
    };
    this.#batch.set(paper.number, paper);
    this.#last = paper;
    return paper;
  }
}

const lastNumber = 9999;

const bookingOf = ({ card, number }: CardPaper, amountMinor: number) => ({
  cardId: cardIdOf(card),
  amountMinor,
  receiptNumber: number,
});

const sumOf = (papers: readonly CardPaper[]) => ({
  count: papers.length,
  amountMinor: papers.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
});

const schemeNames: readonly (readonly [CardScheme, RegExp])[] = [
  ["girocard", /girocard/i],
  ["jcb", /jcb/i],
  ["mastercard", /master/i],
  ["amex", /amex|american/i],
  ["visa", /visa|v ?pay/i],
  ["diners", /diners/i],
];

const schemeOf = (cardName: string): CardScheme =>
  schemeNames.find(([, pattern]) => pattern.test(cardName))?.[0] ?? "other";
