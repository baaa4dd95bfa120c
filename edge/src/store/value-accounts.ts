import { and, asc, eq, type InferSelectModel, isNotNull, like, lt, or, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { valueAccountPlates, valueAccounts } from "./money-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type ValueAccount = InferSelectModel<typeof valueAccounts>;

const rows = writerOf(valueAccounts);
const plateRows = writerOf(valueAccountPlates);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(valueAccounts)
    .where(eq(valueAccounts.accountId, sql.placeholder("id")))
    .prepare(),
  byPlate: db
    .select({ accountId: valueAccountPlates.accountId })
    .from(valueAccountPlates)
    .where(eq(valueAccountPlates.plate, sql.placeholder("plate")))
    .prepare(),
  platesOf: db
    .select({ plate: valueAccountPlates.plate })
    .from(valueAccountPlates)
    .where(eq(valueAccountPlates.accountId, sql.placeholder("id")))
    .orderBy(asc(valueAccountPlates.plate))
    .prepare(),
  dropPlates: db
    .delete(valueAccountPlates)
    .where(eq(valueAccountPlates.accountId, sql.placeholder("id")))
    .prepare(),
  toLoad: db
    .select()
    .from(valueAccounts)
    .where(
      and(
        eq(valueAccounts.isActive, true),
        lt(valueAccounts.balance, valueAccounts.topUpBelow),
        isNotNull(valueAccounts.topUpMinor),
      ),
    )
    .limit(sql.placeholder("limit"))
    .prepare(),
  search: db
    .select()
    .from(valueAccounts)
    .where(
      or(
        like(valueAccounts.holder, sql.placeholder("part")),
        like(valueAccounts.accountId, sql.placeholder("part")),
      ),
    )
    .orderBy(asc(valueAccounts.holder))
    .limit(sql.placeholder("limit"))
    .prepare(),
}));

export const saveValueAccount = (tx: Tx, account: ValueAccount): void => rows.save(tx, account);

export const findValueAccount = (reader: Reader, id: string): ValueAccount | undefined =>
  statements(reader).find.get({ id });

/** The account that a plate pays from, if it has one. */
export function valueAccountOf(reader: Reader, plate: string): ValueAccount | undefined {
  const found = statements(reader).byPlate.get({ plate });
  return found && findValueAccount(reader, found.accountId);
}

export const platesOfAccount = (reader: Reader, id: string): string[] =>
  statements(reader)
    .platesOf.all({ id })
    .map(({ plate }) => plate);

/** Gives an account these plates and no others; a plate that paid from another account pays from this one now. */
export function setAccountPlates(tx: Tx, accountId: string, plates: readonly string[]): void {
  tx.step();
  statements(tx).dropPlates.run({ id: accountId });
  for (const plate of plates) plateRows.save(tx, { plate, accountId });
}

/** Accounts whose holder or id has the text in it. */
export const searchValueAccounts = (reader: Reader, part: string, limit: number): ValueAccount[] =>
  statements(reader).search.all({ part: `%${part}%`, limit });

/** Accounts that hold less than they should and load themselves. */
export const valueAccountsToLoad = (reader: Reader, limit: number): ValueAccount[] =>
  statements(reader).toLoad.all({ limit });
