import type { MirroredPlate } from "@gatehouse/shared/ports/allow-list-mirror";
import type { Instant } from "@gatehouse/shared/time";
import { and, eq, gt, type InferSelectModel, isNull, lte, or, sql } from "drizzle-orm";
import { listEntries, permitPlates, permits } from "./access-schema.ts";
import type { Reader, Tx } from "./book.ts";
import { mirrorRecords } from "./mirror-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type MirrorRow = InferSelectModel<typeof mirrorRecords>;

const rows = writerOf(mirrorRecords);
const statements = prepared((db) => ({
  of: db
    .select()
    .from(mirrorRecords)
    .where(eq(mirrorRecords.readerId, sql.placeholder("readerId")))
    .prepare(),
  drop: db
    .delete(mirrorRecords)
    .where(
      and(
        eq(mirrorRecords.readerId, sql.placeholder("readerId")),
        eq(mirrorRecords.plate, sql.placeholder("plate")),
      ),
    )
    .prepare(),
  listed: db
    .select({
      list: listEntries.list,
      plate: listEntries.plate,
      until: listEntries.validUntil,
    })
    .from(listEntries)
    .where(or(isNull(listEntries.validUntil), gt(listEntries.validUntil, sql.placeholder("at"))))
    .prepare(),
  permitted: db
    .select({
      plate: permitPlates.plate,
      until: permits.validUntil,
      poolId: permits.poolId,
      terms: permits.terms,
    })
    .from(permits)
    .innerJoin(permitPlates, eq(permitPlates.permitId, permits.permitId))
    .where(
      and(
        eq(permits.revoked, false),
        lte(permits.validFrom, sql.placeholder("at")),
        gt(permits.validUntil, sql.placeholder("at")),
      ),
    )
    .prepare(),
}));

export const mirrorRowsOf = (reader: Reader, readerId: string): MirrorRow[] =>
  statements(reader).of.all({ readerId });

export const saveMirrorRow = (tx: Tx, row: MirrorRow): void => rows.save(tx, row);

export function dropMirrorRow(
  tx: Tx,
  { readerId, plate }: Pick<MirrorRow, "readerId" | "plate">,
): void {
  tx.step();
  statements(tx).drop.run({ readerId, plate });
}

/**
 * The plates that a camera at this lane may open for by itself, each with the latest end of its rights. A camera knows
 * no windows, pools or passbacks: rights that have any are not for it, nor is a plate that stands on the deny list.
 */
export function plainRightsAt(reader: Reader, laneId: string, at: Instant): MirroredPlate[] {
  const listed = statements(reader).listed.all({ at });
  const denied = new Set(listed.filter(({ list }) => list === "deny").map(({ plate }) => plate));
  const untilOf = new Map<string, number>();
  const add = (plate: string, until: number | null): void => {
    if (plate !== "" && !denied.has(plate))
      untilOf.set(plate, Math.max(untilOf.get(plate) ?? 0, until ?? Number.POSITIVE_INFINITY));
  };
  for (const { list, plate, until } of listed) if (list === "allow") add(plate, until);
  for (const { plate, until, poolId, terms } of statements(reader).permitted.all({ at })) {
    const { windows = [], anti_passback: passback, lanes, zones } = terms;
    const isHere = lanes === undefined || lanes.length === 0 || lanes.includes(laneId);
    const isPlain = poolId === null && windows.length === 0 && zones === undefined;
    if (isHere && isPlain && (passback === undefined || passback.mode === "off")) add(plate, until);
  }
  return [...untilOf].map(([plate, until]) =>
    Number.isFinite(until) ? { plate, until: until as Instant } : { plate },
  );
}
