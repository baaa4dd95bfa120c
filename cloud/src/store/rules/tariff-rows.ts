import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import {
  noticeDaysUsual,
  NoticeSettings,
  type TariffState,
} from "@gatehouse/shared/contracts/rules/tariffs";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import { and, desc, eq, sql } from "drizzle-orm";
import type { TimedVersion } from "../../domain/rules/tariff-timeline.ts";
import type { Queries } from "../database.ts";
import { facilitySettings } from "../outlook-schema.ts";
import { tariffs } from "../rules-schema.ts";
import { directives } from "../schema.ts";

/** A version that was sent, with what became of it. */
export interface HeldTariff extends TimedVersion {
  readonly body: Tariff;
  readonly state: TariffState;
  readonly detail: string | null;
  readonly directiveNumber: number;
  readonly publishedAt: Instant;
  readonly publishedBy: string | null;
  readonly why: string | null;
}

/** Every version that was sent to a facility, the newest first. */
export async function readTariffs({ drizzle }: Queries, facilityId: string): Promise<HeldTariff[]> {
  const rows = await drizzle
    .select({ tariff: tariffs, result: directives.result, detail: directives.detail })
    .from(tariffs)
    .leftJoin(
      directives,
      and(
        eq(directives.facilityId, tariffs.facilityId),
        eq(directives.number, tariffs.directiveNumber),
      ),
    )
    .where(eq(tariffs.facilityId, facilityId))
    .orderBy(desc(tariffs.validFrom), desc(tariffs.version));
  return rows.map(({ tariff, result, detail }) => {
    const isRefused = result !== null && result !== "applied";
    return {
      tariffId: tariff.tariffId,
      version: tariff.version,
      validFrom: tariff.validFrom.getTime() as Instant,
      validTo: tariff.validTo === null ? undefined : (tariff.validTo.getTime() as Instant),
      body: tariff.body as Tariff,
      state:
        tariff.withdrawnAt !== null
          ? "withdrawn"
          : isRefused
            ? "refused"
            : result === "applied"
              ? "applied"
              : "sent",
      detail: isRefused ? (detail ?? result) : null,
      directiveNumber: tariff.directiveNumber,
      publishedAt: tariff.publishedAt.getTime() as Instant,
      publishedBy: tariff.publishedBy,
      why: tariff.why,
    };
  });
}

/** The versions that a facility has or will have: not those that it refused. */
export const countingOf = (held: readonly HeldTariff[]): HeldTariff[] =>
  held.filter(({ state }) => state !== "refused");

/**
 * Keeps a version whose directive is issued. One that is known stays as it is, as it does at the facility, unless the
 * facility has refused it.
 */
export async function keepTariffVersion(
  { drizzle }: Queries,
  facilityId: string,
  tariff: Tariff,
  sent: {
    readonly number: number;
    readonly now: Instant;
    readonly by: string | null;
    readonly why?: string | undefined;
  },
): Promise<void> {
  const said = {
    body: tariff,
    validFrom: new Date(instantOf(tariff.valid_from) ?? 0),
    validTo: tariff.valid_to === undefined ? null : new Date(instantOf(tariff.valid_to) ?? 0),
    directiveNumber: sent.number,
    publishedAt: new Date(sent.now),
    publishedBy: sent.by,
    why: sent.why ?? null,
    withdrawnAt: null,
  };
  await drizzle
    .insert(tariffs)
    .values({ facilityId, tariffId: tariff.tariff_id, version: tariff.version, ...said })
    .onConflictDoUpdate({
      target: [tariffs.facilityId, tariffs.tariffId, tariffs.version],
      set: said,
      setWhere: sql`exists (select 1 from directives where directives.facility_id = ${tariffs.facilityId}
        and directives.number = ${tariffs.directiveNumber} and directives.result <> 'applied')`,
    });
}

const topic = "tariffs";

/** So many days of notice a facility wants. */
export async function readNoticeDays({ drizzle }: Queries, facilityId: string): Promise<number> {
  const [row] = await drizzle
    .select({ settings: facilitySettings.settings })
    .from(facilitySettings)
    .where(and(eq(facilitySettings.facilityId, facilityId), eq(facilitySettings.topic, topic)));
  return NoticeSettings.safeParse(row?.settings).data?.notice_days ?? noticeDaysUsual;
}

/** Keeps how many days of notice a facility wants. */
export async function keepNoticeDays(
  { drizzle }: Queries,
  facilityId: string,
  days: number,
  now: Instant,
): Promise<void> {
  const said = { settings: { notice_days: days }, changedAt: new Date(now) };
  await drizzle
    .insert(facilitySettings)
    .values({ facilityId, topic, ...said })
    .onConflictDoUpdate({
      target: [facilitySettings.facilityId, facilitySettings.topic],
      set: said,
    });
}
