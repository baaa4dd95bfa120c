import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { PenaltyStatus, ViolationType } from "@gatehouse/shared/contracts/money-terms";
import { type Duration, hours, type Instant, later, minutes } from "@gatehouse/shared/time";
import { below, happens, pick } from "./chance.ts";
import type { Visit } from "./gate-lines.ts";
import type { Past } from "./past.ts";
import type { Paying } from "./paying.ts";

const system: Actor = { kind: "system" };
const people: readonly (readonly [Actor, number])[] = [
  [{ kind: "attendant", id: "anna" }, 6],
  [{ kind: "attendant", id: "ben" }, 3],
  [{ kind: "attendant", id: "maria" }, 2],
];
/** Nobody may stand there for longer. */
const limit_s = 10 * 3600;
const day = hours(24);

interface Found {
  readonly violationId: string;
  readonly sessionId: string;
  readonly plate: string;
  readonly type: ViolationType;
  readonly evidence: string;
  penaltyMinor: number;
}

/** Violations and what becomes of them: looked at, issued, paid in time or late, disputed, given up. */
export class Violating {
  readonly #past: Past;
  readonly #paying: Paying;

  constructor(past: Past, paying: Paying) {
    this.#past = past;
    this.#paying = paying;
  }

  /** Finds what somebody did wrong who leaves now after so many seconds. */
  lookAt(at: Instant, visit: Visit, duration_s: number): void {
    const { random } = this.#past;
    if (duration_s > limit_s && happens(random, 0.2))
      this.#find(at, visit, "overstay", `stood ${lengthOf(duration_s)}, 10 h are allowed`);
    else if (happens(random, 0.002))
      this.#find(at, visit, "wrong-space-type", "a car without a badge in an accessible space");
  }

  /** Somebody drove out without paying. */
  flee(at: Instant, visit: Visit): void {
    this.#find(at, visit, "no-payment", "left without paying");
  }

  #find(at: Instant, visit: Visit, type: ViolationType, finding: string): void {
    const { plan, random } = this.#past;
    const hex = Array.from({ length: 64 }, () => below(random, 16).toString(16));
    const found: Found = {
      violationId: random.id(),
      sessionId: visit.sessionId,
      plate: visit.plate,
      type,
      evidence: hex.join(""),
      penaltyMinor: plan.penaltyMinor,
    };
    this.#step(at, found, "detected", finding, system);
    this.#after(at, minutes(20 + below(random, 900)), (now) => this.#review(now, found));
  }

  #review(at: Instant, found: Found): void {
    const { random } = this.#past;
    const by = pick(random, people);
    if (happens(random, 0.3)) this.#step(at, found, "review", "the pictures are looked at", by);
    if (happens(random, 0.06)) {
      this.#step(later(at, minutes(4)), found, "review", "the pictures are looked at", by);
      return this.#step(later(at, minutes(9)), found, "waived", "the badge was on the dash", by);
    }
    const issued = later(at, minutes(10));
    this.#step(issued, found, "issued", "as found", by);
    this.#paying.owe(issued, found.violationId, found.penaltyMinor);
    if (happens(random, 0.5))
      return this.#after(at, daysOf(0.2 + 6 * random.fraction()), (now) => this.#pay(now, found));
    if (happens(random, 0.12))
      return this.#after(at, daysOf(1 + 4 * random.fraction()), (now) => this.#object(now, found));
    this.#after(at, daysOf(7), (now) => this.#fallDue(now, found));
  }

  #fallDue(at: Instant, found: Found): void {
    const { random } = this.#past;
    this.#step(at, found, "due", "the days of the discount are over", system);
    if (happens(random, 0.5))
      return this.#after(at, daysOf(5 * random.fraction()), (now) => this.#pay(now, found));
    this.#after(at, daysOf(7), (now) => {
      const added = Math.round(found.penaltyMinor / 2);
      found.penaltyMinor += added;
      this.#step(now, found, "escalated", "not paid within 14 days", system);
      this.#paying.owe(now, found.violationId, added);
      if (happens(random, 0.4))
        this.#after(now, daysOf(9 * random.fraction()), (then) => this.#pay(then, found));
    });
  }

  #object(at: Instant, found: Found): void {
    const { random } = this.#past;
    const clerk = pick(random, people);
    this.#step(at, found, "disputed", "the driver says that the machine was broken", clerk);
    this.#after(at, daysOf(1 + 5 * random.fraction()), (now) => {
      if (happens(random, 0.45)) return this.#fallDue(now, found);
      this.#step(now, found, "waived", "the machine was out of order", clerk);
      this.#paying.giveUp(now, found.violationId, found.penaltyMinor);
    });
  }

  #pay(at: Instant, found: Found): void {
    this.#paying.payPenalty(at, found.violationId, found.penaltyMinor);
    this.#step(later(at, minutes(1)), found, "paid", "paid", system);
  }

  #step(at: Instant, found: Found, status: PenaltyStatus, reason: string, by: Actor): void {
    const body: EventBody<"violation-changed"> = {
      violation_id: found.violationId,
      session_id: found.sessionId,
      violation_type: found.type,
      status,
      penalty_minor: found.penaltyMinor,
      plate: found.plate,
      reason,
      by,
      evidence_sha256: found.evidence,
    };
    this.#past.ledger.write(at, "violation-changed", body);
  }

  #after(at: Instant, wait: Duration, act: (now: Instant) => void): void {
    this.#past.agenda.plan(later(at, wait), act);
  }
}

const daysOf = (count: number): Duration => Math.round(count * day) as Duration;

const lengthOf = (s: number): string =>
  `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
