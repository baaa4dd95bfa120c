import type {
  ListEntry,
  Notice,
  Permit,
  Pool,
  Reservation,
  Visitor,
} from "@gatehouse/shared/contracts/directive";
import { Tariff } from "@gatehouse/shared/contracts/tariff";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import { and, desc, eq, lte, sql } from "drizzle-orm";
import {
  type AccessTerms,
  permitPlates,
  permits,
  pools,
  reservations,
  visitors,
} from "./access-schema.ts";
import { dropListEntry, saveListEntry } from "./access-lists.ts";
import { tariffHash } from "@gatehouse/shared/tariff/hash";
import { findVisitor } from "./access-visitors.ts";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { notices, tariffs } from "./schema.ts";

const tariffRows = writerOf(tariffs);
const permitRows = writerOf(permits);
const plateRows = writerOf(permitPlates);
const poolRows = writerOf(pools);
const visitorRows = writerOf(visitors);
const reservationRows = writerOf(reservations);
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
    .prepare(),
  dropPlates: db
    .delete(permitPlates)
    .where(eq(permitPlates.permitId, sql.placeholder("permitId")))
    .prepare(),
  notices: db.select().from(notices).orderBy(desc(notices.receivedAt)).limit(noticeLimit).prepare(),
}));

/**
 * Keeps a version of a tariff; versions are immutable, so a known one stays as it is.
 *
 * @returns whether the version says now what it was given: false where another content is kept under it
 */
export function keepTariff(tx: Tx, tariff: Tariff): boolean {
  const known = findTariff(tx, tariff.tariff_id, tariff.version);
  if (known !== undefined) return tariffHash(known) === tariffHash(tariff);
  tariffRows.insert(tx, {
    tariffId: tariff.tariff_id,
    version: tariff.version,
    validFrom: instantOf(tariff.valid_from) ?? 0,
    body: tariff,
  });
  return true;
}

/** A version of a tariff. It never changes, so it is read once and the same object is given again. */
export function findTariff(reader: Reader, id: string, version: number): Tariff | undefined {
  const read = tariffsRead(reader);
  const key = `${id} ${version}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const row = statements(reader).tariff.get({ id, version });
  if (row === undefined) return undefined;
  const tariff = Tariff.parse(row.body);
  if (read.size >= tariffsReadMax) read.clear();
  read.set(key, tariff);
  return tariff;
}

/** Versions in use at a time are a handful. */
const tariffsReadMax = 100;
const tariffsRead = prepared(() => new Map<string, Tariff>());

/** The tariff that a stay beginning at `at` gets: the latest that was valid by then, and still is. */
export function tariffInForce(reader: Reader, at: Instant): Tariff | undefined {
  for (const { body } of statements(reader).tariffInForce.all({ at })) {
    const tariff = Tariff.parse(body);
    const until = tariff.valid_to === undefined ? undefined : instantOf(tariff.valid_to);
    if (until === undefined || at < until) return tariff;
  }
  return undefined;
}

export function keepPermit(tx: Tx, permit: Permit): void {
  permitRows.save(tx, {
    permitId: permit.permit_id,
    validFrom: instantOf(permit.valid_from) ?? 0,
    validUntil: instantOf(permit.valid_until) ?? 0,
    revoked: permit.revoked ?? false,
    holder: permit.holder ?? null,
    kind: permit.kind ?? "season",
    poolId: permit.pool_id ?? null,
    terms: { ...termsOf(permit), lanes: permit.lanes, zones: permit.zones },
  });
  tx.step();
  statements(tx).dropPlates.run({ permitId: permit.permit_id });
  for (const plate of new Set(permit.plates)) {
    plateRows.insert(tx, { plate, permitId: permit.permit_id });
  }
}

export function keepPool(tx: Tx, pool: Pool): void {
  poolRows.save(tx, {
    poolId: pool.pool_id,
    name: pool.name,
    capacity: pool.capacity,
    whenFull: pool.when_full,
    terms: termsOf(pool),
  });
}

const termsOf = ({ windows, outside_windows, anti_passback }: Permit | Pool): AccessTerms => ({
  windows,
  outside_windows,
  anti_passback,
});

/** Keeps what head office says of a plate on a list; entries of the facility's own stay beside it. */
export function keepListEntry(tx: Tx, entry: ListEntry, at: Instant): void {
  const { list, plate, reason } = entry;
  if (entry.removed === true) return dropListEntry(tx, { list, plate, owner: "head-office" });
  const validUntil = entry.valid_until === undefined ? null : instantOf(entry.valid_until);
  saveListEntry(tx, {
    list,
    plate,
    reason,
    owner: "head-office",
    validUntil: validUntil ?? null,
    changedAt: at,
    changedBy: null,
  });
}

/** Keeps a visitor of head office's; one of the facility's own under the same id stays as it is. @returns whether */
export function keepVisitor(tx: Tx, visitor: Visitor, at: Instant): boolean {
  if (findVisitor(tx, visitor.visitor_id)?.owner === "facility") return false;
  visitorRows.save(tx, {
    visitorId: visitor.visitor_id,
    kind: visitor.kind ?? "visitor",
    plate: visitor.plate,
    name: visitor.name,
    host: visitor.host ?? null,
    validFrom: instantOf(visitor.valid_from) ?? 0,
    validUntil: instantOf(visitor.valid_until) ?? 0,
    windows: visitor.windows ?? [],
    entriesMax: visitor.entries_max ?? null,
    ended: visitor.ended ?? false,
    owner: "head-office",
    changedAt: at,
    changedBy: null,
  });
  return true;
}

export function keepReservation(tx: Tx, reservation: Reservation): void {
  reservationRows.save(tx, {
    reservationId: reservation.reservation_id,
    userId: reservation.user_id ?? null,
    vehicleLicense: reservation.plate,
    spaceId: reservation.space_id ?? null,
    spaceType: reservation.space_type ?? null,
    reservedFrom: instantOf(reservation.reserved_from) ?? 0,
    reservedUntil: instantOf(reservation.reserved_until) ?? 0,
    reservationAmount: reservation.reservation_amount,
    status: reservation.status,
    createdAt: instantOf(reservation.created_at) ?? 0,
    reservationDetails: reservation.reservation_details ?? {},
  });
}

export function keepNotice(tx: Tx, notice: Notice, receivedAt: Instant): void {
  noticeRows.save(tx, { noticeId: notice.notice_id, text: notice.text, receivedAt });
}

/** The newest notices, a few at most. */
export const listNotices = (
  reader: Reader,
): { noticeId: string; text: string; receivedAt: number }[] => statements(reader).notices.all();
