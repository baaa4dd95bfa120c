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
import { currencyNumber } from "@gatehouse/shared/terminal-currencies";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { bcd } from "./zvt-bmp.ts";
import { meaningOf } from "./zvt-codes.ts";
import { defaultLimits, type ZvtLimits, type ZvtLink } from "./zvt-link.ts";
import { judgeEndOfDay, judgeRefund, judgeReversal } from "./zvt-lost.ts";
import { ZvtOrders } from "./zvt-orders.ts";
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
  readonly #session: ZvtSession;
  readonly #orders: ZvtOrders;
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
    const common = {
      password: bcd(options.password, 3),
      currencyNumber: currencyNumber(options.currency),
      count: (what: string, detail?: string) => this.#count(what, detail),
    };
    this.#session = new ZvtSession({
      ...options,
      ...common,
      receipts: options.receipts ?? "gatehouse",
      limits: { ...defaultLimits, ...options.limits },
      onRegistered: (last) => this.#confirm(last),
    });
    this.#orders = new ZvtOrders({
      ...common,
      session: this.#session,
      unconfirmed: (receipt) => void (this.#unconfirmed = receipt),
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
    return this.#on("charge", (link) => this.#orders.charge(link, request, approved));
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
    return this.#on("reversal", (link) => this.#orders.reverse(link, request));
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
    return this.#on("refund", (link) => this.#orders.refund(link, request));
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
    return this.#on("end of day", (link) => this.#orders.endOfDay(link));
  }

  enquireEndOfDay(startedAt: Instant): Promise<EndOfDayEnquiry> {
    const { timezone } = this.#options;
    return this.#enquire<EndOfDayEnquiry>((last) => judgeEndOfDay({ startedAt, timezone }, last));
  }

  turnover(): Promise<TotalsAnswer> {
    return this.#on("turnover", (link) => this.#orders.turnover(link));
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
    const { isOnline, lastSeen, terminalId, needs, trouble, doing } = this.#session;
    const wants = needs.map((need) => `needs ${need}`);
    const detail = isOnline
      ? [...(doing === undefined ? [] : [doing]), ...wants].join(", ")
      : trouble;
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
