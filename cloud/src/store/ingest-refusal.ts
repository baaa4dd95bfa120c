import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { HeadOfficeAlert } from "../domain/ledger-alerts.ts";
import { changesChannel } from "./changes.ts";
import type { Database } from "./database.ts";
import { headOfficeAlertsInsert } from "./ingest-statement.ts";
import { Statement } from "./statement.ts";

/** Counts a batch that was not taken, with its alerts; the ledger itself stays untouched. */
export async function noteRefusal(
  database: Database,
  facilityId: string,
  kind: string,
  alerts: readonly HeadOfficeAlert[],
  now: Instant,
): Promise<void> {
  const statement = new Statement();
  const counter = kind === "hole" ? "batches_with_hole" : "batches_refused";
  const refusal =
    kind === "hole" ? "" : `last_refusal = ${statement.bind(kind, "text")}, last_refusal_at = `;
  const at = statement.bind(isoOf(now), "timestamptz");
  statement.add(
    "turn",
    `update facility_states set ${counter} = ${counter} + 1,
       ${refusal === "" ? "" : `${refusal}${at},`}
       last_batch_at = ${at}
     where facility_id = ${statement.bind(facilityId, "text")}
     returning facility_id`,
  );
  if (alerts.length > 0) statement.add("raised", headOfficeAlertsInsert(statement, alerts));
  await database.pool.query(
    statement.query(
      counter,
      `select pg_notify('${changesChannel}', turn.facility_id)::text from turn`,
    ),
  );
}
