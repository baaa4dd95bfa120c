import type { SessionsAsked } from "@gatehouse/shared/contracts/reports/asked";
import type {
  ActiveSessions,
  SessionPage,
  SessionRow,
} from "@gatehouse/shared/contracts/reports/services";
import { elapsed, type Instant } from "@gatehouse/shared/time";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { isoOrNull } from "../moments.ts";
import { beginOf, endOf, type ReportDesk } from "./desk.ts";
import { Conditions, readPage } from "./keyset.ts";
import { readPermitHolders } from "./permit-holders.ts";

const pageSize = 100;

interface Row {
  readonly session_id: string;
  readonly state: string;
  readonly plate: string | null;
  readonly vehicle_class: string | null;
  readonly entry_at: Date | null;
  readonly exit_at: Date | null;
  readonly entry_lane_id: string | null;
  readonly exit_lane_id: string | null;
  readonly space_id: string | null;
  readonly zone_id: string | null;
  readonly duration_s: number | null;
  readonly permit_id: string | null;
  readonly due_minor: number | null;
  readonly total_minor: number | null;
  readonly paid_minor: number | null;
  readonly owed_minor: number | null;
  readonly flags: string[];
}

/** Sessions that count: their vehicle came in, or was seen leaving. */
const counted = "state in ('open', 'settled', 'closed', 'closed-unpaid', 'closed-assumed')";

/** The sessions that a number counts, the newest first. @returns undefined where the cursor is none of ours */
export async function readSessions(
  desk: ReportDesk,
  asked: SessionsAsked,
): Promise<SessionPage | undefined> {
  const at = asked.by === "exit" ? "exit_at" : "entry_at";
  const where = new Conditions(desk.facilityId, desk.timezone)
    // Every parameter is named, also where no day is asked for.
    .fix("facility_id = $1 and $2::text is not null")
    .fix(asked.by === "exit" ? "state like 'closed%'" : counted)
    .fix(`${at} is not null`)
    .add(`${at} >= ${beginOf("?", "$2")}`, asked.from)
    .add(`${at} < ${endOf("?", "$2")}`, asked.to)
    .add(`extract(hour from ${at} at time zone $2)::integer = ?`, asked.hour)
    .add(`${asked.by === "exit" ? "exit_lane_id" : "entry_lane_id"} = ?`, asked.lane)
    .add("coalesce(vehicle_class, 'unknown') = ?", asked.vehicle_class)
    .add("plate = ?", asked.plate === undefined ? undefined : normalisePlate(asked.plate))
    .add("space_id = ?", asked.space)
    .add("state = ?", asked.state);
  if (asked.permit !== undefined)
    where.fix(`permit_id is ${asked.permit === "yes" ? "not null" : "null"}`);
  return readSessionPage(desk, where, { at, order: "desc" }, asked);
}

/** The vehicles inside, the one that has been there longest first. */
export async function readActiveSessions(
  desk: ReportDesk,
  asked: Pick<SessionsAsked, "cursor" | "limit">,
): Promise<ActiveSessions | undefined> {
  const where = new Conditions(desk.facilityId, desk.timezone)
    .fix("facility_id = $1 and $2::text is not null")
    .fix("state in ('open', 'settled')");
  const [page, count] = await Promise.all([
    // One that came in unseen stands at the end of a vehicle's stay, not of time.
    readSessionPage(desk, where, { at: "coalesce(entry_at, changed_at)", order: "asc" }, asked),
    desk.database.pool.query<{ inside: number }>({
      name: "report-inside",
      text: "select count(*) as inside from sessions where facility_id = $1 and state in ('open', 'settled')",
      values: [desk.facilityId],
    }),
  ]);
  return page && { ...page, active_sessions: count.rows[0]?.inside ?? 0 };
}

/** One session as lists show it. @returns undefined where there is none */
export async function readSessionOf(
  desk: ReportDesk,
  sessionId: string,
): Promise<SessionRow | undefined> {
  const where = new Conditions(desk.facilityId, desk.timezone)
    .fix("facility_id = $1 and $2::text is not null")
    .add("session_id = ?", sessionId);
  const page = await readSessionPage(desk, where, { at: "changed_at", order: "desc" }, {});
  return page?.sessions[0];
}

/** The sessions that ended last. */
export const readCompletedSessions = (
  desk: ReportDesk,
  asked: Pick<SessionsAsked, "cursor" | "limit">,
): Promise<SessionPage | undefined> => readSessions(desk, { ...asked, by: "exit" });

async function readSessionPage(
  desk: ReportDesk,
  where: Conditions,
  { at, order }: { readonly at: string; readonly order: "asc" | "desc" },
  { cursor, limit = pageSize }: { cursor?: string | undefined; limit?: number | undefined },
): Promise<SessionPage | undefined> {
  const columns = `session_id, state, plate, vehicle_class, entry_at, exit_at, entry_lane_id,
    exit_lane_id, duration_s, permit_id, due_minor, total_minor, paid_minor, owed_minor, flags,
    nullif(space_id, '') as space_id, (select zone_id from spaces
      where spaces.facility_id = $1 and spaces.space_id = sessions.space_id) as zone_id`;
  const page = await readPage<Row>(
    desk.database,
    { columns, table: "sessions", where, at, id: "session_id", order },
    { cursor, limit },
  );
  if (page === undefined) return undefined;
  const owners = await readPermitHolders(
    desk,
    page.rows.flatMap(({ permit_id }) => permit_id ?? []),
  );
  return {
    about: desk.about,
    sessions: page.rows.map((row) => sessionOf(desk, row, owners.get(row.permit_id ?? ""))),
    next_cursor: page.nextCursor,
  };
}

function sessionOf(desk: ReportDesk, row: Row, owner: string | undefined): SessionRow {
  const duration = durationOf(desk, row);
  const total = row.total_minor ?? row.due_minor;
  const zone = row.zone_id ?? desk.zoneOfLane.get(row.entry_lane_id ?? "");
  return {
    session_id: row.session_id,
    state: row.state,
    vehicle_number: row.plate,
    vehicle_class: row.vehicle_class,
    entry_time: isoOrNull(row.entry_at),
    exit_time: isoOrNull(row.exit_at),
    entry_lane: row.entry_lane_id === null ? null : desk.laneName(row.entry_lane_id),
    exit_lane: row.exit_lane_id === null ? null : desk.laneName(row.exit_lane_id),
    space_id: row.space_id,
    zone_name: zone === undefined ? null : desk.zoneName(zone),
    duration_seconds: duration,
    duration_hours: duration === null ? null : Math.round(duration / 36) / 100,
    permit_id: row.permit_id,
    owner: owner ?? null,
    total_amount: total === null ? null : desk.decimal(total),
    total_amount_minor: total,
    paid_minor: row.paid_minor,
    payment_status: paymentStatus(row),
    flags: row.flags,
  };
}

/** Of a vehicle inside: so far. */
function durationOf(desk: ReportDesk, row: Row): number | null {
  const isInside = row.state === "open" || row.state === "settled";
  if (!isInside) return row.duration_s;
  if (row.entry_at === null) return null;
  return Math.floor(elapsed(row.entry_at.getTime() as Instant, desk.now) / 1000);
}

function paymentStatus(row: Row): SessionRow["payment_status"] {
  const isInside = row.state === "open";
  if (isInside) return "not-yet";
  const owed = row.owed_minor ?? 0;
  const paid = row.paid_minor ?? 0;
  if (owed > 0) return paid > 0 ? "part-paid" : "unpaid";
  return paid > 0 ? "paid" : "free";
}
