import { Fault } from "@gatehouse/shared/fault";
import type { Minor } from "@gatehouse/shared/money";
import type { GiveBackAnswer, TerminalReceipt } from "@gatehouse/shared/ports/terminal";
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
 * Follows one reversal or refund and decides what it came to. It is done when the terminal has approved it and
 * ended it in good order; whatever is less is not known, and is enquired. No goods hang on it, so a status is
 * always accepted.
 */
export class GiveBackWatch {
  readonly tray = new PaperTray();
  readonly #asked: Asked;
  #approval: ZvtFields | undefined;
  #declinedBy: number | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Whether only the terminal's own end is missing. */
  isDecided(): boolean {
    return this.#approval !== undefined || this.#declinedBy !== undefined;
  }

  onStatus(fields: ZvtFields): Buffer {
    if (fields.resultCode === result.approved) this.#approval ??= fields;
    else if (fields.resultCode !== undefined) this.#declinedBy ??= fields.resultCode;
    return reply.accepted;
  }

  /**
   * What the ended exchange came to.
   *
   * @throws Fault `terminal-answer-lost`, `terminal-busy` or `terminal-unreachable`
   */
  answer(end: ExchangeEnd): GiveBackAnswer {
    if (end.kind === "lost" && !end.isSent) throw new Fault("terminal-unreachable", end.detail);
    if (end.kind === "refused") return end.code === done ? { kind: "done" } : refused(end.code);
    if (this.#approval !== undefined) return this.#approved(this.#approval, end);
    const code = this.#declinedBy ?? (end.kind === "aborted" ? end.code : undefined);
    if (code === done) return { kind: "done" };
    if (code !== undefined) return declined(code);
    const why = end.kind === "lost" ? end.detail : "the terminal ended it without a result";
    throw new Fault("terminal-answer-lost", why);
  }

  #approved(fields: ZvtFields, end: ExchangeEnd): GiveBackAnswer {
    if (end.kind === "lost") throw new Fault("terminal-answer-lost", end.detail);
    if (end.kind !== "completed") {
      throw new Fault("terminal-answer-lost", "the terminal approved it and then broke it off");
    }
    const flaw = this.#flawOf(fields);
    if (flaw !== undefined) throw new Fault("terminal-answer-lost", flaw);
    const { receiptNumber, terminalId = this.#asked.terminalId ?? "" } = fields;
    if (receiptNumber === undefined) return { kind: "done" };
    const receipt: TerminalReceipt = receiptOf(fields, terminalId, receiptNumber);
    return { kind: "done", receipt: this.tray.with(receipt) };
  }

  /** Another amount given back than was asked for is nothing that a program can set right. */
  #flawOf({ amount, currency }: ZvtFields): string | undefined {
    const { amount: asked, currencyNumber } = this.#asked;
    if (amount !== undefined && amount !== asked) {
      return `the terminal gave back ${amount} minor units instead of ${asked}`;
    }
    return currency !== undefined && currency !== currencyNumber
      ? `the terminal gave back in currency ${currency} instead of ${currencyNumber}`
      : undefined;
  }
}

const done = result.alreadyReversed;
