import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { PaymentMethod } from "@gatehouse/shared/contracts/money-terms";
import { type Instant, later, minutes, seconds } from "@gatehouse/shared/time";
import {
  captureEntry,
  chargeEntry,
  type Entry,
  refundEntry,
} from "../../edge/src/domain/money/entry.ts";
import { taxInside } from "../../edge/src/domain/money/tax.ts";
import type { Agenda } from "./agenda.ts";
import type { ChainedLedger } from "./chained-ledger.ts";
import { methodOf } from "./custom.ts";
import type { FacilityPlan } from "./plan.ts";

const ratePpm = 190_000;
const anna = { kind: "attendant", id: "anna" } as const;

/** How stays are paid for: nearly always at once, now and then declined first, given back, taken back or disputed. */
export class Paying {
  readonly #plan: FacilityPlan;
  readonly #ledger: ChainedLedger;
  readonly #random: SeededRandom;
  readonly #agenda: Agenda;

  constructor(plan: FacilityPlan, ledger: ChainedLedger, random: SeededRandom, agenda: Agenda) {
    this.#plan = plan;
    this.#ledger = ledger;
    this.#random = random;
    this.#agenda = agenda;
  }

  /** Each started hour costs, and a started day no more than its ceiling. */
  priceOf(seconds_: number): number {
    const { hourMinor, dayMinor } = this.#plan;
    const days = Math.floor(seconds_ / 86_400);
    const rest = Math.ceil((seconds_ - days * 86_400) / 3600) * hourMinor;
    return days * dayMinor + Math.min(rest, dayMinor);
  }

  pay(at: Instant, sessionId: string, laneId: string, minor: number): void {
    const share = taxInside(minor, ratePpm);
    this.#post(at, chargeEntry(sessionId, [share]), sessionId, null);
    if (this.#chance(0.015)) this.#decline(at, sessionId, minor);
    const method = methodOf(this.#random);
    const paymentId = this.#begin(at, sessionId, method, minor);
    const taken = later(at, seconds(4));
    this.#ledger.write(taken, "payment-captured", {
      payment_id: paymentId,
      session_id: sessionId,
      amount_minor: minor,
      receipt_number: null,
      trace_number: null,
      terminal_id: method === "card" ? "terminal-1" : null,
      card_last_four: null,
      known_by: "answer",
    });
    this.#post(
      taken,
      captureEntry(placeOf(method), method, sessionId, minor),
      sessionId,
      paymentId,
    );
    this.#ledger.write(taken, "session-settled", {
      session_id: sessionId,
      lane_id: laneId,
      paid_minor: minor,
      grace_until: new Date(later(taken, minutes(15))).toISOString(),
      grace_until_steady_ms: 0,
    });
    this.#afterwards(taken, { sessionId, paymentId, method, minor });
  }

  #afterwards(
    at: Instant,
    paid: { sessionId: string; paymentId: string; method: PaymentMethod; minor: number },
  ): void {
    const { sessionId, paymentId, method, minor } = paid;
    const payment = { payment_id: paymentId, session_id: sessionId };
    const soon = later(at, minutes(2 + 3000 * this.#random.fraction()));
    if (this.#chance(0.008)) {
      const amount = Math.max(1, Math.round(minor * this.#random.fraction()));
      const refund_id = this.#random.id();
      this.#agenda.plan(soon, (now) => {
        this.#ledger.write(now, "refund-changed", {
          ...payment,
          refund_id,
          amount_minor: amount,
          status: "done",
          reason: "the ticket was validated too late",
          requested_by: anna.id,
          approved_by: amount > 1000 ? "maria" : null,
          provider_ref: null,
        });
        const entry = refundEntry(placeOf(method), method, [taxInside(amount, ratePpm)]);
        this.#post(now, entry, sessionId, paymentId);
      });
    } else if (this.#chance(0.003)) {
      this.#agenda.plan(soon, (now) => {
        const body = { ...payment, amount_minor: minor, reason: "wrong vehicle", by: anna };
        this.#ledger.write(now, "payment-reversed", body);
        const { lines } = captureEntry(placeOf(method), method, sessionId, minor);
        const back = lines.map((line) => ({ ...line, minor: -line.minor }));
        this.#post(now, { kind: "reversal", lines: back }, sessionId, paymentId);
      });
    } else if (method === "card" && this.#chance(0.002)) {
      for (const [state, after] of [
        ["opened", 2_000],
        ["lost", 9_000],
      ] as const)
        this.#agenda.plan(later(at, minutes(after)), (now) => {
          const body = { ...payment, amount_minor: minor, state, detail: "not recognised" };
          this.#ledger.write(now, "payment-disputed", body);
        });
    }
  }

  #decline(at: Instant, sessionId: string, minor: number): void {
    this.#ledger.write(at, "payment-declined", {
      payment_id: this.#begin(at, sessionId, "card", minor),
      session_id: sessionId,
      result_code: "51",
      reason: "insufficient funds",
    });
  }

  #begin(at: Instant, sessionId: string, method: PaymentMethod, minor: number): string {
    const payment_id = this.#random.id();
    this.#ledger.write(at, "payment-started", {
      payment_id,
      session_id: sessionId,
      method,
      amount_minor: minor,
      currency: this.#plan.card.currency,
      terminal_id: method === "card" ? "terminal-1" : null,
      purpose: "stay",
      subject_id: null,
    });
    return payment_id;
  }

  #post(at: Instant, { kind, lines }: Entry, sessionId: string, paymentId: string | null): void {
    if (lines.length === 0) return;
    this.#ledger.write(at, "entry-posted", {
      entry_id: this.#random.id(),
      kind,
      currency: this.#plan.card.currency,
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

  #chance(share: number): boolean {
    return this.#random.fraction() < share;
  }
}

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
