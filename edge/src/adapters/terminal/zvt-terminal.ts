import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type {
  ChargeAnswer,
  ChargeEnquiry,
  ChargeRequest,
  EndOfDayEnquiry,
  GiveBackAnswer,
  GiveBackEnquiry,
  PaymentTerminal,
  RefundRequest,
  ReversalRequest,
  TerminalReceipt,
  TerminalStatus,
  TotalsAnswer,
} from "@gatehouse/shared/ports/terminal";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { currencyNumber } from "./currency-codes.ts";
import { bcd, type ZvtFields } from "./zvt-bmp.ts";
import { ChargeWatch } from "./zvt-charge.ts";
import { meaningOf } from "./zvt-codes.ts";
import { TotalsWatch } from "./zvt-day-end.ts";
import { control } from "./zvt-frame.ts";
import { GiveBackWatch } from "./zvt-give-back.ts";
import { defaultLimits, type ExchangeEnd, type ZvtLimits, type ZvtLink } from "./zvt-link.ts";
import { judgeEndOfDay, judgeRefund, judgeReversal } from "./zvt-lost.ts";
import type { PaperTray } from "./zvt-papers.ts";
import { askStatus } from "./zvt-questions.ts";
import { judgeReceipt, type LostRequest, type RepeatedReceipt, undecided } from "./zvt-receipt.ts";
import { type Occupation, ZvtSession } from "./zvt-session.ts";
import { statusOf } from "./zvt-status.ts";

export interface ZvtTerminalOptions {
  readonly id: string;
  readonly laneId?: string;
  readonly host: string;
  readonly port: number;
  /** Six digits. */
  readonly password: string;
  /** ISO 4217 letters. */
  readonly currency: string;
  /** Who prints the terminal's receipts: we, from what it tells (the default), or it itself. */
  readonly receipts?: "gatehouse" | "terminal";
  /** The IANA zone that the terminal's own clock shows. */
  readonly timezone: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<ZvtLimits>;
}

/** How long an enquiry waits for the connection to come back before it says "later". */
const enquiryPatience = seconds(15);

/**
 * A card terminal that speaks ZVT over TCP. It connects, registers and comes back by itself, knows the last
 * receipt number from the terminal, and never sends a second authorisation for one charge.
 */
export class ZvtTerminal implements PaymentTerminal {
  readonly name: string;
  readonly id: string;
  readonly #options: ZvtTerminalOptions;
  readonly #currencyNumber: string;
  readonly #session: ZvtSession;
  readonly #counters: Record<string, number> = {};
  /** Kinds of refused input that the log has been told of. */
  readonly #toldOf = new Set<string>();
  /** A capture that is in the book although the terminal never said that it was done. */
  #unconfirmed: TerminalReceipt | undefined;

