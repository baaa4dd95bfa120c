import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { EventBody } from "@gatehouse/shared/contracts/event";
import {
  type Duration,
  hours,
  type Instant,
  later,
  minutes,
  seconds,
} from "@gatehouse/shared/time";
import { below, happens, oneOf, pick } from "./chance.ts";
import type { Past } from "./past.ts";

type Raised = EventBody<"alert-raised">;

/** What goes wrong at lanes and tills, how often against each other, and where. */
const troubles: readonly (readonly [Omit<Raised, "alert_id" | "subject">, number])[] = [
  [{ alert_type: "attendant-needed", severity: "critical", details: { why: "help button" } }, 8],
  [{ alert_type: "gate-fault", severity: "critical", details: { detail: "input 3 stayed on" } }, 2],
  [{ alert_type: "tailgate", severity: "warning", details: {} }, 4],
  [{ alert_type: "stood-open", severity: "warning", details: { seconds: 90 } }, 2],
  [{ alert_type: "exit-unconfirmed", severity: "warning", details: {} }, 3],
  [{ alert_type: "receipt-not-printed", severity: "warning", details: { why: "paper is out" } }, 3],
  [{ alert_type: "payment-undecided", severity: "critical", details: { trace: "000412" } }, 1],
];
const people: readonly Actor[] = [
  { kind: "attendant", id: "anna" },
  { kind: "attendant", id: "ben" },
  { kind: "technician", id: "chen" },
];

/** Alerts: raised, mostly acknowledged by somebody, and over sooner or later. */
export class Alerting {
  readonly #past: Past;

  constructor(past: Past) {
    this.#past = past;
  }

  /** Something goes wrong now, and somebody looks after it. */
  trouble(at: Instant): void {
    const { plan, random } = this.#past;
    const [told, subject] = [pick(random, troubles), oneOf(random, plan.layout.lanes).lane_id];
    const isCritical = told.severity === "critical";
    const alertId = this.raise(at, told.alert_type, subject, told.severity, told.details);
    const by = oneOf(random, people);
    const looked = minutes((isCritical ? 1 : 5) + below(random, isCritical ? 14 : 120));
    if (happens(random, isCritical ? 0.95 : 0.6))
      this.#plan(later(at, looked), (now) =>
        this.#past.ledger.write(now, "alert-acknowledged", { alert_id: alertId, by }),
      );
    const isLong = happens(random, 0.1);
    const over = isLong ? hours(20 + below(random, 80)) : minutes(2 + below(random, 200));
    this.resolve(later(at, (looked + over) as Duration), alertId, by);
  }

  /** An alert is raised at that moment. @returns its id */
  raise(
    at: Instant,
    alert_type: string,
    subject: string,
    severity: Raised["severity"],
    details: Raised["details"],
  ): string {
    const alert_id = this.#past.random.id();
    this.#plan(at, (now) =>
      this.#past.ledger.write(now, "alert-raised", {
        alert_id,
        alert_type,
        subject,
        severity,
        details,
      }),
    );
    return alert_id;
  }

  /** It is over at that moment. */
  resolve(at: Instant, alert_id: string, by: Actor): void {
    this.#plan(later(at, seconds(1)), (now) =>
      this.#past.ledger.write(now, "alert-resolved", { alert_id, by }),
    );
  }

  #plan(at: Instant, act: (now: Instant) => void): void {
    this.#past.agenda.plan(at, act);
  }
}
