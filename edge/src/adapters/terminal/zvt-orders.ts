import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import type { Minor } from "@gatehouse/shared/money";
import type {
  ChargeAnswer,
  ChargeRequest,
  GiveBackAnswer,
  RefundRequest,
  ReversalRequest,
  TerminalReceipt,
  TotalsAnswer,
} from "@gatehouse/shared/ports/terminal";
import { bcd, type ZvtFields } from "./zvt-bmp.ts";
import { ChargeWatch } from "./zvt-charge.ts";
import { TotalsWatch } from "./zvt-day-end.ts";
import { control } from "./zvt-frame.ts";
import { GiveBackWatch } from "./zvt-give-back.ts";
import type { Count, ExchangeEnd, ZvtLink } from "./zvt-link.ts";
import type { PaperTray } from "./zvt-papers.ts";
import type { ZvtSession } from "./zvt-session.ts";

export interface ZvtOrdersOptions {
  readonly session: ZvtSession;
  /** Three bytes. */
  readonly password: Buffer;
  /** As ZVT writes it, for example `0978`. */
  readonly currencyNumber: string;
  readonly count: Count;
  /** A capture is in the book although the terminal never said that it was done. */
  readonly unconfirmed: (receipt: TerminalReceipt) => void;
}

/** Six bytes of two digits. */
const highestAmount = 999_999_999_999;

/** Follows one command and says in the end what it came to. */
interface Watch<T> {
  readonly tray: PaperTray;
  onStatus(fields: ZvtFields): Buffer;
  isDecided(): boolean;
  answer(end: ExchangeEnd): T;
}

/** What a terminal is told to do, in bytes, and what came of it. Whoever calls has taken the terminal. */
export class ZvtOrders {
  readonly #options: ZvtOrdersOptions;

  constructor(options: ZvtOrdersOptions) {
    this.#options = options;
  }

  async charge(
    link: ZvtLink,
    { amount }: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    const { count, unconfirmed } = this.#options;
    count("charges");
    const watch = new ChargeWatch({ ...this.#expected, amount }, approved);
    const end = await this.#follow(link, control.authorisation, this.#money(amount), watch);
    if (end.kind !== "completed" && watch.captured !== undefined) {
      // The registration that follows reads the receipt, which tells whether the capture stands.
      unconfirmed(watch.captured);
      link.close("a capture is to be confirmed");
    }
    return this.#answer(watch, end);
  }

  reverse(link: ZvtLink, request: ReversalRequest): Promise<GiveBackAnswer> {
    const { password, count } = this.#options;
    check(/^\d{4}$/.test(request.receiptNumber), "a reversal names a receipt by four digits");
    count("reversals");
    const data = Buffer.concat([password, Buffer.of(0x87), bcd(request.receiptNumber, 2)]);
    return this.#giveBack(link, control.reversal, data, request.amount);
  }

  refund(link: ZvtLink, { amount }: RefundRequest): Promise<GiveBackAnswer> {
    const { password, count } = this.#options;
    count("refunds");
    const data = Buffer.concat([password, this.#money(amount)]);
    return this.#giveBack(link, control.refund, data, amount);
  }

  endOfDay(link: ZvtLink): Promise<TotalsAnswer> {
    this.#options.count("ends_of_day");
    return this.#totals(link, control.endOfDay);
  }

  turnover(link: ZvtLink): Promise<TotalsAnswer> {
    this.#options.count("turnovers");
    return this.#totals(link, control.turnover);
  }

  async #giveBack(
    link: ZvtLink,
    command: number,
    data: Buffer,
    amount: Minor,
  ): Promise<GiveBackAnswer> {
    const watch = new GiveBackWatch({ ...this.#expected, amount });
    return this.#answer(watch, await this.#follow(link, command, data, watch));
  }

  async #totals(link: ZvtLink, command: number): Promise<TotalsAnswer> {
    const watch = new TotalsWatch();
    return this.#answer(watch, await this.#follow(link, command, this.#options.password, watch));
  }

  /** One command from its acknowledge to its end, watched. */
  #follow(
    link: ZvtLink,
    command: number,
    data: Buffer,
    watch: Watch<unknown>,
  ): Promise<ExchangeEnd> {
    const { session } = this.#options;
    return session.order(link, command, data, {
      onStatus: (fields) => {
        session.lastReceipt = fields.receiptNumber ?? session.lastReceipt;
        return watch.onStatus(fields);
      },
      onPaper: (paper) => watch.tray.add(paper),
      isDecided: () => watch.isDecided(),
    });
  }

  #answer<T extends { readonly kind: string }>(watch: Watch<T>, end: ExchangeEnd): T {
    const { count } = this.#options;
    try {
      const answer = watch.answer(end);
      count(answer.kind);
      return answer;
    } catch (error) {
      if (error instanceof Fault) count(error.code.replaceAll("-", "_"));
      throw error;
    }
  }

  /** What an answer must agree with, besides its amount. */
  get #expected() {
    const { session, currencyNumber } = this.#options;
    return { currencyNumber, terminalId: session.terminalId };
  }

  #money(amount: Minor): Buffer {
    check(amount > 0 && amount <= highestAmount, "an amount is above zero and has twelve digits");
    const currency = bcd(this.#options.currencyNumber, 2);
    return Buffer.concat([Buffer.of(0x04), bcd(amount, 6), Buffer.of(0x49), currency]);
  }
}
