import type { Instant } from "@gatehouse/shared/time";
import type { OfficeKey } from "../../domain/people/office-key.ts";
import type { Database } from "../database.ts";
import { taking } from "./retention-log.ts";

/** With this a plate begins that is none any more. No real plate has it, and no search types it. */
const pseudonymMark = "~";
const pseudonymLength = 20;

/**
 * What stands for a plate once its term is over: the same for the same plate at one facility, so that visits can still
 * be counted; made with head office's key, so that nobody without it can try all plates.
 */
export const pseudonymOf = (key: OfficeKey, facilityId: string, plate: string): string =>
  pseudonymMark + key.sign("plate", facilityId, plate).slice(0, pseudonymLength);

/** Nobody is owed anything about it: the stay is over, nothing of it is unpaid, no penalty is open. */
const settled = `not exists (select from debts where debts.facility_id = $1
    and debts.session_id = held.session_id and debts.state = 'open')
  and not exists (select from violations where violations.facility_id = $1
    and violations.session_id = held.session_id and violations.status not in ('paid', 'waived'))`;

interface PlateTable {
  readonly table: "sessions" | "violations" | "debts";
  readonly id: string;
  /** SQL on `held`: which rows are old enough; `$2` is the moment. */
  readonly isOver: string;
  /** What else goes with the plate. */
  readonly also: string;
}

/** The tables that hold plates, and when theirs go. */
export const plateTables: readonly PlateTable[] = [
  {
    table: "sessions",
    id: "session_id",
    isOver: `(state like 'closed%' or state in ('cancelled', 'superseded'))
      and coalesce(exit_at, changed_at) < $2 and changed_at < $2 and ${settled}`,
    also: ", raw_plate = null",
  },
  {
    table: "violations",
    id: "violation_id",
    isOver: "status in ('paid', 'waived') and changed_at < $2",
    also: "",
  },
  { table: "debts", id: "note_id", isOver: "state <> 'open' and changed_at < $2", also: "" },
];

export interface Pseudonymising {
  readonly database: Database;
  readonly key: OfficeKey;
  readonly facilityId: string;
  /** Stays that ended before. */
  readonly before: Date;
  readonly now: Instant;
  /** At most so many rows. */
  readonly limit: number;
}

/** Puts pseudonyms in the place of plates whose term is over. @returns how many rows */
export async function pseudonymise(
  { database, key, facilityId, before, now, limit }: Pseudonymising,
  { table, id, isOver, also }: PlateTable,
): Promise<number> {
  const note = {
    facilityId,
    at: new Date(now),
    tableName: table,
    act: "pseudonymised",
    through: before.toISOString(),
  } as const;
  return taking(database, note, async (client) => {
    const { rows } = await client.query<{ id: string; plate: string }>(
      `select ${id} as id, plate from ${table} as held
       where facility_id = $1 and plate <> '' and plate not like '${pseudonymMark}%' and ${isOver}
       limit ${limit}`,
      [facilityId, before],
    );
    if (rows.length === 0) return 0;
    const { rowCount } = await client.query(
      `update ${table} as held set plate = told.pseudonym${also}
       from unnest($2::text[], $3::text[], $4::text[]) as told(id, plate, pseudonym)
       where held.facility_id = $1 and held.${id} = told.id and held.plate = told.plate`,
      [
        facilityId,
        rows.map((row) => row.id),
        rows.map(({ plate }) => plate),
        rows.map(({ plate }) => pseudonymOf(key, facilityId, plate)),
      ],
    );
    return rowCount ?? 0;
  });
}
