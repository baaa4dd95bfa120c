import {
  type TariffDraftHead,
  type TariffsTold,
  type TariffVersion,
  type TariffWhole,
} from "@gatehouse/shared/contracts/rules/tariffs";
import { checkTariff } from "@gatehouse/shared/contracts/tariff";
import { hours, type Instant, isoOf, later } from "@gatehouse/shared/time";
import { placeOfVersion, type Reign, timelineOf } from "../../domain/rules/tariff-timeline.ts";
import { isoOfDate } from "../moments.ts";
import type { ReportDesk } from "../reports/desk.ts";
import { namesOf } from "./decider-names.ts";
import { readDrafts } from "./tariff-drafts.ts";
import { countingOf, type HeldTariff, readNoticeDays, readTariffs } from "./tariff-rows.ts";

/** Everything about a facility's tariffs but what they say. */
export async function readTariffsOf(desk: ReportDesk): Promise<TariffsTold> {
  const { database, facilityId, timezone, now, about } = desk;
  const [held, drafts, noticeDays, inUse] = await Promise.all([
    readTariffs(database, facilityId),
    readDrafts(database, facilityId),
    readNoticeDays(database, facilityId),
    readInUse(desk),
  ]);
  const names = await namesOf(database, [
    ...held.map(({ publishedBy }) => publishedBy),
    ...drafts.map(({ changedBy }) => changedBy),
  ]);
  const timeline = timelineOf(countingOf(held));
  return {
    facility_id: facilityId,
    timezone,
    currency: about.currency === "" ? null : about.currency,
    as_of: isoOf(now),
    notice_days: noticeDays,
    earliest: isoOf(later(now, hours(24 * noticeDays))),
    in_use: inUse,
    versions: held.map((each) => versionOf(each, { timeline, now, names })),
    drafts: drafts.map((draft) => draftHeadOf(draft, names)),
    timeline: timeline.map(({ of, from, until }) => ({
      tariff_id: of.tariffId,
      version: of.version,
      from: isoOf(from),
      until: until === undefined ? null : isoOf(until),
    })),
  };
}

/** One version with what it says; undefined where head office holds none. */
export async function findTariff(
  { database, facilityId, now }: ReportDesk,
  tariffId: string,
  version: number,
): Promise<TariffWhole | undefined> {
  const held = await readTariffs(database, facilityId);
  const found = held.find((each) => each.tariffId === tariffId && each.version === version);
  if (found === undefined) return undefined;
  const names = await namesOf(database, [found.publishedBy]);
  const timeline = timelineOf(countingOf(held));
  return { ...versionOf(found, { timeline, now, names }), body: { ...found.body } };
}

/** A draft in a list. */
export function draftHeadOf(
  draft: {
    readonly draftId: string;
    readonly body: unknown;
    readonly version: number;
    readonly changedAt: Date;
    readonly changedBy: string | null;
  },
  names: ReadonlyMap<string, string>,
): TariffDraftHead {
  const name: unknown = Object(draft.body)["name"];
  const checked = checkTariff(draft.body);
  return {
    draft_id: draft.draftId,
    name: typeof name === "string" ? name : "",
    version: draft.version,
    complaints: "complaints" in checked ? checked.complaints.length : 0,
    changed_at: isoOfDate(draft.changedAt),
    changed_by: nameIn(names, draft.changedBy),
  };
}

function versionOf(
  held: HeldTariff,
  scene: {
    readonly timeline: readonly Reign<HeldTariff>[];
    readonly now: Instant;
    readonly names: ReadonlyMap<string, string>;
  },
): TariffVersion {
  return {
    tariff_id: held.tariffId,
    version: held.version,
    name: held.body.name,
    currency: held.body.currency,
    valid_from: isoOf(held.validFrom),
    valid_to: held.validTo === undefined ? null : isoOf(held.validTo),
    state: held.state,
    place: placeOfVersion(held, scene.timeline, scene.now),
    detail: held.detail,
    directive_number: held.directiveNumber,
    published_at: isoOf(held.publishedAt),
    published_by: nameIn(scene.names, held.publishedBy),
    why: held.why,
  };
}

const nameIn = (names: ReadonlyMap<string, string>, by: string | null): string | null =>
  by === null ? null : (names.get(by) ?? by);

/** By which tariff the vehicle that came in last pays. */
async function readInUse({ database, facilityId }: ReportDesk): Promise<TariffsTold["in_use"]> {
  const { rows } = await database.pool.query<{ tariff_id: string; tariff_version: number }>({
    name: "tariff-in-use",
    text: `select tariff_id, tariff_version from sessions
       where facility_id = $1 and entry_at is not null and tariff_id is not null
         and tariff_version is not null
       order by entry_at desc limit 1`,
    values: [facilityId],
  });
  const [last] = rows;
  return last === undefined ? null : { tariff_id: last.tariff_id, version: last.tariff_version };
}
