import type { EventBody } from "@gatehouse/shared/contracts/event";
import { type Duration, hours, type Instant, isoOf, later } from "@gatehouse/shared/time";
import { below, happens } from "./chance.ts";
import type { Past } from "./past.ts";

type Ticket = EventBody<"ticket-changed">;
type Terms = Pick<Ticket, "ticket_id" | "equipment_id" | "maintenance_type" | "description">;

const day = hours(24);
/** Gates are greased so often. */
const routineDays = 28;
const texts: Readonly<Record<string, readonly [description: string, done: string]>> = {
  battery: ["Change the battery", "a new battery; the sensor reports again"],
  sensor: ["It does not report: look at it and at the radio", "antenna seated again; reports"],
  device: ["It has been away for a day", "the plug was loose; fixed with a tie"],
  gate: ["Grease the bearings, check springs and boom", "greased; boom trued"],
};

/** Work on devices: repairs that an alert asks for, and what comes again each month. */
export class Upkeep {
  readonly #past: Past;
  #days: number;

  constructor(past: Past) {
    this.#past = past;
    // Facilities do not all do it on one day.
    this.#days = below(past.random, routineDays);
  }

  /** Somebody must go there; it is done when the device is well again, so long after `at` was asked for. */
  repair(at: Instant, equipment_id: string, kind: string, until: Duration): void {
    const { agenda } = this.#past;
    const [description = kind, done = "done"] = texts[kind] ?? [];
    const ticket = this.#terms(equipment_id, kind, description);
    agenda.plan(at, (now) => this.#write(now, ticket, "open"));
    const over = later(at, Math.max(until, hours(3)) as Duration);
    const scheduled_at = isoOf(over);
    agenda.plan(later(at, hours(2)), (now) =>
      this.#write(now, ticket, "scheduled", { scheduled_at }),
    );
    agenda.plan(over, (now) => this.#write(now, ticket, "completed", { scheduled_at, done }));
  }

  /** A day begins: once a month each gate is looked after. */
  tellDay(at: Instant): void {
    const { plan, random, agenda } = this.#past;
    this.#days += 1;
    if (this.#days % routineDays !== 0) return;
    const [description, done] = texts["gate"] ?? ["", ""];
    for (const { lane_id } of plan.layout.lanes) {
      const ticket = this.#terms(lane_id, "gate", description);
      const due = later(at, hours(24 * 3 + 8));
      const scheduled_at = isoOf(due);
      this.#write(at, ticket, "scheduled", { scheduled_at });
      // Now and then it is forgotten for a while.
      const late = happens(random, 0.2) ? 4 * day : 0;
      const over = later(due, (late + below(random, hours(6))) as Duration);
      agenda.plan(over, (now) => this.#write(now, ticket, "completed", { scheduled_at, done }));
    }
  }

  #terms(equipment_id: string, maintenance_type: string, description: string): Terms {
    return { ticket_id: this.#past.random.id(), equipment_id, maintenance_type, description };
  }

  #write(
    at: Instant,
    terms: Terms,
    status: Ticket["status"],
    rest: Partial<Pick<Ticket, "scheduled_at" | "done">> = {},
  ): void {
    this.#past.ledger.write(at, "ticket-changed", {
      ...terms,
      status,
      technician_id: status === "open" ? null : "chen",
      scheduled_at: null,
      done: null,
      ...rest,
      actor: status === "open" ? { kind: "system" } : { kind: "technician", id: "chen" },
    });
  }
}
