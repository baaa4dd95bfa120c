import type { Minor } from "../money.ts";
import type { Part } from "../part.ts";
import type { Duration, Instant } from "../time.ts";
import type { Reporting } from "./device.ts";

export interface ChargeRequest {
  readonly paymentId: string;
  readonly amount: Minor;
  /** ISO 4217 letters. */
  readonly currency: string;
}

export interface ReversalRequest {
  /** Of the charge that is taken back, as the terminal numbered it. */
  readonly receiptNumber: string;
  /** What that charge came to: a reversal is always whole. */
  readonly amount: Minor;
  readonly currency: string;
}

export type RefundRequest = Pick<ChargeRequest, "amount" | "currency">;

/** What the terminal's own receipt says. Never more of a card than its last four digits. */
export interface TerminalReceipt {
  readonly terminalId: string;
  readonly receiptNumber: string;
  readonly traceNumber?: string;
  readonly amount?: Minor;
  readonly cardName?: string;
  readonly cardLastFour?: string;
  /** The terminal's local date and time as printed (MMDD HHMMSS), where it tells. */
  readonly printedAt?: string;
  /**
   * What the terminal wants printed, in its order. Left out where it prints itself, and while an approval is
   * told: papers follow it.
   */
  readonly papers?: readonly TerminalPaper[];
}

/** Lines for one paper. Card numbers in them are hidden up to their last four digits. */
export interface TerminalPaper {
  /** `unmarked`: the terminal does not say whose it is. */
  readonly for: "merchant" | "customer" | "administration" | "unmarked";
  readonly lines: readonly string[];
}

export interface Declined {
  readonly kind: "declined";
  /** As the device writes it, for example `6C`. */
  readonly resultCode: string;
  /** The same in words. */
  readonly reason: string;
  /**
   * `again`: the same may succeed by itself in a while. `person`: the terminal wants somebody before it does
   * this again. `none`: an ordinary refusal, another card or another means may do.
   */
  readonly advice: "again" | "person" | "none";
}

export type ChargeAnswer =
  | { readonly kind: "captured"; readonly receipt: TerminalReceipt }
  | Declined;

export type ChargeEnquiry =
  | { readonly kind: "captured"; readonly receipt: TerminalReceipt }
  /** The terminal's last receipt is older: nothing was booked, a new charge is allowed. */
  | { readonly kind: "not-booked" }
  /** A person decides; the driver is not charged again. */
  | { readonly kind: "undecided"; readonly detail: string };

/** `receipt` is left out where the terminal tells no number of it: of a reversal that was done before, always. */
export type GiveBackAnswer =
  | { readonly kind: "done"; readonly receipt?: TerminalReceipt }
  | Declined;

export type GiveBackEnquiry =
  | { readonly kind: "done"; readonly receipt: TerminalReceipt }
  /** Nothing was given back: the same request may be made again. */
  | { readonly kind: "not-done" }
  | { readonly kind: "undecided"; readonly detail: string };

export const cardSchemes = [
  "girocard",
  "jcb",
  "mastercard",
  "amex",
  "visa",
  "diners",
  "other",
] as const;
export type CardScheme = (typeof cardSchemes)[number];

/** What a terminal has booked since its last end of day. */
export interface TerminalTotals {
  /** Receipt numbers, four digits; `0000` of an empty batch. */
  readonly fromReceipt: string;
  readonly toReceipt: string;
  /** A count above 255 does not fit into what a ZVT terminal tells: then only the amounts hold. */
  readonly schemes: readonly {
    readonly scheme: CardScheme;
    readonly count: number;
    readonly amount: Minor;
  }[];
}

/** A terminal's totals. Some tell them only on paper. */
export interface TerminalSums {
  readonly totals?: TerminalTotals;
  readonly papers: readonly TerminalPaper[];
}

export type TotalsAnswer = (TerminalSums & { readonly kind: "done" }) | Declined;

export type EndOfDayEnquiry =
  | (TerminalSums & { readonly kind: "done" })
  /** The terminal's last paper is of a card: the batch is still open. */
  | { readonly kind: "not-done" }
  | { readonly kind: "undecided"; readonly detail: string };

/** How a terminal is, as it says itself. */
export interface TerminalStatus {
  /** `attention`: it answers, and wants a person. */
  readonly state: "ready" | "busy" | "reversing" | "attention";
  readonly resultCode: string;
  readonly words: string;
  /** What it asked for when we registered, for example `diagnosis`. */
  readonly needs: readonly string[];
  readonly terminalId?: string;
  readonly lastReceipt?: string;
  readonly software?: string;
  /** How far its clock is from ours, either way, where it tells the time. Above 10 minutes enquiries suffer. */
  readonly clockOffBy?: Duration;
}

/**
 * A card terminal at an exit or a pay station. One thing at a time.
 *
 * Every request may throw a Fault: `terminal-unreachable` or `terminal-busy` mean that surely nothing was booked;
 * after `terminal-answer-lost` it is not known, and the matching `enquire…` decides. Who asks writes down before
 * that it asks, and with which `lastReceipt()`, and enquires before it asks this terminal for anything else: a
 * terminal tells about its last paper only. An enquiry never books anything; it throws `terminal-unreachable` when
 * it must be made again later.
 */
export interface PaymentTerminal extends Part, Reporting {
  readonly id: string;
  /** The last receipt number this terminal is known to have given, read before a charge is started. */
  lastReceipt(): string | undefined;
  /**
   * Charges a card. `approved` is called before the terminal's approval is acknowledged: it must make the
   * capture durable; when it throws, the terminal is told that no goods were issued, so that it reverses.
   *
   * @throws Fault `terminal-unreachable` or `terminal-busy`: surely nothing was charged;
   *   `terminal-answer-lost`: not known, `enquire` decides
   */
  charge(
    request: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer>;
  /**
   * Asks what became of a charge whose answer was lost. Never charges.
   *
   * @param since the receipt number known before the charge began
   * @throws Fault `terminal-unreachable`: ask again later
   */
  enquire(
    request: ChargeRequest,
    since: string | undefined,
    startedAt: Instant,
  ): Promise<ChargeEnquiry>;
  /**
   * Takes a charge back, before the terminal's end of day, without the card. A charge that had been taken back
   * before counts as done: a request made twice gives the money back once.
   */
  reverse(request: ReversalRequest): Promise<GiveBackAnswer>;
  /** After `undecided` the reversal itself may be asked for again: it is done at most once. */
  enquireReversal(
    request: ReversalRequest,
    since: string | undefined,
    startedAt: Instant,
  ): Promise<GiveBackEnquiry>;
  /** Gives money to the card that is presented now. Made twice it gives twice: enquire first, always. */
  refund(request: RefundRequest): Promise<GiveBackAnswer>;
  enquireRefund(
    request: RefundRequest,
    since: string | undefined,
    startedAt: Instant,
  ): Promise<GiveBackEnquiry>;
  /**
   * Closes the terminal's batch: what was charged before cannot be reversed any more, and is not told about any
   * more either. So every lost answer is enquired first.
   */
  endOfDay(): Promise<TotalsAnswer>;
  enquireEndOfDay(startedAt: Instant): Promise<EndOfDayEnquiry>;
  /** The totals so far; closes nothing. */
  turnover(): Promise<TotalsAnswer>;
  status(): Promise<TerminalStatus>;
  /** Cancels what is running at the terminal, if anything; the charge then ends as declined or captured. */
  abort(): Promise<void>;
}
