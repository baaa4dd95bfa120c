import type { PaymentMethod, PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import { type Instant, later, minutes, seconds } from "@gatehouse/shared/time";
import {
  captureEntry,
  chargeEntry,
  credit,
  debit,
  entry,
  type Entry,
  refundEntry,
  writeOffEntry,
} from "../../edge/src/domain/money/entry.ts";
import { taxInside } from "../../edge/src/domain/money/tax.ts";
import { happens } from "./chance.ts";
import { methodOf } from "./custom.ts";
import type { Past } from "./past.ts";
import type { PriceList } from "./tariff-plan.ts";

const anna = { kind: "attendant", id: "anna" } as const;

/** What is paid: a stay, or the penalty for a violation, by what it is owed for. */
interface Owed {
  readonly purpose: PaymentPurpose;
  readonly subject: string;
  readonly minor: number;
}

interface Paid extends Owed {
  readonly paymentId: string;
  readonly method: PaymentMethod;
}

/** How stays are paid for: nearly always at once, now and then declined first, given back, taken back or disputed. */
export class Paying {
  readonly #past: Past;

  constructor(past: Past) {
    this.#past = past;
  }

  /** Each started hour costs, and a started day no more than its ceiling. */
  priceOf(seconds_: number, { hourMinor, dayMinor }: PriceList): number {
    const days = Math.floor(seconds_ / 86_400);
    const rest = Math.ceil((seconds_ - days * 86_400) / 3600) * hourMinor;
    return days * dayMinor + Math.min(rest, dayMinor);
  }

  /** A stay is charged and paid. */
  pay(at: Instant, sessionId: string, laneId: string, minor: number): void {
    const { plan, random, ledger } = this.#past;
    const owed: Owed = { purpose: "stay", subject: sessionId, minor };
    const share = taxInside(minor, 10_000 * plan.taxPercent);
    this.#post(at, chargeEntry(sessionId, [share]), sessionId, null);
    if (happens(random, 0.015)) this.#decline(at, owed);
    const paid = this.#capture(at, owed, methodOf(random));
    const taken = later(at, seconds(4));
    ledger.write(taken, "session-settled", {
      session_id: sessionId,
      lane_id: laneId,
      paid_minor: minor,
      grace_until: new Date(later(taken, minutes(15))).toISOString(),
      grace_until_steady_ms: 0,
    });
    this.#afterwards(taken, paid);
  }

  /** A penalty, or what lateness adds to one, is owed from now on. */
  owe(at: Instant, violationId: string, minor: number): void {
    const lines = [debit("receivable", violationId, minor), credit("penalties", null, minor)];
    this.#post(at, entry("penalty", lines), null, null);
  }

  /** A penalty is paid, all of it. */
  payPenalty(at: Instant, violationId: string, minor: number): void {
    const method = happens(this.#past.random, 0.6) ? "online" : "card";
    this.#capture(at, { purpose: "violation", subject: violationId, minor }, method);
  }

  /** What is owed for a violation is given up. */
  giveUp(at: Instant, violationId: string, minor: number): void {
    this.#post(at, writeOffEntry(violationId, minor), null, null);
  }

  #capture(at: Instant, owed: Owed, method: PaymentMethod): Paid {
    const paymentId = this.#begin(at, owed, method);
    const { subject, minor } = owed;
    const sessionId = sessionOf(owed);
    const taken = later(at, seconds(4));
    this.#past.ledger.write(taken, "payment-captured", {
      payment_id: paymentId,
      session_id: sessionId,
      amount_minor: minor,
      receipt_number: null,
      trace_number: null,
      terminal_id: method === "card" ? "terminal-1" : null,
      card_last_four: null,
      known_by: "answer",
    });
    const moved = captureEntry(placeOf(method), method, subject, minor);
    this.#post(taken, moved, sessionId, paymentId);
    return { ...owed, paymentId, method };
  }

  #afterwards(at: Instant, paid: Paid): void {
    const { random, agenda } = this.#past;
    const soon = later(at, minutes(2 + 3000 * random.fraction()));
    if (happens(random, 0.008)) {
      const amount = Math.max(1, Math.round(paid.minor * random.fraction()));
      agenda.plan(soon, (now) => this.#refund(now, paid, amount));
    } else if (happens(random, 0.003)) agenda.plan(soon, (now) => this.#reverse(now, paid));
    else if (paid.method === "card" && happens(random, 0.002)) this.#dispute(at, paid);
  }

  #refund(at: Instant, { subject, paymentId, method }: Paid, amount: number): void {
    const { plan, random, ledger } = this.#past;
    ledger.write(at, "refund-changed", {
      payment_id: paymentId,
      session_id: subject,
      refund_id: random.id(),
      amount_minor: amount,
      status: "done",
      reason: "the ticket was validated too late",
      requested_by: anna.id,
      approved_by: amount > 1000 ? "maria" : null,
      provider_ref: null,
    });
    const shares = [taxInside(amount, 10_000 * plan.taxPercent)];
    this.#post(at, refundEntry(placeOf(method), method, shares), subject, paymentId);
  }

  #reverse(at: Instant, { subject, paymentId, method, minor }: Paid): void {
    const payment = { payment_id: paymentId, session_id: subject, amount_minor: minor };
    const body = { ...payment, reason: "wrong vehicle", by: anna };
    this.#past.ledger.write(at, "payment-reversed", body);
    const { lines } = captureEntry(placeOf(method), method, subject, minor);
    const back = lines.map((line) => ({ ...line, minor: -line.minor }));
    this.#post(at, { kind: "reversal", lines: back }, subject, paymentId);
  }

  #dispute(at: Instant, { subject, paymentId, minor }: Paid): void {
    const { agenda, ledger } = this.#past;
    for (const [state, after] of [
      ["opened", 2_000],
      ["lost", 9_000],
    ] as const)
      agenda.plan(later(at, minutes(after)), (now) => {
        const payment = { payment_id: paymentId, session_id: subject, amount_minor: minor };
        ledger.write(now, "payment-disputed", { ...payment, state, detail: "not recognised" });
      });
  }

  #decline(at: Instant, owed: Owed): void {
    this.#past.ledger.write(at, "payment-declined", {
      payment_id: this.#begin(at, owed, "card"),
      session_id: sessionOf(owed),
      result_code: "51",
      reason: "insufficient funds",
    });
  }

  #begin(at: Instant, owed: Owed, method: PaymentMethod): string {
    const { plan, random, ledger } = this.#past;
    const payment_id = random.id();
    const sessionId = sessionOf(owed);
    ledger.write(at, "payment-started", {
      payment_id,
      session_id: sessionId,
      method,
      amount_minor: owed.minor,
      currency: plan.card.currency,
      terminal_id: method === "card" ? "terminal-1" : null,
      purpose: owed.purpose,
      subject_id: sessionId === null ? owed.subject : null,
    });
    return payment_id;
  }

  #post(
    at: Instant,
    { kind, lines }: Entry,
    sessionId: string | null,
    paymentId: string | null,
  ): void {
    if (lines.length === 0) return;
    const { plan, random, ledger } = this.#past;
    ledger.write(at, "entry-posted", {
      entry_id: random.id(),
      kind,
      currency: plan.card.currency,
      payment_id: paymentId,
      session_id: sessionId,
      shift_id: null,
      lines: lines.map(({ account, subject, minor, ratePpm: rate_ppm }) => ({
        account,
        subject,
        minor,
        rate_ppm,
      })),
    });
  }
}

const sessionOf = ({ purpose, subject }: Owed): string | null =>
  purpose === "stay" ? subject : null;

/** Where money lies that was taken so. */
function placeOf(method: PaymentMethod) {
  switch (method) {
    case "cash":
      return "drawer";
    case "card":
      return "card-clearing";
    case "stored-value":
      return "stored-value";
    case "validation":
      return "merchant-receivable";
    default:
      return "online-clearing";
  }
}
