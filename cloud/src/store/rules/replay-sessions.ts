import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import type { ReplayTold } from "@gatehouse/shared/contracts/rules/tariffs";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { type EndedSession, MonthReplay } from "../../domain/rules/month-replay.ts";
import { readHolidays } from "../outlook/calendar.ts";
import { beginOf, endOf, type ReportDesk } from "../reports/desk.ts";
import { readTariffs } from "./tariff-rows.ts";

/** Stays of one replay at most; who has more asks for fewer days. */
const staysMost = 400_000;
/** Stays read and priced at once: between them others have their turn. */
const pageSize = 2_000;

interface Row {
  readonly session_id: string;
  readonly plate: string | null;
  readonly vehicle_class: VehicleClass | null;
  readonly space_type: SpaceType | null;
  readonly entry_at: Date | null;
  readonly exit_at: Date;
  readonly duration_s: number | null;
  readonly total_minor: number | null;
  readonly permit_id: string | null;
  readonly tariff_id: string | null;
  readonly tariff_version: number | null;
  readonly state: string;
  readonly flags: string[];
}

/**
 * What the stays that ended in a period would have cost under a draft, against what they were charged.
 *
 * @returns undefined where there are too many stays
 */
export async function replaySessions(
  desk: ReportDesk,
  draft: Tariff,
  period: { readonly from: string; readonly to: string },
): Promise<ReplayTold | undefined> {
  const holidays = await ownHolidays(desk);
  const held = await readTariffs(desk.database, desk.facilityId);
  const own = new Map(held.map(({ tariffId, version, body }) => [`${tariffId} ${version}`, body]));
  const replay = new MonthReplay(draft, { timezone: desk.timezone, holidays });
  let seen = 0;
  for (let after: Row | undefined; ;) {
    const page = await readPageAfter(desk, period, after);
    for (const row of page)
      replay.add(endedOf(row, own.get(`${row.tariff_id} ${row.tariff_version}`)));
    seen += page.length;
    if (seen > staysMost) return undefined;
    after = page.at(-1);
    if (page.length < pageSize) break;
  }
  return {
    ...replay.told,
    tariff_id: draft.tariff_id,
    version: draft.version,
    currency: draft.currency,
    timezone: desk.timezone,
    period: { from: period.from, to: period.to },
    holidays: holidays.filter((day) => day >= period.from && day <= period.to).length,
  };
}

/** The public holidays that head office keeps of a facility, ISO dates; those of a tariff are its own affair. */
export const ownHolidays = async (desk: ReportDesk): Promise<string[]> =>
  (await readHolidays(desk)).filter(({ from }) => from === "kept").map(({ day }) => day);

async function readPageAfter(
  { database, facilityId, timezone }: ReportDesk,
  { from, to }: { readonly from: string; readonly to: string },
  after: Row | undefined,
): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>({
    name: "replay-sessions",
    text: `select session_id, plate, vehicle_class, space.space_type, entry_at, exit_at, duration_s,
         total_minor, permit_id, tariff_id, tariff_version, state, flags
       from sessions left join spaces as space
         on space.facility_id = sessions.facility_id and space.space_id = sessions.space_id
       where sessions.facility_id = $1 and state in ('closed', 'closed-unpaid', 'closed-assumed')
         and exit_at >= ${beginOf("$3", "$2")} and exit_at < ${endOf("$4", "$2")}
         and ($5::timestamptz is null or (exit_at, session_id) > ($5::timestamptz, $6::text))
       order by exit_at, session_id limit ${pageSize}`,
    values: [facilityId, timezone, from, to, after?.exit_at ?? null, after?.session_id ?? null],
  });
  return rows;
}

const endedOf = (row: Row, own: Tariff | undefined): EndedSession => ({
  sessionId: row.session_id,
  plate: row.plate,
  vehicleClass: row.vehicle_class ?? "car",
  spaceType: row.space_type,
  entry: row.entry_at === null ? undefined : (row.entry_at.getTime() as Instant),
  exit: row.exit_at.getTime() as Instant,
  durationS: row.duration_s,
  totalMinor: row.total_minor,
  hasPermit: row.permit_id !== null,
  isExitAssumed: row.state === "closed-assumed",
  flags: row.flags,
  own,
});