  /** @throws RangeError when the password or the currency cannot be used with ZVT */
  constructor(options: ZvtTerminalOptions) {
    if (!/^\d{6}$/.test(options.password)) {
      throw new RangeError(`the ZVT password of ${options.id} must be six digits`);
    }
    this.id = options.id;
    this.name = `terminal ${options.id}`;
    this.#options = options;
    this.#currencyNumber = currencyNumber(options.currency);
    this.#session = new ZvtSession({
      ...options,
      receipts: options.receipts ?? "gatehouse",
      password: bcd(options.password, 3),
      currencyNumber: this.#currencyNumber,
      limits: { ...defaultLimits, ...options.limits },
      count: (what, detail) => this.#count(what, detail),
      onRegistered: (last) => this.#confirm(last),
    });
  }

  /** Resolves at once: a terminal that is switched off must not keep the car park closed. */
  start(): Promise<void> {
    this.#session.start();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.#session.stop();
  }

  lastReceipt(): string | undefined {
    return this.#session.lastReceipt;
  }

  /**
   * Captured means: `approved` returned and the terminal was told so. When the terminal then fails to end the
   * payment, the answer is still "captured", because the book says so; its receipt is read at the next
   * registration, and a contradiction is logged and counted (`captures_contradicted`).
   * An approval that could not be made durable, or that is not what was asked, ends as declined `66`.
   */
  charge(
    request: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    this.#checkCurrency(request);
    return this.#on("charge", (link) => this.#chargeOn(link, request, approved));
  }

  enquire(
    request: ChargeRequest,
    since: string | undefined,
    startedAt: Instant,
  ): Promise<ChargeEnquiry> {
    return this.#enquire<ChargeEnquiry>((last) =>
      judgeReceipt(this.#lost(request, since, startedAt), last),
    );
  }

  reverse(request: ReversalRequest): Promise<GiveBackAnswer> {
    this.#checkCurrency(request);
    const { receiptNumber } = request;
    const data = Buffer.concat([this.#password, Buffer.of(0x87), bcd(receiptNumber, 2)]);
    return this.#on("reversal", (link) => this.#giveBack(link, control.reversal, data, request));
  }

  enquireReversal(
    request: ReversalRequest,
    since: string | undefined,
    startedAt: Instant,
  ): Promise<GiveBackEnquiry> {
    return this.#enquire<GiveBackEnquiry>((last) =>
      judgeReversal(this.#lost(request, since, startedAt), request.receiptNumber, last),
    );
  }

  refund(request: RefundRequest): Promise<GiveBackAnswer> {
    this.#checkCurrency(request);
    const data = Buffer.concat([this.#password, this.#money(request)]);
    return this.#on("refund", (link) => this.#giveBack(link, control.refund, data, request));
  }

  enquireRefund(
    request: RefundRequest,
    since: string | undefined,
    startedAt: Instant,
  ): Promise<GiveBackEnquiry> {
    return this.#enquire<GiveBackEnquiry>((last) =>
      judgeRefund(this.#lost(request, since, startedAt), last),
    );
  }

  endOfDay(): Promise<TotalsAnswer> {
    return this.#on("end of day", (link) => this.#totalsOf(link, control.endOfDay));
  }

  enquireEndOfDay(startedAt: Instant): Promise<EndOfDayEnquiry> {
    const { timezone } = this.#options;
    return this.#enquire<EndOfDayEnquiry>((last) => judgeEndOfDay({ startedAt, timezone }, last));
  }

  turnover(): Promise<TotalsAnswer> {
    return this.#on("turnover", (link) => this.#totalsOf(link, control.turnover));
  }

  status(): Promise<TerminalStatus> {
    return this.#on("status", async (link) => {
      const told = await askStatus(link);
      if (told === undefined) throw new Fault("terminal-unreachable", "it did not answer");
      const { needs, terminalId, lastReceipt } = this.#session;
      const { clock, timezone } = this.#options;
      return statusOf(told, { needs, terminalId, lastReceipt, timezone, now: clock.now() });
    });
  }

  abort(): Promise<void> {
    this.#session.cancel();
    return Promise.resolve();
  }

  report(): readonly DeviceReport[] {
    const { id, laneId, host, port } = this.#options;
    const { isOnline, lastSeen, terminalId, needs, trouble } = this.#session;
    const detail = isOnline ? needs.map((need) => `needs ${need}`).join(", ") : trouble;
    return [
      {
        id,
        kind: "terminal",
        make: `ZVT terminal ${terminalId ?? ""} at ${host}:${port}`.replace("  ", " "),
        ...(laneId !== undefined && { laneId }),
        state: isOnline ? "online" : "offline",
        ...(lastSeen !== undefined && { lastSeen }),
        ...(!isOnline && { fault: "terminal-unreachable" as const }),
        ...(detail !== "" && { detail }),
        counters: { ...this.#counters },
      },
    ];
  }

  async #chargeOn(
    link: ZvtLink,
    request: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    this.#count("charges");
    const { amount } = request;
    const { terminalId } = this.#session;
    const watch = new ChargeWatch(
      { amount, currencyNumber: this.#currencyNumber, terminalId },
      approved,
    );
    const money = this.#money(request);
    const end = await this.#follow(link, control.authorisation, money, watch);
    if (end.kind !== "completed" && watch.captured !== undefined) {
      // The registration that follows reads the receipt, which tells whether the capture stands.
      this.#unconfirmed = watch.captured;
      link.close("a capture is to be confirmed");
    }
    return this.#answer(watch, end);
  }

  async #giveBack(
    link: ZvtLink,
    command: number,
    data: Buffer,
    { amount }: RefundRequest,
  ): Promise<GiveBackAnswer> {
    this.#count(command === control.refund ? "refunds" : "reversals");
    const { terminalId } = this.#session;
    const currencyNumber = this.#currencyNumber;
    const watch = new GiveBackWatch({ amount, currencyNumber, terminalId });
    return this.#answer(watch, await this.#follow(link, command, data, watch));
  }

  async #totalsOf(link: ZvtLink, command: number): Promise<TotalsAnswer> {
    this.#count(command === control.endOfDay ? "ends_of_day" : "turnovers");
    const watch = new TotalsWatch();
    return this.#answer(watch, await this.#follow(link, command, this.#password, watch));
  }

  /** One command from its acknowledge to its end, watched. */
  #follow(link: ZvtLink, command: number, data: Buffer, watch: Watch<unknown>) {
    return this.#session.order(link, command, data, {
      onStatus: (fields) => {
        this.#session.lastReceipt = fields.receiptNumber ?? this.#session.lastReceipt;
        return watch.onStatus(fields);
      },
      onPaper: (paper) => watch.tray.add(paper),
      isDecided: () => watch.isDecided(),
    });
  }

  #answer<T extends { readonly kind: string }>(watch: Watch<T>, end: ExchangeEnd): T {
    try {
      const answer = watch.answer(end);
      this.#count(answer.kind);
      return answer;
    } catch (error) {
      if (error instanceof Fault) this.#count(error.code.replaceAll("-", "_"));
      throw error;
    }
  }

  /** Takes the terminal for one thing. */
  async #on<T>(as: Occupation, work: (link: ZvtLink) => Promise<T>): Promise<T> {
    const link = await this.#session.occupy(as);
    try {
      return await work(link);
    } finally {
      this.#session.release();
    }
  }

  /** Waits for the terminal and judges by its last receipt. */
  async #enquire<T>(
    judge: (last: RepeatedReceipt) => T,
  ): Promise<T | ReturnType<typeof undecided>> {
    const link = await this.#session.occupyWhenReady("enquiry", enquiryPatience);
    try {
      const last = await this.#session.askLastReceipt(link);
      this.#count("enquiries");
      if (last.kind === "receipt") return judge(last.receipt);
      return undecided(`no receipt to be had: ${meaningOf(last.code)}`);
    } finally {
      this.#session.release();
    }
  }

  #lost(
    { amount }: Pick<ChargeRequest, "amount">,
    since: string | undefined,
    startedAt: Instant,
  ): LostRequest {
    const { timezone } = this.#options;
    const { terminalId } = this.#session;
    return { amount, since, startedAt, timezone, terminalId };
  }

  #money({ amount }: Pick<ChargeRequest, "amount">): Buffer {
    const currency = bcd(this.#currencyNumber, 2);
    return Buffer.concat([Buffer.of(0x04), bcd(amount, 6), Buffer.of(0x49), currency]);
  }

  get #password(): Buffer {
    return bcd(this.#options.password, 3);
  }

  #checkCurrency({ currency }: Pick<ChargeRequest, "currency">): void {
    check(currency === this.#options.currency, "a terminal is asked in the facility's currency");
  }

  /** Whether a capture that the terminal never finished still stands. */
  #confirm(last: RepeatedReceipt | undefined): void {
    const booked = this.#unconfirmed;
    this.#unconfirmed = undefined;
    if (booked === undefined) return;
    if (last?.receiptNumber === booked.receiptNumber && !last.isReversal) return;
    this.#count("captures_contradicted");
    this.#options.log.error("terminal-contradicts-capture", {
      terminal: this.id,
      captured: booked.receiptNumber,
      last: last?.receiptNumber,
      reversal: last?.isReversal,
    });
  }

  /** What a terminal said and we could not take is told in the log as well, each kind of it once. */
  #count(what: string, detail?: string): void {
    this.#counters[what] = (this.#counters[what] ?? 0) + 1;
    if (detail === undefined || this.#toldOf.has(what)) return;
    this.#toldOf.add(what);
    this.#options.log.warn("terminal-input-refused", { terminal: this.id, what, detail });
  }
}

/** Follows one command and says in the end what it came to. */
interface Watch<T> {
  readonly tray: PaperTray;
  onStatus(fields: ZvtFields): Buffer;
  isDecided(): boolean;
  answer(end: ExchangeEnd): T;
}
