import {
  getDatexStatus,
  getDatexTable,
  getDemand,
  getOpenData,
  getPlace,
  getRates,
  listPlaces,
  setOpenData,
} from "@gatehouse/shared/contracts/v1/open-data";
import { OpenDataSetting } from "@gatehouse/shared/contracts/open-data";
import type { AnswerOf, V1Route } from "@gatehouse/shared/contracts/v1/route";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import { apdsDemand, apdsPlace } from "../domain/open-data/apds.ts";
import { apdsRates } from "../domain/open-data/apds-rates.ts";
import { datexStatus, datexTable } from "../domain/open-data/datex.ts";
import type { PlaceFacts } from "../domain/open-data/place-facts.ts";
import type { Database } from "../store/database.ts";
import { orderOpenData, readOpenData, readPlace, readPublicPlaces } from "../store/open-data.ts";
import { type OfficeDoor, type OfficeEnv, placeOf } from "./office-door.ts";
import { answerOutcome } from "./people/outcome-answer.ts";
import { problems } from "./problems.ts";
import { seenVersion, tagOf } from "./rules/seen-version.ts";
import type { V1Desk } from "./v1/v1-desk.ts";

/** So long the same is told again without asking the database; a facility that says no is told of no longer. */
const keptFor = seconds(30);
/** Facilities remembered at once; the one asked for longest ago is forgotten first. */
const keptMax = 1_000;

export interface OpenDataPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Pick<OfficeDoor, "asking">;
  readonly v1: V1Desk;
}

/** What facilities tell everybody, and whether they do. */
export function openDataRoutes({ database, clock, door, v1 }: OpenDataPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const put = v1.on(app);
  const known = new KnownPlaces(database, clock);

  /** Puts a view of a place that everybody may have. */
  const tell = <
    Route extends V1Route & { readonly path: `/v1/open-data/places/{place_id}${string}` },
  >(
    route: Route,
    view: (facts: PlaceFacts) => AnswerOf<Route>,
  ): void =>
    put(route, async ({ c }) => {
      const facts = await known.find(c.req.param("place_id") ?? "");
      if (facts === undefined) return refuse(problems.noSuchPlace);
      shareWithCaches(c);
      return view(facts);
    });

  put(listPlaces, async ({ c, query }) => {
    const { places, nextCursor } = await readPublicPlaces(database, query);
    shareWithCaches(c);
    const told = places.map(({ id, name, layoutAt }) => {
      const version = layoutAt === null ? 0 : Math.floor(layoutAt.getTime() / 1000);
      return { id, version, type: "parkingPlace" as const, name };
    });
    return { places: told, next_cursor: nextCursor };
  });
  tell(getPlace, apdsPlace);
  tell(getDemand, apdsDemand);
  tell(getRates, apdsRates);
  tell(getDatexTable, datexTable);
  tell(getDatexStatus, datexStatus);

  put(getOpenData, async ({ c, params }) => {
    const setting = await readOpenData(database, params.facility_id);
    c.header("etag", tagOf(setting.version));
    return setting;
  });

  put(setOpenData, async ({ c, body }) => {
    const seen = seenVersion(c, body.version);
    if (seen.kind === "problem") return refuse(seen.problem);
    const wanted = { isPublic: body.is_public, seen: seen.version };
    const done = await orderOpenData(database, placeOf(c), wanted, door.asking(c, body));
    if (done.kind === "refused" && done.why === "changed-meanwhile") return refuse(seen.stale);
    known.forget(placeOf(c).facilityId);
    return answerOutcome(done, ({ result }) => {
      const setting = OpenDataSetting.parse(result);
      c.header("etag", tagOf(setting.version));
      return c.json(setting);
    });
  });
  return app;
}

const shareWithCaches = (c: Context): void =>
  c.header("cache-control", `public, max-age=${keptFor / 1000}`);

/** What is told everybody, remembered for a moment, so that however many ask the database is asked rarely. */
class KnownPlaces {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #places = new Map<
    string,
    { readonly until: number; readonly facts: Promise<PlaceFacts | undefined> }
  >();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @returns undefined where there is no such facility, or it tells nobody */
  async find(facilityId: string): Promise<PlaceFacts | undefined> {
    const now = this.#clock.monotonic();
    const kept = this.#places.get(facilityId);
    const isFresh = kept !== undefined && kept.until > now;
    const facts = isFresh ? kept.facts : readPlace(this.#database, facilityId, this.#clock.now());
    if (!isFresh) this.#keep(facilityId, { until: now + keptFor, facts });
    try {
      const found = await facts;
      // As old as it is by now.
      return found && { ...found, now: Math.max(found.now, this.#clock.now()) as Instant };
    } catch (error) {
      this.#places.delete(facilityId);
      throw error;
    }
  }

  forget(facilityId: string): void {
    this.#places.delete(facilityId);
  }

  #keep(facilityId: string, kept: { until: number; facts: Promise<PlaceFacts | undefined> }): void {
    this.#places.delete(facilityId);
    this.#places.set(facilityId, kept);
    const [oldest] = this.#places.keys();
    if (this.#places.size > keptMax && oldest !== undefined) this.#places.delete(oldest);
  }
}
