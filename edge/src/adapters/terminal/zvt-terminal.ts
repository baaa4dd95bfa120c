import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type {
  ChargeAnswer,
  ChargeEnquiry,
  ChargeRequest,
  PaymentTerminal,
  TerminalReceipt,
} from "@gatehouse/shared/ports/terminal";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { currencyNumber } from "./currency-codes.ts";
import { bcd } from "./zvt-bmp.ts";
import { ChargeWatch } from "./zvt-charge.ts";
import { meaningOf, result } from "./zvt-codes.ts";
import { control } from "./zvt-frame.ts";
import { defaultLimits, type ExchangeEnd, type ZvtLimits, type ZvtLink } from "./zvt-link.ts";
import { judgeReceipt, type RepeatedReceipt } from "./zvt-receipt.ts";
import { ZvtSession } from "./zvt-session.ts";

export interface ZvtTerminalOptions {
  readonly id: string;
  readonly laneId?: string;
  readonly host: string;
  readonly port: number;
  /** Six digits. */
  readonly password: string;
  /** ISO 4217 letters. */
  readonly currency: string;
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
      password: bcd(options.password, 3),
      currencyNumber: this.#currencyNumber,
      limits: { ...defaultLimits, ...options.limits },
      count: (what) => this.#count(what),
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
  async charge(
    request: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    check(request.currency === this.#options.currency, "a charge is in the facility's currency");
    const link = await this.#session.occupy("charge");
    try {
      return await this.#chargeOn(link, request, approved);
    } finally {
      this.#session.release();
    }
  }

  async enquire(
    request: ChargeRequest,
    since: string | undefined,
    startedAt: Instant,
  ): Promise<ChargeEnquiry> {
    const link = await this.#session.occupyWhenReady("enquiry", enquiryPatience);
    try {
      const last = await this.#session.askLastReceipt(link);
      this.#count("enquiries");
      if (last.kind === "none") {
        return { kind: "undecided", detail: `no receipt to be had: ${meaningOf(last.code)}` };
      }
      const { timezone } = this.#options;
      const { terminalId } = this.#session;
      const charge = { amount: request.amount, since, startedAt, timezone, terminalId };
      return judgeReceipt(charge, last.receipt);
    } finally {
      this.#session.release();
    }
  }

  abort(): Promise<void> {
    this.#session.cancelCharge();
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
    { amount }: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    this.#count("charges");
    const currency = bcd(this.#currencyNumber, 2);
    const data = Buffer.concat([
      Buffer.from([0x04]),
      bcd(amount, 6),
      Buffer.from([0x49]),
      currency,
    ]);
    const { terminalId } = this.#session;
    const watch = new ChargeWatch(
      { amount, currencyNumber: this.#currencyNumber, terminalId },
      approved,
    );
    const end = await this.#session.exchange(link, control.authorisation, data, {
      onStatus: (fields) => {
        this.#session.lastReceipt = fields.receiptNumber ?? this.#session.lastReceipt;
        return watch.onStatus(fields);
      },
      isDecided: () => watch.isDecided(),
    });
    if (end.kind === "refused" && end.code === result.notRegistered) link.close("not registered");
    if (end.kind !== "completed" && watch.captured !== undefined) {
      // The registration that follows reads the receipt, which tells whether the capture stands.
      this.#unconfirmed = watch.captured;
      link.close("a capture is to be confirmed");
    }
    return this.#answer(watch, end);
  }

  #answer(watch: ChargeWatch, end: ExchangeEnd): ChargeAnswer {
    try {
      const answer = watch.answer(end);
      this.#count(answer.kind);
      return answer;
    } catch (error) {
      if (error instanceof Fault) this.#count(error.code.replaceAll("-", "_"));
      throw error;
    }
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

  #count(what: string): void {
    this.#counters[what] = (this.#counters[what] ?? 0) + 1;
  }
}
