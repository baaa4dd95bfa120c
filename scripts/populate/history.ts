import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { SpaceState } from "@gatehouse/shared/contracts/batch";
import type { EventBody } from "@gatehouse/shared/contracts/event";
import { hours, type Instant, isoOf, later, minutes, seconds } from "@gatehouse/shared/time";
import { Agenda } from "./agenda.ts";
import type { ChainedLedger } from "./chained-ledger.ts";
import { civilTime } from "./civil-time.ts";
import { arrivalsIn, classOf, pick, poisson, stayOf } from "./custom.ts";
import { Paying } from "./paying.ts";
import type { FacilityPlan } from "./plan.ts";
import { StandingPlaces } from "./standing-places.ts";

const hour = hours(1);

interface Visit {
  readonly sessionId: string;
  readonly plate: string;
  readonly permitId: string | null;
  readonly entryAt: Instant;
  readonly exitLane: string;
}

/**
 * A facility's past, told as its ledger: vehicles come by hour and weekday, stand somewhere, pay and leave, and what
 * goes wrong goes wrong. The same plan, seed and beginning give the same lines, however far it is told.
 */
export class History {
  readonly #plan: FacilityPlan;
  readonly #ledger: ChainedLedger;
  readonly #random: SeededRandom;
  readonly #agenda = new Agenda();
  readonly #places: StandingPlaces;
  readonly #paying: Paying;
  #toldUntil: Instant;

  /** @param begin the start of an hour */
  constructor(plan: FacilityPlan, ledger: ChainedLedger, random: SeededRandom, begin: Instant) {
    this.#plan = plan;
    this.#ledger = ledger;
    this.#random = random;
    this.#places = new StandingPlaces(plan);
    this.#paying = new Paying(plan, ledger, random, this.#agenda);
    this.#toldUntil = begin;
    ledger.write(begin, "edge-started", { boot_id: "1", version: "0.1.0", clock_suspect: false });
    ledger.write(begin, "layout-told", plan.layout);
  }

