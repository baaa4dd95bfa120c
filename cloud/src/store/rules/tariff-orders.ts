import type { Json } from "@gatehouse/shared/canonical";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { TariffSent } from "@gatehouse/shared/contracts/rules/tariffs";
import { hours, instantOf, later } from "@gatehouse/shared/time";
import { and, eq, sql } from "drizzle-orm";
import { inForceAt, placeOfVersion, timelineOf } from "../../domain/rules/tariff-timeline.ts";
import type { Database, Tx } from "../database.ts";
import { issueDirectives } from "../directives.ts";
import { audited, type Asking, type Change, type Outcome } from "../people/audited.ts";
import { tariffDrafts, tariffs } from "../rules-schema.ts";
import { deciderOf } from "./keep-rules.ts";
import {
  countingOf,
  type HeldTariff,
  keepNoticeDays,
  keepTariffVersion,
  readNoticeDays,
  readTariffs,
} from "./tariff-rows.ts";

interface AtFacility {
  readonly facilityId: string;
  readonly organisationId: string;
}

type PublishRefusal = "no-such-facility" | "version-known" | "notice-needed" | "never-in-force";

/**
 * Sends a tariff to a facility, audited. Without a reason it comes no sooner than the notice period says; one that no
 * stay would ever get is refused.
 *
 * @param draftId the draft that it was; it is gone with it
 */
export function orderTariff(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  tariff: Tariff,
  draftId: string | undefined,
  asking: Asking,
): Promise<Outcome<PublishRefusal>> {
  const { now, why } = asking;
  return audited<PublishRefusal>(
    database,
    organisationId,
    "tariff-published",
    asking,
    async (tx) => {
      await lockTariffs(tx, facilityId);
      const held = await readTariffs({ drizzle: tx }, facilityId);
      const counting = countingOf(held);
      if (counting.some((each) => isVersion(each, tariff))) return { refused: "version-known" };
      const notice = hours(24 * (await readNoticeDays({ drizzle: tx }, facilityId)));
      const timed = timedOf(tariff);
      if (timed.validFrom < later(now, notice) && why === undefined)
        return { refused: "notice-needed" };
      const place = placeOfVersion(timed, timelineOf([...counting, timed]), now);
      if (place === "never" || place === "past") return { refused: "never-in-force" };
      const sent = await send(tx, facilityId, tariff, asking);
      if (sent === undefined) return { refused: "no-such-facility" };
      if (draftId !== undefined)
        await tx
          .delete(tariffDrafts)
          .where(and(eq(tariffDrafts.facilityId, facilityId), eq(tariffDrafts.draftId, draftId)));
      const before = inForceAt(counting, timed.validFrom);
      return changeOf(facilityId, sent, before?.body, tariff);
    },
  );
}

type WithdrawRefusal = "no-such-facility" | "no-such-tariff" | "not-planned" | "nothing-before";

/**
 * Takes back a tariff that is not in force yet, audited: the facility keeps every version for ever, so the one that
 * would hold without it is sent once more as a later version from the same moment.
 */
export function takeTariffBack(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  version: { readonly tariff_id: string; readonly version: number },
  asking: Asking,
): Promise<Outcome<WithdrawRefusal>> {
  return audited<WithdrawRefusal>(
    database,
    organisationId,
    "tariff-withdrawn",
    asking,
    async (tx) => {
      await lockTariffs(tx, facilityId);
      const held = await readTariffs({ drizzle: tx }, facilityId);
      const counting = countingOf(held);
      const wrong = held.find((each) => isVersion(each, version));
      if (wrong === undefined) return { refused: "no-such-tariff" };
      if (placeOfVersion(wrong, timelineOf(counting), asking.now) !== "planned")
        return { refused: "not-planned" };
      const rest = counting.filter((each) => each !== wrong);
      const before = inForceAt(rest, wrong.validFrom);
      // One that ends would, at its end, give way to the very version that is taken back.
      if (before === undefined || before.validTo !== undefined)
        return { refused: "nothing-before" };
      const again: Tariff = {
        ...before.body,
        tariff_id: wrong.tariffId,
        version: nextVersion(held, wrong.tariffId),
        valid_from: wrong.body.valid_from,
        supersedes: { tariff_id: wrong.tariffId, version: wrong.version },
      };
      const sent = await send(tx, facilityId, again, asking);
      if (sent === undefined) return { refused: "no-such-facility" };
      await tx
        .update(tariffs)
        .set({ withdrawnAt: new Date(asking.now) })
        .where(
          and(
            eq(tariffs.facilityId, facilityId),
            eq(tariffs.tariffId, wrong.tariffId),
            eq(tariffs.version, wrong.version),
          ),
        );
      return changeOf(facilityId, sent, wrong.body, again);
    },
  );
}

/** Changes how many days of notice a facility wants, audited. */
export function orderNoticeDays(
  database: Database,
  { facilityId, organisationId }: AtFacility,
  noticeDays: number,
  asking: Asking,
): Promise<Outcome<never>> {
  return audited(database, organisationId, "notice-period-changed", asking, async (tx) => {
    const before = await readNoticeDays({ drizzle: tx }, facilityId);
    await keepNoticeDays({ drizzle: tx }, facilityId, noticeDays, asking.now);
    const subject = { kind: "notice-period", id: facilityId };
    return { subject, facilityId, before, after: noticeDays };
  });
}

/** The version after all that are known of a tariff. */
export const nextVersion = (
  held: readonly Pick<HeldTariff, "tariffId" | "version">[],
  tariffId: string,
): number =>
  held.reduce(
    (next, each) => (each.tariffId === tariffId ? Math.max(next, each.version + 1) : next),
    1,
  );

/** Two that publish at once stand in a row: what one decides the other sees. */
async function lockTariffs(tx: Tx, facilityId: string): Promise<void> {
  await tx.execute(sql`select 1 from facilities where facility_id = ${facilityId} for update`);
}

async function send(
  tx: Tx,
  facilityId: string,
  tariff: Tariff,
  { now, who, why }: Asking,
): Promise<TariffSent | undefined> {
  const queries = { drizzle: tx };
  const number = await issueDirectives(
    queries,
    facilityId,
    [{ kind: "tariff", body: tariff }],
    now,
  );
  if (number === undefined) return undefined;
  await keepTariffVersion(queries, facilityId, tariff, { number, now, by: deciderOf(who), why });
  return { tariff_id: tariff.tariff_id, version: tariff.version, number };
}

function changeOf(
  facilityId: string,
  sent: TariffSent,
  before: Tariff | undefined,
  after: Tariff,
): Change {
  return {
    subject: { kind: "tariff", id: `${facilityId}/${sent.tariff_id}/${sent.version}` },
    facilityId,
    before: (before ?? null) as Json,
    after: after as Json,
    result: { ...sent },
  };
}

const isVersion = (
  held: HeldTariff,
  { tariff_id, version }: { readonly tariff_id: string; readonly version: number },
): boolean => held.tariffId === tariff_id && held.version === version;

const timedOf = (tariff: Tariff) => ({
  tariffId: tariff.tariff_id,
  version: tariff.version,
  validFrom: instantOf(tariff.valid_from)!,
  validTo: tariff.valid_to === undefined ? undefined : instantOf(tariff.valid_to),
});
