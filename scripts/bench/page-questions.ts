import type { Database } from "../../cloud/src/store/database.ts";
import { declaredRoutes } from "../../cloud/src/routes/declared-access.ts";
import { officeOn } from "../office-on.ts";
import { officeToken } from "./office-process.ts";

/** Whom and what a bench asks about: the facility with the longest ledger, a vehicle and a session there. */
export interface Sample {
  readonly facilityId: string;
  readonly plate: string;
  readonly sessionId: string;
  /** The first and the last of the last days that are over. */
  readonly from: string;
  readonly to: string;
}

/** @throws Error where the database holds no facility with sessions */
export async function sampleOf({ pool }: Database, days: number): Promise<Sample> {
  const { rows } = await pool.query<Sample>(
    `select facility.facility_id as "facilityId", vehicle.plate, vehicle.session_id as "sessionId",
       to_char((now() at time zone facility.timezone)::date - $1::integer, 'YYYY-MM-DD') as from,
       to_char((now() at time zone facility.timezone)::date - 1, 'YYYY-MM-DD') as to
     from (select facility_id, timezone from facility_states join facilities using (facility_id)
       where facility_id not like 'copy-%' order by lines_stored desc limit 1) as facility,
     lateral (select plate, session_id from sessions
       where sessions.facility_id = facility.facility_id and entry_at is not null
         and plate is not null and session_id not like '%+%'
       order by entry_at desc limit 1) as vehicle`,
    [days],
  );
  const [sample] = rows;
  if (sample === undefined) throw new Error("no facility there has told of a session");
  return sample;
}

/**
 * Every address that head office answers to who reads: its own list of routes, so that none is forgotten. What an
 * address asks for is filled in from the sample; reports are asked for their usual days and for all of them.
 */
export function questionsOf(database: Database, sample: Sample): string[] {
  const office = officeOn(database, officeToken);
  return declaredRoutes(office.app)
    .filter(({ route, access }) => {
      const isRead = access.some(({ kind }) => kind === "right" || kind === "known");
      return route.startsWith("GET ") && isRead && !endless.has(route);
    })
    .flatMap(({ route }) => {
      const path = filled(route.slice("GET ".length), sample);
      return asked(path, sample).map((query) => (query === "" ? path : `${path}?${query}`));
    });
}

/** Streams. */
const endless = new Set(["GET /api/live", "GET /v1/live"]);

const filled = (path: string, { facilityId, sessionId, plate }: Sample): string =>
  path
    .replace(":facility_id", encodeURIComponent(facilityId))
    .replace(":organisation_id", "main")
    .replace(":session_id", encodeURIComponent(sessionId))
    .replace(":plate", encodeURIComponent(plate));

const ofPeriod =
  /\/(revenue|payments|slots|dwell|flow|staff|users|kpis|success|outcomes|sessions|payment-list)$/;
const ofDays = /\/(peak-hours|peak-occupancy|space-utilization)$/;

/** The queries with which an address is asked; "" is the plain one. */
function asked(path: string, { plate, sessionId, from, to }: Sample): string[] {
  const vehicle = `plate=${encodeURIComponent(plate)}`;
  if (!path.includes("/reports/")) return [""];
  if (path.endsWith("/reports/vehicle")) return [vehicle];
  if (path.endsWith("/reports/session")) return [`session_id=${encodeURIComponent(sessionId)}`];
  const all = `from=${from}&to=${to}`;
  if (path.endsWith("/sessions"))
    return [
      "",
      all,
      `by=exit&${all}`,
      `hour=8&${all}`,
      vehicle,
      "limit=500",
      "state=closed-unpaid",
    ];
  if (path.endsWith("/payment-list"))
    return ["", all, `by=refunded&${all}`, `by=charged-back&${all}`, "method=card"];
  if (ofPeriod.test(path)) return ["", all];
  if (ofDays.test(path)) return ["", `days=${daysBetween(from, to)}`];
  return [""];
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
