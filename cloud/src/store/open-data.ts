import { Layout } from "@gatehouse/shared/contracts/layout";
import { OpenDataSetting } from "@gatehouse/shared/contracts/open-data";
import { usualLimit } from "@gatehouse/shared/contracts/v1/lists";
import type { Instant } from "@gatehouse/shared/time";
import type { PlaceFacts, SpaceStates } from "../domain/open-data/place-facts.ts";
import { inForceAt } from "../domain/rules/tariff-timeline.ts";
import type { Database, Queries } from "./database.ts";
import { keepSettings, readSettings } from "./facility-settings.ts";
import { instantOrNone } from "./moments.ts";
import { type Asking, audited, type Outcome } from "./people/audited.ts";
import { countingOf, readTariffs } from "./rules/tariff-rows.ts";

const topic = "open-data";
const off: OpenDataSetting = { is_public: false, version: 0 };

/** Whether a facility tells everybody. */
export const readOpenData = async (
  queries: Queries,
  facilityId: string,
): Promise<OpenDataSetting> =>
  OpenDataSetting.safeParse(await readSettings(queries, facilityId, topic)).data ?? off;

/** Sets it, audited. @param seen the version that whoever wants it has seen */
export const orderOpenData = (
  database: Database,
  { facilityId, organisationId }: { readonly facilityId: string; readonly organisationId: string },
  wanted: { readonly isPublic: boolean; readonly seen: number },
  asking: Asking,
): Promise<Outcome<"changed-meanwhile">> =>
  audited(database, organisationId, "open-data-set", asking, async (tx) => {
    const held = await readOpenData({ drizzle: tx }, facilityId);
    if (held.version !== wanted.seen) return { refused: "changed-meanwhile" };
    const settings: OpenDataSetting = { is_public: wanted.isPublic, version: held.version + 1 };
    await keepSettings({ drizzle: tx }, { facilityId, topic, settings, now: asking.now });
    return {
      subject: { kind: "open-data", id: facilityId },
      facilityId,
      before: { is_public: held.is_public },
      after: { is_public: wanted.isPublic },
      result: { ...settings },
    };
  });

/** The facilities that tell everybody, by their id. */
export async function readPublicPlaces(
  { pool }: Database,
  { cursor = "", limit = usualLimit }: { cursor?: string | undefined; limit?: number | undefined },
): Promise<{
  readonly places: readonly { id: string; name: string; layoutAt: Date | null }[];
  readonly nextCursor: string | null;
}> {
  const { rows } = await pool.query<{ id: string; name: string; layoutAt: Date | null }>({
    name: "open-data-places",
    text: `select facility.facility_id as id, facility.name, layouts.told_at as "layoutAt"
      from facilities as facility
      join facility_settings as setting on setting.facility_id = facility.facility_id
        and setting.topic = '${topic}' and (setting.settings ->> 'is_public')::boolean
      left join layouts on layouts.facility_id = facility.facility_id
      where facility.is_active and facility.facility_id > $1
      order by facility.facility_id limit $2`,
    values: [cursor, limit + 1],
  });
  const places = rows.slice(0, limit);
  return { places, nextCursor: rows.length > limit ? (places.at(-1)?.id ?? null) : null };
}

interface Row {
  readonly name: string;
  readonly timezone: string;
  readonly last_batch_at: Date | null;
  readonly written_seq: number | null;
  readonly acked_seq: number | null;
  readonly layout: unknown;
  readonly told_at: Date | null;
}

/** What may be told of a facility; undefined where there is none, or it does not tell everybody. */
export async function readPlace(
  database: Database,
  facilityId: string,
  now: Instant,
): Promise<PlaceFacts | undefined> {
  const { pool } = database;
  if (!(await readOpenData(database, facilityId)).is_public) return undefined;
  const [facility, zones, tariffs] = await Promise.all([
    pool.query<Row>({
      name: "open-data-place",
      text: `select facility.name, facility.timezone, state.last_batch_at, state.written_seq,
          mark.acked_seq, layouts.layout, layouts.told_at
        from facilities as facility
        join facility_states as state on state.facility_id = facility.facility_id
        left join watermarks as mark
          on mark.facility_id = facility.facility_id and mark.epoch = state.epoch
        left join layouts on layouts.facility_id = facility.facility_id
        where facility.facility_id = $1 and facility.is_active`,
      values: [facilityId],
    }),
    pool.query<SpaceStates & { readonly zone_id: string }>({
      name: "open-data-zones",
      text: `select zone_id, count(*) filter (where status = 'free') as free,
          count(*) filter (where status = 'occupied') as occupied,
          count(*) filter (where status not in ('free', 'occupied', 'out-of-service')) as unknown,
          count(*) filter (where status = 'out-of-service') as "outOfService"
        from spaces where facility_id = $1 group by zone_id order by zone_id`,
      values: [facilityId],
    }),
    readTariffs(database, facilityId),
  ]);
  const [row] = facility.rows;
  if (row === undefined) return undefined;
  const held = inForceAt(countingOf(tariffs), now);
  return {
    placeId: facilityId,
    name: row.name,
    timezone: row.timezone,
    now,
    heardAt: instantOrNone(row.last_batch_at),
    linesToCome:
      row.written_seq === null ? undefined : Math.max(0, row.written_seq - (row.acked_seq ?? 0)),
    layoutAt: instantOrNone(row.told_at),
    layout: Layout.safeParse(row.layout).data ?? { zones: [], lanes: [], devices: {} },
    zones: new Map(zones.rows.map(({ zone_id, ...states }) => [zone_id, states])),
    tariff: held && { body: held.body, from: held.validFrom, to: held.validTo },
  };
}