  /** Lets time go on by an hour. */
  tellHour(): void {
    const start = this.#toldUntil;
    const { hour: hourOfDay, weekday } = civilTime(start, this.#plan.card.timezone);
    const average = arrivalsIn(hourOfDay, weekday, this.#plan.arrivalsPerDay);
    const coming = poisson(this.#random, average);
    for (let vehicle = 0; vehicle < coming; vehicle += 1) {
      const at = (start + Math.floor(this.#random.fraction() * hour)) as Instant;
      this.#agenda.plan(at, (now) => this.#arrive(now, hourOfDay));
    }
    if (this.#chance(0.01)) this.#trouble(later(start, minutes(20)));
    this.#toldUntil = later(start, hour);
    this.#agenda.runUntil(this.#toldUntil);
    const told = this.#places.hourUntil(this.#toldUntil);
    this.#ledger.write(this.#toldUntil, "occupancy-hour", told);
  }

  get toldUntil(): Instant {
    return this.#toldUntil;
  }

  states(): SpaceState[] {
    return this.#places.states(this.#toldUntil);
  }

  #arrive(at: Instant, hourOfDay: number): void {
    const laneId = this.#one(this.#plan.entryLanes);
    const leadsTo = this.#plan.layout.lanes.find(({ lane_id }) => lane_id === laneId)?.leads_to;
    const hasPermit = this.#chance(this.#plan.permitShare);
    const visit: Visit = {
      sessionId: this.#random.id(),
      plate: hasPermit
        ? `PM${1000 + this.#below(40)}`
        : `${this.#letters()}${1000 + this.#below(600)}`,
      permitId: hasPermit ? `permit-${this.#below(40)}` : null,
      entryAt: later(at, seconds(12)),
      exitLane: this.#one(this.#plan.exitLanes),
    };
    const space = this.#places.take(
      later(at, minutes(1 + this.#below(5))),
      this.#random,
      leadsTo ?? [],
    );
    if (space === undefined)
      return this.#decide(at, laneId, "entry", "deny", "facility-full", null);
    this.#decide(at, laneId, "entry", "open", hasPermit ? "permit" : "transient", visit);
    this.#ledger.write(at, "session-pending", {
      session_id: visit.sessionId,
      lane_id: laneId,
      plate: visit.plate,
      raw_plate: visit.plate,
      vehicle_class: classOf(this.#random),
      tariff_id: "default",
      tariff_version: 1,
      permit_id: visit.permitId,
      steady_ms: at,
    });
    if (this.#chance(0.01)) return this.#backOut(at, laneId, visit, space);
    this.#pass(later(at, seconds(1)), laneId, "entry", visit);
    this.#agenda.plan(visit.entryAt, (now) => {
      const session = { session_id: visit.sessionId, lane_id: laneId };
      const steady_ms = now;
      const entry_at = isoOf(now);
      this.#ledger.write(now, "session-opened", {
        ...session,
        entry_at,
        steady_ms,
        assumed: false,
      });
    });
    const leaving = later(visit.entryAt, stayOf(this.#random, hourOfDay));
    this.#agenda.plan(leaving, (now) => this.#leave(now, visit, space));
  }

  #backOut(
    at: Instant,
    laneId: string,
    { sessionId }: Visit,
    space: Parameters<StandingPlaces["leave"]>[0],
  ): void {
    this.#places.leave(space, space.from);
    const body = { session_id: sessionId, lane_id: laneId, reason: "backed-out" };
    this.#ledger.write(later(at, seconds(0)), "session-cancelled", body);
  }

  #leave(at: Instant, visit: Visit, space: Parameters<StandingPlaces["leave"]>[0]): void {
    const left = Math.max(space.from, at - minutes(2)) as Instant;
    this.#places.leave(space, left);
    this.#ledger.write(at, "space-stay-closed", {
      stay_id: this.#random.id(),
      space_id: space.spaceId,
      zone_id: this.#places.zoneOf(space.spaceId),
      source: "sensor",
      entry_time: isoOf(space.from),
      exit_time: isoOf(left),
      duration_seconds: Math.round((left - space.from) / 1000),
    });
    const duration_s = Math.round((at - visit.entryAt) / 1000);
    const total = visit.permitId === null ? this.#paying.priceOf(duration_s) : 0;
    const session = { session_id: visit.sessionId, lane_id: visit.exitLane };
    if (duration_s > 28_800 && this.#chance(0.2)) this.#violate(at, visit);
    // Nobody saw it leave: weeks later its plate comes in again, and the first stay is taken to be over.
    if (this.#chance(0.004))
      return this.#agenda.plan(later(at, hours(30)), (now) => {
        const sums = { duration_s, total_minor: total, paid_minor: 0, owed_minor: total };
        const exit_at = isoOf(at);
        this.#ledger.write(now, "session-closed", {
          ...session,
          exit_at,
          ...sums,
          outcome: "closed-assumed",
        });
      });
    this.#ledger.write(at, "session-quoted", {
      ...session,
      duration_s,
      due_minor: total,
      total_minor: total,
      currency: this.#plan.card.currency,
      honoured_until: isoOf(later(at, minutes(5))),
    });
    const fled = total > 0 && this.#chance(0.003);
    if (total > 0 && !fled) this.#paying.pay(at, visit.sessionId, visit.exitLane, total);
    const out = later(at, seconds(15));
    this.#decide(
      later(at, seconds(6)),
      visit.exitLane,
      "exit",
      "open",
      fled ? "by-hand:other" : "settled",
      visit,
    );
    this.#pass(later(at, seconds(7)), visit.exitLane, "exit", visit);
    this.#agenda.plan(out, (now) =>
      this.#ledger.write(now, "session-closed", {
        ...session,
        exit_at: isoOf(now),
        duration_s: Math.round((now - visit.entryAt) / 1000),
        total_minor: total,
        paid_minor: fled ? 0 : total,
        owed_minor: fled ? total : 0,
        outcome: fled ? "closed-unpaid" : "closed",
      }),
    );
  }

  #decide(
    at: Instant,
    lane_id: string,
    direction: "entry" | "exit",
    kind: "open" | "deny",
    reason: string,
    visit: Visit | null,
  ): void {
    const byHand = reason.startsWith("by-hand");
    const person = this.#chance(0.7) ? "anna" : "ben";
    this.#ledger.write(at, "lane-decided", {
      decision_id: this.#random.id(),
      lane_id,
      direction,
      kind,
      reason,
      rules: [],
      actor: byHand ? { kind: "attendant", id: person } : { kind: "plate-rule", id: "reader-1" },
      session_id: visit?.sessionId ?? null,
      read_id: null,
      plate: visit?.plate ?? null,
      raw_plate: visit?.plate ?? null,
      confidence: 0.9 + this.#random.fraction() / 10,
      ...(byHand ? {} : { latency_ms: 5 + this.#below(60) }),
    });
  }

  #pass(at: Instant, lane_id: string, direction: "entry" | "exit", visit: Visit): void {
    const command_id = this.#random.id();
    const session_id = visit.sessionId;
    this.#ledger.write(at, "gate-commanded", {
      command_id,
      decision_id: command_id,
      lane_id,
      session_id,
    });
    const result = this.#chance(0.001) ? "unreachable" : "accepted";
    this.#ledger.write(at, "gate-answered", { command_id, lane_id, result, evidence: "relay 1" });
    const after = (s: number, evidence: string) => ({ at: isoOf(later(at, seconds(s))), evidence });
    const service = 8 + this.#below(10);
    this.#agenda.plan(later(at, seconds(service)), (now) => {
      const body: EventBody<"passage-ended"> = {
        passage_id: this.#random.id(),
        lane_id,
        direction,
        session_id,
        outcome: "passed",
        commanded: after(0, "relay"),
        acknowledged: after(0, "relay"),
        moved: after(2, "limit switch"),
        passed: after(service - 4, "loop"),
        closed: after(service, "limit switch"),
      };
      this.#ledger.write(now, "passage-ended", body);
    });
  }

  #violate(at: Instant, { sessionId, plate }: Visit): void {
    this.#ledger.write(at, "violation-changed", {
      violation_id: this.#random.id(),
      session_id: sessionId,
      violation_type: pick(this.#random, [
        ["overstay", 6],
        ["wrong-space-type", 1],
      ]),
      status: "detected",
      penalty_minor: 2500,
      plate,
      reason: "longer than is allowed",
      by: { kind: "system" },
    });
  }

  #trouble(at: Instant): void {
    const alert_id = this.#random.id();
    const [alert_type, subject, severity] = pick(this.#random, [
      [
        [
          "sensor-silent",
          `bay-${this.#one(this.#plan.spaces.map(({ spaceId }) => spaceId))}`,
          "warning",
        ],
        6,
      ],
      [["gate-fault", "entry-1", "critical"], 1],
      [["tailgate", "exit-1", "warning"], 3],
      [["attendant-needed", "exit-2", "info"], 8],
    ] as const);
    this.#agenda.plan(at, (now) =>
      this.#ledger.write(now, "alert-raised", {
        alert_id,
        alert_type,
        subject,
        severity,
        details: {},
      }),
    );
    this.#agenda.plan(later(at, minutes(3 + this.#below(300))), (now) =>
      this.#ledger.write(now, "alert-resolved", {
        alert_id,
        by: { kind: "attendant", id: "anna" },
      }),
    );
  }

  #letters(): string {
    return `${"ABCDEFGH"[this.#below(8)]}${"KLMNPRST"[this.#below(8)]}`;
  }

  #below(limit: number): number {
    return Math.floor(this.#random.fraction() * limit);
  }

  #chance(share: number): boolean {
    return this.#random.fraction() < share;
  }

  #one<T>(choices: readonly T[]): T {
    const choice = choices[this.#below(choices.length)];
    if (choice === undefined) throw new RangeError("nothing to choose from");
    return choice;
  }
}
