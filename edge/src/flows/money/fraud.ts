import type { FraudRules } from "@gatehouse/shared/contracts/fraud-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { hours, type Instant, isoOf, minutes } from "@gatehouse/shared/time";
import {
  cashBack,
  exitsTwice,
  failingPlaces,
  type Suspicion,
  ticketSwaps,
  tooMany,
  tooManyKinds,
} from "../../domain/fraud.ts";
import { subjectsOfOpen } from "../../store/alerts.ts";
import type { Book, Reader } from "../../store/book.ts";
import {
  accountDeeds,
  cardDeeds,
  cashBacks,
  chargesSince,
  endedSince,
  nilDeeds,
  openingDeeds,
  stayDeeds,
  ticketUses,
  validationDeeds,
  voidDeeds,
} from "../../store/fraud-facts.ts";
import { readCursor, saveNote } from "../../store/notes.ts";
import { clearAlert, raiseAlert } from "../alerts.ts";

export interface FraudDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly rules: FraudRules;
}

/** What is older was looked at, also before a restart. */
const cursor = "fraud-told-until";
/** Nobody need know within the minute. */
const every = minutes(5);

/** Looks for what a person should look at: it tells, and never closes a gate. */
export class FraudWatch {
  readonly #deps: FraudDeps;
  #nextAt = 0;

  constructor(deps: FraudDeps) {
    this.#deps = deps;
  }

  /** One look, if it is time for it. Each thing is told once, whatever people make of its alert. */
  look(): void {
    const { book, clock, random, rules } = this.#deps;
    const now = clock.now();
    // Ahead by more than one round: the clock went back.
    const isEarly = clock.monotonic() < this.#nextAt;
    if (!rules.enabled || isEarly) return;
    this.#nextAt = clock.monotonic() + every;
    const known = Math.min(readCursor(book, cursor), now);
    const told = suspicions(book, rules, now).filter(({ at }) => at > known);
    const failing = failures(book, rules, now);
    const recovered = [...subjectsOfOpen(book, "payment-failures")].filter(
      (place) => !failing.some(({ subject }) => subject === place),
    );
    if (told.length + failing.length + recovered.length === 0) return;
    book.write((tx) => {
      for (const each of told) raiseAlert(tx, random, now, alertOf(each, "warning"));
      for (const each of failing) raiseAlert(tx, random, now, alertOf(each, "critical"));
      for (const place of recovered) clearAlert(tx, now, "payment-failures", place);
      if (told.length > 0) saveNote(tx, cursor, now);
    }, "plain");
  }
}

function suspicions(book: Reader, rules: FraudRules, now: Instant): Suspicion[] {
  const often = (type: Suspicion["type"], rule: FraudRules["card"], facts: typeof cardDeeds) =>
    tooMany(type, facts(book, now - hours(rule.within_h)), rule.most, hours(rule.within_h));
  const { validations, exit_twice_h, refund_after_cash_min, ticket_swap_min } = rules;
  const [merchantTime, twice] = [hours(validations.within_h), hours(exit_twice_h)];
  const merchants = validationDeeds(book, now - merchantTime);
  /** What is told by one event is found in the first look after it. */
  const recent = now - hours(24);
  return [
    ...often("fraud-card-velocity", rules.card, cardDeeds),
    ...often("fraud-account-velocity", rules.account, accountDeeds),
    ...often("fraud-plate-velocity", rules.plate, stayDeeds),
    ...often("fraud-voids", rules.voids, voidDeeds),
    ...often("fraud-nil-payments", rules.nil, nilDeeds),
    ...often("fraud-openings", rules.openings, openingDeeds),
    ...tooManyKinds("fraud-validations", merchants, validations.most, merchantTime),
    ...exitsTwice(endedSince(book, now - twice), twice),
    ...ticketSwaps(ticketUses(book, recent), minutes(ticket_swap_min)),
    ...cashBack(cashBacks(book, recent), minutes(refund_after_cash_min)),
  ];
}

function failures(book: Reader, { payment_failures: rule }: FraudRules, now: Instant): Suspicion[] {
  const within = hours(rule.within_h);
  return failingPlaces(chargesSince(book, now - within), rule.most, within);
}

const alertOf = ({ type, subject, evidence, at }: Suspicion, severity: "warning" | "critical") => ({
  type,
  subject,
  severity,
  details: { evidence, last_at: isoOf(at as Instant) },
});
