import { and, asc, desc, eq, type InferSelectModel, isNull, lte, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { merchants, validations } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";
import { sessions } from "./schema.ts";

export type Merchant = InferSelectModel<typeof merchants>;
export type Validation = InferSelectModel<typeof validations>;

const merchantRows = writerOf(merchants);
const rows = writerOf(validations);
const statements = prepared((db) => ({
  merchant: db
    .select()
    .from(merchants)
    .where(eq(merchants.merchantId, sql.placeholder("id")))
    .prepare(),
  merchants: db.select().from(merchants).orderBy(asc(merchants.name)).prepare(),
  byToken: db
    .select()
    .from(merchants)
    .where(eq(merchants.tokenHash, sql.placeholder("tokenHash")))
    .prepare(),
  find: db
    .select()
    .from(validations)
    .where(eq(validations.validationId, sql.placeholder("id")))
    .prepare(),
  ofSession: db
    .select()
    .from(validations)
    .where(eq(validations.sessionId, sql.placeholder("sessionId")))
    .orderBy(asc(validations.issuedAt), asc(validations.validationId))
    .prepare(),
  ofMerchant: db
    .select()
    .from(validations)
    .where(eq(validations.merchantId, sql.placeholder("merchantId")))
    .orderBy(desc(validations.issuedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
  byCode: db
    .select()
    .from(validations)
    .where(eq(validations.code, sql.placeholder("code")))
    .prepare(),
  codesOver: db
    .select()
    .from(validations)
    .where(
      and(
        eq(validations.state, "issued"),
        isNull(validations.sessionId),
        lte(validations.expiresAt, sql.placeholder("at")),
      ),
    )
    .limit(sql.placeholder("limit"))
    .prepare(),
  leftOver: db
    .select({ validation: validations })
    .from(validations)
    .innerJoin(sessions, eq(sessions.sessionId, validations.sessionId))
    .where(and(eq(validations.state, "issued"), sql`${sessions.exitTime} is not null`))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

export const saveMerchant = (tx: Tx, merchant: Merchant): void => merchantRows.save(tx, merchant);
export const findMerchant = (reader: Reader, id: string): Merchant | undefined =>
  statements(reader).merchant.get({ id });
export const listMerchants = (reader: Reader): Merchant[] => statements(reader).merchants.all();

/** @param tokenHash SHA-256 of a merchant's own token, in hexadecimal */
export const merchantByToken = (reader: Reader, tokenHash: string): Merchant | undefined =>
  statements(reader).byToken.get({ tokenHash });

export const insertValidation = (tx: Tx, validation: Validation): void =>
  rows.insert(tx, validation);
export const saveValidation = (tx: Tx, validation: Validation): void => rows.save(tx, validation);
export const findValidation = (reader: Reader, id: string): Validation | undefined =>
  statements(reader).find.get({ id });

/** Oldest first: they are used in this order. */
export const validationsOf = (reader: Reader, sessionId: string): Validation[] =>
  statements(reader).ofSession.all({ sessionId });

/** Newest first. */
export const validationsOfMerchant = (
  reader: Reader,
  merchantId: string,
  limit: number,
): Validation[] => statements(reader).ofMerchant.all({ merchantId, limit });

/** @param code as it is kept: capitals and digits without gaps */
export const validationByCode = (reader: Reader, code: string): Validation | undefined =>
  statements(reader).byCode.get({ code });

/** Codes that nobody has used in their time. */
export const codesOver = (reader: Reader, at: number, limit: number): Validation[] =>
  statements(reader).codesOver.all({ at, limit });

/** Those that were never used and whose vehicle has left. */
export const leftOverValidations = (reader: Reader, limit: number): Validation[] =>
  statements(reader)
    .leftOver.all({ limit })
    .map(({ validation }) => validation);
