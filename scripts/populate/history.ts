import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { SpaceState } from "@gatehouse/shared/contracts/batch";
import { hours, type Instant, later, minutes } from "@gatehouse/shared/time";
import { Agenda } from "./agenda.ts";
import { Alerting } from "./alerting.ts";
import type { ChainedLedger } from "./chained-ledger.ts";
import { happens, poisson } from "./chance.ts";
import { civilTime } from "./civil-time.ts";
import { arrivalsIn } from "./custom.ts";
import type { Decided } from "./decided.ts";
import { DeviceDays } from "./device-days.ts";
import { FrontDesk } from "./front-desk.ts";
import type { Past } from "./past.ts";
import { Paying } from "./paying.ts";
import type { FacilityPlan } from "./plan.ts";
import { StandingPlaces } from "./standing-places.ts";
import { pricesOf } from "./tariff-plan.ts";
import { Upkeep } from "./upkeep.ts";
import { Violating } from "./violating.ts";
import { Visiting } from "./visiting.ts";

const hour = hours(1);
/** Something goes wrong so often in an hour. */
const troubleShare = 0.05;

/**
 * A facility's past, told as its ledger: vehicles come by hour and weekday, stand somewhere, pay and leave, devices are
 * well or not, and what goes wrong goes wrong. The same plan, seed and beginning give the same lines, however far it is
 * told.
 */
export class History {
  readonly #past: Past;
  readonly #places: StandingPlaces;
  readonly #visiting: Visiting;
  readonly #alerting: Alerting;
  /** What has days of its own. */
  readonly #daily: readonly { tellDay(at: Instant): void }[];
  #toldUntil: Instant;
  #directivesApplied = 0;

  /**
   * @param begin the start of an hour
   * @param decided what head office has sent; left out: nothing
   */
  constructor(
    plan: FacilityPlan,
    ledger: ChainedLedger,
    random: SeededRandom,
    begin: Instant,
    decided?: Decided,
  ) {
    const shared = { plan, prices: pricesOf(plan, begin), ledger, agenda: new Agenda() };
    const past = (name: string): Past => ({ ...shared, random: random.fork(name) });
    this.#toldUntil = begin;
    ledger.write(begin, "edge-started", { boot_id: "1", version: "0.1.0", clock_suspect: false });
    ledger.write(begin, "layout-told", plan.layout);
    this.#past = past("arrivals");
    this.#places = new StandingPlaces(plan);
    const violating = new Violating(past("violations"), new Paying(past("penalties")));
    const paying = new Paying(past("payments"));
    this.#visiting = new Visiting(past("visits"), this.#places, paying, violating);
    this.#alerting = new Alerting(past("alerts"));
    const upkeep = new Upkeep(past("upkeep"));
    const devices = new DeviceDays(past("devices"), this.#alerting, upkeep, begin);
    this.#daily = [devices, upkeep, new FrontDesk(past("front-desk"))];
    if (decided !== undefined) this.#apply(begin, decided);
  }

  /** Lets time go on by an hour. */
  tellHour(): void {
    const start = this.#toldUntil;
    const { plan, random, agenda, ledger } = this.#past;
    const { hour: hourOfDay, weekday } = civilTime(start, plan.card.timezone);
    if (hourOfDay === 0) for (const each of this.#daily) each.tellDay(start);
    const coming = poisson(random, arrivalsIn(hourOfDay, weekday, plan.arrivalsPerDay));
    for (let vehicle = 0; vehicle < coming; vehicle += 1) {
      const at = (start + Math.floor(random.fraction() * hour)) as Instant;
      agenda.plan(at, (now) => this.#visiting.arrive(now, hourOfDay));
    }
    if (happens(random, troubleShare)) this.#alerting.trouble(later(start, minutes(20)));
    this.#toldUntil = later(start, hour);
    agenda.runUntil(this.#toldUntil);
    ledger.write(this.#toldUntil, "occupancy-hour", this.#places.hourUntil(this.#toldUntil));
  }

  get toldUntil(): Instant {
    return this.#toldUntil;
  }

  /** The number of the last directive of head office that the facility has taken. */
  get directivesApplied(): number {
    return this.#directivesApplied;
  }

  states(): SpaceState[] {
    return this.#places.states(this.#toldUntil);
  }

  #apply(at: Instant, { tariffs, rules }: Decided): void {
    const kinds = [...tariffs.map(() => "tariff"), ...rules.map(({ kind }) => kind)];
    for (const [index, kind] of kinds.entries()) {
      const applied = { number: index + 1, kind, result: "applied" } as const;
      this.#past.ledger.write(at, "directive-applied", applied);
    }
    this.#directivesApplied = kinds.length;
  }
}
