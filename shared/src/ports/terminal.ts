import type { Minor } from "../money.ts";
import type { Part } from "../part.ts";
import type { Instant } from "../time.ts";
import type { Reporting } from "./device.ts";

export interface ChargeRequest {
  readonly paymentId: string;
  readonly amount: Minor;
  /** ISO 4217 letters. */
  readonly currency: string;
}

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
}

export type ChargeAnswer =
  | { readonly kind: "captured"; readonly receipt: TerminalReceipt }
  | { readonly kind: "declined"; readonly resultCode: string; readonly reason: string };

export type ChargeEnquiry =
  | { readonly kind: "captured"; readonly receipt: TerminalReceipt }
  /** The terminal's last receipt is older: nothing was booked, a new charge is allowed. */
  | { readonly kind: "not-booked" }
  /** A person decides; the driver is not charged again. */
  | { readonly kind: "undecided"; readonly detail: string };

/** A card terminal at an exit or a pay station. One charge at a time. */
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
  /** Cancels what is running at the terminal, if anything; the charge then ends as declined or captured. */
  abort(): Promise<void>;
}
