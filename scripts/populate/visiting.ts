import { type Instant, hours, isoOf, later, minutes, seconds } from "@gatehouse/shared/time";
import { below, happens, oneOf } from "./chance.ts";
import { classOf, stayOf } from "./custom.ts";
import { tellDecision, tellPassage, type Visit } from "./gate-lines.ts";
import type { Past } from "./past.ts";
import type { Paying } from "./paying.ts";
import type { StandingPlaces } from "./standing-places.ts";
import { type PriceList, priceAt } from "./tariff-plan.ts";
import type { Violating } from "./violating.ts";

type Space = Parameters<StandingPlaces["leave"]>[0];

/** Vehicles that come, stand somewhere, pay and leave; now and then one is refused, drives back or flees. */
export class Visiting {
  readonly #past: Past;
  readonly #places: StandingPlaces;
  readonly #paying: Paying;
  readonly #violating: Violating;

  constructor(past: Past, places: StandingPlaces, paying: Paying, violating: Violating) {
    this.#past = past;
    this.#places = places;
    this.#paying = paying;
    this.#violating = violating;
  }

  /** @param hourOfDay on the clocks there: it says how long vehicles stay that come now */
  arrive(at: Instant, hourOfDay: number): void {
    const { plan, random, ledger, agenda } = this.#past;
    const laneId = oneOf(random, plan.entryLanes);
    const entry = { lane_id: laneId, direction: "entry" } as const;
    const visit = this.#visitor(at);
    if (plan.unwanted.some(({ plate }) => plate === visit.plate)) {
      const denied = { ...entry, kind: "deny", reason: "deny-listed" } as const;
      return tellDecision(this.#past, at, denied, { plate: visit.plate });
    }
    const leadsTo = plan.layout.lanes.find(({ lane_id }) => lane_id === laneId)?.leads_to ?? [];
    const arrived = later(at, minutes(1 + below(random, 5)));
    const space = this.#places.take(arrived, random, leadsTo);
    if (space === undefined) {
      const denied = { ...entry, kind: "deny", reason: "facility-full" } as const;
      return tellDecision(this.#past, at, denied, null);
    }
    const reason = visit.permitId === null ? "transient" : "permit";
    tellDecision(this.#past, at, { ...entry, kind: "open", reason }, visit);
    const prices = priceAt(this.#past.prices, visit.entryAt);
    ledger.write(at, "session-pending", {
      session_id: visit.sessionId,
      lane_id: laneId,
      plate: visit.plate,
      raw_plate: visit.plate,
      vehicle_class: classOf(random),
      tariff_id: prices.tariffId,
      tariff_version: prices.version,
      permit_id: visit.permitId,
      steady_ms: at,
    });
    if (happens(random, 0.01)) {
      this.#places.leave(space, space.from);
      const body = { session_id: visit.sessionId, lane_id: laneId, reason: "backed-out" };
      return ledger.write(at, "session-cancelled", body);
    }
    tellPassage(this.#past, later(at, seconds(1)), entry, visit);
    agenda.plan(visit.entryAt, (now) =>
      ledger.write(now, "session-opened", {
        session_id: visit.sessionId,
        lane_id: laneId,
        entry_at: isoOf(now),
        steady_ms: now,
        assumed: false,
      }),
    );
    const leaving = later(visit.entryAt, stayOf(random, hourOfDay));
    agenda.plan(leaving, (now) => this.#leave(now, visit, space, prices));
  }

  #visitor(at: Instant): Visit {
    const { plan, random } = this.#past;
    const holder = happens(random, plan.permitShare) ? oneOf(random, plan.holders) : undefined;
    const unwanted = happens(random, 0.002) ? oneOf(random, plan.unwanted) : undefined;
    return {
      sessionId: random.id(),
      plate: holder?.plate ?? unwanted?.plate ?? this.#plate(),
      permitId: holder?.permitId ?? null,
      entryAt: later(at, seconds(12)),
      exitLane: oneOf(random, plan.exitLanes),
    };
  }

  #plate(): string {
    const { random } = this.#past;
    const letters = `${"ABCDEFGH"[below(random, 8)]}${"KLMNPRST"[below(random, 8)]}`;
    return `${letters}${1000 + below(random, 600)}`;
  }

  #leave(at: Instant, visit: Visit, space: Space, prices: PriceList): void {
    const { plan, random, ledger, agenda } = this.#past;
    this.#tellStay(at, space);
    const duration_s = Math.round((at - visit.entryAt) / 1000);
    const total = visit.permitId === null ? this.#paying.priceOf(duration_s, prices) : 0;
    const session = { session_id: visit.sessionId, lane_id: visit.exitLane };
    if (visit.permitId === null) this.#violating.lookAt(at, visit, duration_s);
    // Nobody saw it leave: weeks later its plate comes in again, and the first stay is taken to be over.
    if (happens(random, 0.004))
      return agenda.plan(later(at, hours(30)), (now) => {
        const sums = { duration_s, total_minor: total, paid_minor: 0, owed_minor: total };
        const outcome = "closed-assumed" as const;
        ledger.write(now, "session-closed", { ...session, exit_at: isoOf(at), ...sums, outcome });
      });
    ledger.write(at, "session-quoted", {
      ...session,
      duration_s,
      due_minor: total,
      total_minor: total,
      currency: plan.card.currency,
      honoured_until: isoOf(later(at, minutes(5))),
    });
    const fled = total > 0 && happens(random, 0.003);
    if (fled) this.#violating.flee(at, visit);
    else if (total > 0) this.#paying.pay(at, visit.sessionId, visit.exitLane, total);
    const exit = { lane_id: visit.exitLane, direction: "exit" } as const;
    const reason = fled ? "by-hand:other" : "settled";
    tellDecision(this.#past, later(at, seconds(6)), { ...exit, kind: "open", reason }, visit);
    tellPassage(this.#past, later(at, seconds(7)), exit, visit);
    agenda.plan(later(at, seconds(15)), (now) =>
      ledger.write(now, "session-closed", {
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

  #tellStay(at: Instant, space: Space): void {
    const left = Math.max(space.from, at - minutes(2)) as Instant;
    this.#places.leave(space, left);
    this.#past.ledger.write(at, "space-stay-closed", {
      stay_id: this.#past.random.id(),
      space_id: space.spaceId,
      zone_id: this.#places.zoneOf(space.spaceId),
      source: "sensor",
      entry_time: isoOf(space.from),
      exit_time: isoOf(left),
      duration_seconds: Math.round((left - space.from) / 1000),
    });
  }
}
