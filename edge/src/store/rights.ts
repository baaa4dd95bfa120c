import type { ListEntry, Notice, Permit } from "@gatehouse/shared/contracts/directive";
import { Tariff } from "@gatehouse/shared/contracts/tariff";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import { and, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { listEntries, notices, permitPlates, permits, tariffs } from "./schema.ts";

const tariffRows = writerOf(tariffs);
const permitRows = writerOf(permits);
const plateRows = writerOf(permitPlates);
const listRows = writerOf(listEntries);
const noticeRows = writerOf(notices);

/** The newest ones that attendants are shown. */
const noticeLimit = 5;

const statements = prepared((db) => ({
  tariff: db
    .select({ body: tariffs.body })
    .from(tariffs)
    .where(
      and(
        eq(tariffs.tariffId, sql.placeholder("id")),
        eq(tariffs.version, sql.placeholder("version")),
      ),
    )
    .prepare(),
  tariffInForce: db
    .select({ body: tariffs.body })
    .from(tariffs)
    .where(lte(tariffs.validFrom, sql.placeholder("at")))
    .orderBy(desc(tariffs.validFrom), desc(tariffs.version))
    .limit(1)
    .prepare(),
  permit: db
    .select({ permitId: permits.permitId })
    .from(permits)
    .innerJoin(permitPlates, eq(permitPlates.permitId, permits.permitId))
    .where(
      and(
        eq(permitPlates.plate, sql.placeholder("plate")),
        eq(permits.revoked, false),
        lte(permits.validFrom, sql.placeholder("at")),
        gt(permits.validUntil, sql.placeholder("at")),
      ),
    )
    .limit(1)
    .prepare(),
  dropPlates: db
    .delete(permitPlates)
    .where(eq(permitPlates.permitId, sql.placeholder("permitId")))
    .prepare(),
  listed: db
    .select({ list: listEntries.list, reason: listEntries.reason })
    .from(listEntries)
    .where(
      and(
        eq(listEntries.plate, sql.placeholder("plate")),
        or(isNull(listEntries.validUntil), gt(listEntries.validUntil, sql.placeholder("at"))),
      ),
    )
    .prepare(),
  unlist: db
    .delete(listEntries)
    .where(
      and(
        eq(listEntries.list, sql.placeholder("list")),
        eq(listEntries.plate, sql.placeholder("plate")),
      ),
    )
    .prepare(),
  notices: db.select().from(notices).orderBy(desc(notices.receivedAt)).limit(noticeLimit).prepare(),
}));

/** Keeps a version of a tariff; versions are immutable, so a known one stays as it is. */
export function keepTariff(tx: Tx, tariff: Tariff): void {
  tariffRows.insertNew(tx, {
    tariffId: tariff.tariff_id,
    version: tariff.version,
    validFrom: instantOf(tariff.valid_from) ?? 0,
    body: tariff,
  });
}

export function findTariff(reader: Reader, id: string, version: number): Tariff | undefined {
  const row = statements(reader).tariff.get({ id, version });
  return row === undefined ? undefined : Tariff.parse(row.body);
}

/** The tariff that a stay beginning at `at` gets: the latest that was valid by then. */
export function tariffInForce(reader: Reader, at: Instant): Tariff | undefined {
  const row = statements(reader).tariffInForce.get({ at });
  return row === undefined ? undefined : Tariff.parse(row.body);
}

export function keepPermit(tx: Tx, permit: Permit): void {
  permitRows.save(tx, {
    permitId: permit.permit_id,
    validFrom: instantOf(permit.valid_from) ?? 0,
    validUntil: instantOf(permit.valid_until) ?? 0,
    revoked: permit.revoked ?? false,
    holder: permit.holder ?? null,
  });
  tx.step();
  statements(tx).dropPlates.run({ permitId: permit.permit_id });
  for (const plate of new Set(permit.plates)) {
    plateRows.insert(tx, { plate, permitId: permit.permit_id });
  }
}

/** The permit that lets this normalised plate in at that moment. */
export const permitOf = (reader: Reader, plate: string, at: Instant): string | undefined =>
  statements(reader).permit.get({ plate, at })?.permitId;

export function keepListEntry(tx: Tx, entry: ListEntry): void {
  if (entry.removed === true) {
    tx.step();
    statements(tx).unlist.run({ list: entry.list, plate: entry.plate });
    return;
  }
  const validUntil =
    entry.valid_until === undefined ? null : (instantOf(entry.valid_until) ?? null);
  listRows.save(tx, { list: entry.list, plate: entry.plate, reason: entry.reason, validUntil });
}

/** Whether the plate stands on the allow or deny list now; both are possible, the deny list then wins. */
export function listingOf(
  reader: Reader,
  plate: string,
  at: Instant,
): { allow?: string; deny?: string } {
  const rows = statements(reader).listed.all({ plate, at });
  return Object.fromEntries(rows.map((row) => [row.list, row.reason]));
}

export function keepNotice(tx: Tx, notice: Notice, receivedAt: Instant): void {
  noticeRows.save(tx, { noticeId: notice.notice_id, text: notice.text, receivedAt });
}

/** The newest notices, a few at most. */
export const listNotices = (
  reader: Reader,
): { noticeId: string; text: string; receivedAt: number }[] => statements(reader).notices.all();
