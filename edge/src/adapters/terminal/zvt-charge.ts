import { Fault } from "@gatehouse/shared/fault";
import type { Minor } from "@gatehouse/shared/money";
import type { ChargeAnswer, TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import type { ZvtFields } from "./zvt-bmp.ts";
import { result } from "./zvt-codes.ts";
import { declined, refused } from "./zvt-declined.ts";
import { reply } from "./zvt-frame.ts";
import type { ExchangeEnd } from "./zvt-link.ts";
import { PaperTray } from "./zvt-papers.ts";
import { receiptOf } from "./zvt-receipt.ts";

interface Asked {
  readonly amount: Minor;
  /** As ZVT writes it, for example `0978`. */
  readonly currencyNumber: string;
  /** As the terminal named itself at registration, if it did. */
  readonly terminalId: string | undefined;
}

/**
 * Follows one authorisation and decides what it came to. An approval is made durable before it is acknowledged;
 * when that fails, or when the approval is not the one asked for, the terminal is told that no goods were
 * issued, so that it reverses by itself.
 */
export class ChargeWatch {
  readonly tray = new PaperTray();
  readonly #asked: Asked;
  readonly #approved: (receipt: TerminalReceipt) => void;
  #captured: TerminalReceipt | undefined;
  #declinedBy: number | undefined;
  #goodsNotIssued: string | undefined;
  /** Thrown by `approved` and no Fault: a bug, which must not be swallowed. */
  #bug: { readonly error: unknown } | undefined;

  constructor(asked: Asked, approved: (receipt: TerminalReceipt) => void) {
    this.#asked = asked;
    this.#approved = approved;
  }

  get captured(): TerminalReceipt | undefined {
    return this.#captured;
  }

  /** Whether only the terminal's own end is missing. A reversal still has to reach the bank. */
  isDecided(): boolean {
    return this.#captured !== undefined || this.#declinedBy !== undefined;
  }

  /** Answers a status information. */
  onStatus(fields: ZvtFields): Buffer {
    if (fields.resultCode === undefined) return reply.accepted;
    if (fields.resultCode !== result.approved) {
      this.#declinedBy ??= fields.resultCode;
      return reply.accepted;
    }
    if (this.#goodsNotIssued !== undefined) return reply.goodsNotIssued;
    if (this.#captured !== undefined) {
      // The same approval again, because our acknowledge was lost. Another receipt would be a second charge.
      const isSame = fields.receiptNumber === this.#captured.receiptNumber;
      return isSame ? reply.accepted : reply.goodsNotIssued;
    }
    return this.#approve(fields);
  }

  /**
   * What the ended exchange came to.
   *
   * @throws Fault `terminal-answer-lost`, `terminal-busy` or `terminal-unreachable`; and whatever bug `approved` threw
   */
  answer(end: ExchangeEnd): ChargeAnswer {
    if (this.#bug !== undefined) throw this.#bug.error;
    if (this.#captured !== undefined) {
      return { kind: "captured", receipt: this.tray.with(this.#captured) };
    }
    if (end.kind === "lost" && !end.isSent) throw new Fault("terminal-unreachable", end.detail);
    if (this.#goodsNotIssued !== undefined) return this.#reversed(end, this.#goodsNotIssued);
    if (end.kind === "refused") return refused(end.code);
    if (end.kind === "aborted") return declined(this.#declinedBy ?? end.code);
    if (this.#declinedBy !== undefined) return declined(this.#declinedBy);
    throw new Fault(
      "terminal-answer-lost",
      end.kind === "lost" ? end.detail : "the terminal ended the payment without a result",
    );
  }

  #approve(fields: ZvtFields): Buffer {
    const flaw = this.#flawOf(fields);
    const { receiptNumber } = fields;
    if (flaw !== undefined || receiptNumber === undefined) {
      this.#goodsNotIssued = flaw ?? "the approval carries no receipt number";
      return reply.goodsNotIssued;
    }
    const terminalId = fields.terminalId ?? this.#asked.terminalId ?? "";
    const receipt = receiptOf(fields, terminalId, receiptNumber);
    try {
      this.#approved(receipt);
    } catch (error) {
      if (!(error instanceof Fault)) this.#bug = { error };
      this.#goodsNotIssued = "the capture could not be written";
      return reply.goodsNotIssued;
    }
    this.#captured = receipt;
    return reply.accepted;
  }

  /** An approval may leave out all but its receipt number; what it says must be what was asked. */
  #flawOf({ amount, currency, terminalId }: ZvtFields): string | undefined {
    const asked = this.#asked;
    if (amount !== undefined && amount !== asked.amount) {
      return `approved ${amount} minor units instead of ${asked.amount}`;
    }
    if (currency !== undefined && currency !== asked.currencyNumber) {
      return `approved in currency ${currency} instead of ${asked.currencyNumber}`;
    }
    const isOther =
      terminalId !== undefined && asked.terminalId !== undefined && terminalId !== asked.terminalId;
    return isOther
      ? `approved by terminal ${terminalId} instead of ${asked.terminalId}`
      : undefined;
  }

  /** The terminal reverses by itself; whether it has is known only when it ended the exchange. */
  #reversed(end: ExchangeEnd, why: string): ChargeAnswer {
    if (end.kind === "lost") throw new Fault("terminal-answer-lost", `${why}; ${end.detail}`);
    return { kind: "declined", resultCode: "66", reason: `reversed: ${why}`, advice: "none" };
  }
}
