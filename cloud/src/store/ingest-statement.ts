import { genesisHash } from "@gatehouse/shared/canonical";
import type { FacilityCard, SpaceState } from "@gatehouse/shared/contracts/batch";
import type { QueryConfig } from "pg";
import type { Watermark } from "../domain/acceptance.ts";
import type { HeadOfficeAlert } from "../domain/ledger-alerts.ts";
import type { ReadLine } from "../domain/ledger-reading.ts";
import type { Projection } from "../domain/projection.ts";
import { changesChannel } from "./changes.ts";
import { addProjection } from "./projection-sql.ts";
import { Statement } from "./statement.ts";

/** Everything that one accepted run of lines writes. */
export interface IngestWrite {
  readonly facilityId: string;
  /** The revision that was read; the write happens only if it still stands. */
  readonly revision: number;
  /** Where the lines go on; as well, the write happens only if this line still is the last one held. */
  readonly from: Watermark;
  readonly to: Watermark;
  readonly lines: readonly ReadLine[];
  readonly repeated: number;
  readonly spaces: readonly SpaceState[];
  readonly projection: Projection;
  /** The facility's: hours and days are cut in it. */
  readonly timezone: string;
  /** How the facility's sums were made; the write happens only if they still are of that make. */
  readonly wasRolledUpAs: string;
  /** Told with its first lines: how they are made from now on. */
  readonly rolledUpAs: string | undefined;
  readonly alerts: readonly HeadOfficeAlert[];
  /** Only when it differs from what is known. */
  readonly card: FacilityCard | undefined;
  readonly version: string;
  readonly writtenSeq: number | undefined;
  readonly directivesThrough: number;
  readonly skewMs: number;
  /** ISO 8601 */
  readonly now: string;
}

/**
 * The whole of a write as one statement, hence one transaction and one round trip. It yields one row, with the highest
 * directive that waits, when it was carried out; none when another process was first: then nothing at all was written.
 */
export function ingestStatement(write: IngestWrite): QueryConfig {
  const statement = new Statement();
  addState(statement, write);
  addWatermark(statement, write);
  if (write.lines.length > 0) addLines(statement, write);
  if (write.lines.some(({ aside }) => aside !== undefined)) addSetAside(statement, write);
  if (write.spaces.length > 0) addSpaces(statement, write);
  if (write.card !== undefined) addCard(statement, write.card);
  if (write.alerts.length > 0) addHeadOfficeAlerts(statement, write.alerts);
  addProjection(statement, write.projection, write.timezone);
  return statement.query(
    "ingest",
    `select pg_notify('${changesChannel}', turn.facility_id)::text,
       (select directives_latest from facilities where facility_id = turn.facility_id)
     from turn`,
  );
}

/** Takes the facility's turn: the row's lock is held until the transaction ends. */
function addState(statement: Statement, write: IngestWrite): void {
  const aside = write.lines.filter(({ aside }) => aside !== undefined).length;
  const lastAt = write.lines.findLast(({ at }) => at !== null)?.at ?? null;
  const hasSpaces = write.spaces.length > 0;
  if (hasSpaces) addSpaceCounts(statement, write);
  const counts = ["free", "occupied", "unknown", "out_of_service"]
    .map((status) => `spaces_${status} = state.spaces_${status} + counted.${status},`)
    .join(" ");
  const epoch = statement.bind(write.to.epoch, "bigint");
  // A batch may come late, after a newer one has told more.
  const newest = (name: string, told: number | undefined): string => {
    const value = statement.bind(told ?? null, "bigint");
    return `case when state.epoch = ${epoch} then greatest(state.${name}, ${value}) else ${value} end`;
  };
  statement.add(
    "turn",
    `update facility_states as state set
       revision = state.revision + 1,
       epoch = ${epoch},
       version = ${statement.bind(write.version, "text")},
       last_batch_at = ${statement.bind(write.now, "timestamptz")},
       last_line_at = coalesce(${statement.bind(lastAt, "timestamptz")}, state.last_line_at),
       skew_ms = ${statement.bind(write.skewMs, "bigint")},
       written_seq = ${newest("written_seq", write.writtenSeq)},
       directives_through = ${newest("directives_through", write.directivesThrough)},
       ${hasSpaces ? counts : ""}
       batches_accepted = state.batches_accepted + 1,
       lines_stored = state.lines_stored + ${statement.bind(write.lines.length, "bigint")},
       lines_repeated = state.lines_repeated + ${statement.bind(write.repeated, "bigint")},
       lines_set_aside = state.lines_set_aside + ${statement.bind(aside, "bigint")},
       rolled_up_as = coalesce(${statement.bind(write.rolledUpAs ?? null, "text")}, state.rolled_up_as)
     ${hasSpaces ? "from counted" : ""}
     where state.facility_id = ${statement.bind(write.facilityId, "text")}
       and state.revision = ${statement.bind(write.revision, "bigint")}
       and state.rolled_up_as = ${statement.bind(write.wasRolledUpAs, "text")}
       and coalesce((select last_hash from watermarks where facility_id = state.facility_id
         and epoch = ${epoch}), '${genesisHash}') = ${statement.bind(write.from.lastHash, "text")}
     returning state.facility_id, state.epoch`,
  );
}

/** The spaces that are newer than what is held, and by how much they change the counts. */
function addSpaceCounts(statement: Statement, { spaces, to, facilityId }: IngestWrite): void {
  statement.add(
    "newer",
    `select told.*, held.status as held_status
     from json_to_recordset(${statement.bind(JSON.stringify(spaces), "json")}) as told(
       space_id text, zone_id text, level text, space_type text, status text,
       changed_at timestamptz, change bigint)
     left join spaces as held
       on held.facility_id = ${statement.bind(facilityId, "text")} and held.space_id = told.space_id
     where held.space_id is null
       or (held.epoch, held.change) < (${statement.bind(to.epoch, "bigint")}, told.change)`,
  );
  const count = (status: string, name: string): string =>
    `(count(*) filter (where status = '${status}')
      - count(*) filter (where held_status = '${status}'))::integer as ${name}`;
  statement.add(
    "counted",
    `select ${count("free", "free")}, ${count("occupied", "occupied")},
       ${count("unknown", "unknown")}, ${count("out-of-service", "out_of_service")} from newer`,
  );
}

function addWatermark(statement: Statement, { to, now }: IngestWrite): void {
  statement.add(
    "mark",
    `insert into watermarks (facility_id, epoch, acked_seq, last_hash, spaces_through, updated_at)
     select turn.facility_id, ${statement.bind(to.epoch, "bigint")},
       ${statement.bind(to.ackedSeq, "bigint")}, ${statement.bind(to.lastHash, "text")},
       ${statement.bind(to.spacesThrough, "bigint")}, ${statement.bind(now, "timestamptz")}
     from turn
     on conflict (facility_id, epoch) do update set acked_seq = excluded.acked_seq,
       last_hash = excluded.last_hash, spaces_through = excluded.spaces_through,
       updated_at = excluded.updated_at`,
  );
}

/** PostgreSQL's text holds every character but this one. */
const asText = (text: string): string | null => (text.includes("\0") ? null : text);

function addLines(statement: Statement, { lines, from, to, now }: IngestWrite): void {
  const type = listOf(lines.map((line) => line.type));
  const at = listOf(lines.map((line) => line.at));
  const text = listOf(lines.map((line) => asText(line.text)));
  const hash = listOf(lines.map((line) => line.hash));
  const shape = [type, at, text, hash].map(({ kind }) => kind).join("_");
  statement.add(
    `kept_${shape}`,
    `insert into ledger_lines (facility_id, epoch, seq, type, at, text, hash, received_at)
     select turn.facility_id, ${statement.bind(to.epoch, "bigint")},
       ${statement.bind(from.ackedSeq, "bigint")} + line.place, line.type, line.at, line.text,
       line.hash, ${statement.bind(now, "timestamptz")}
     from turn, unnest(${bindList(statement, type)}, ${bindList(statement, at)}::timestamptz[],
       ${bindList(statement, text)}, ${bindList(statement, hash)}
     ) with ordinality as line(type, at, text, hash, place)`,
  );
}

/** Values on their way into PostgreSQL; `joined` by line feeds where none of them needs more than that. */
type List =
  | { readonly kind: "joined"; readonly value: string }
  | { readonly kind: "array"; readonly value: readonly (string | null)[] };

/**
 * An array is written with every quotation mark escaped, and a ledger line is full of them: joined, a batch takes half
 * the time of both programs.
 */
function listOf(values: readonly (string | null)[]): List {
  const isPlain = values.every((value) => value !== null && value !== "" && !value.includes("\n"));
  return isPlain ? { kind: "joined", value: values.join("\n") } : { kind: "array", value: values };
}

const bindList = (statement: Statement, list: List): string =>
  list.kind === "joined"
    ? `string_to_array(${statement.bind(list.value, "text")}, E'\\n')`
    : statement.bind(list.value, "text[]");

function addSetAside(statement: Statement, { lines, to, now }: IngestWrite): void {
  const aside = lines.flatMap((line) =>
    line.aside === undefined ? [] : [{ ...line, ...line.aside }],
  );
  statement.add(
    "aside",
    `insert into set_aside_lines (facility_id, epoch, seq, reason, detail, raw, set_aside_at)
     select turn.facility_id, ${statement.bind(to.epoch, "bigint")}, line.seq, line.reason,
       line.detail, line.raw, ${statement.bind(now, "timestamptz")}
     from turn, unnest(
       ${statement.bind(
         aside.map(({ seq }) => seq),
         "bigint[]",
       )},
       ${statement.bind(
         aside.map(({ reason }) => reason),
         "text[]",
       )},
       ${statement.bind(
         aside.map(({ detail }) => detail),
         "text[]",
       )},
       ${statement.bind(
         aside.map(({ text }) => Buffer.from(text)),
         "bytea[]",
       )}
     ) as line(seq, reason, detail, raw)`,
  );
}

function addSpaces(statement: Statement, { to }: IngestWrite): void {
  statement.add(
    "present",
    `insert into spaces (facility_id, space_id, zone_id, level, space_type, status, changed_at,
       epoch, change)
     select turn.facility_id, space_id, zone_id, level, space_type, status, changed_at,
       ${statement.bind(to.epoch, "bigint")}, change
     from turn, newer
     on conflict (facility_id, space_id) do update set zone_id = excluded.zone_id,
       level = excluded.level, space_type = excluded.space_type, status = excluded.status,
       changed_at = excluded.changed_at, epoch = excluded.epoch, change = excluded.change`,
  );
}

function addCard(statement: Statement, card: FacilityCard): void {
  statement.add(
    "card",
    `update facilities set name = ${statement.bind(card.name, "text")},
       timezone = ${statement.bind(card.timezone, "text")},
       currency = ${statement.bind(card.currency, "text")},
       locale = ${statement.bind(card.locale, "text")}
     from turn where facilities.facility_id = turn.facility_id`,
  );
}

/** One row an alert: the same trouble again reopens it and tells when it was last seen. */
function addHeadOfficeAlerts(statement: Statement, alerts: readonly HeadOfficeAlert[]): void {
  statement.add("raised", headOfficeAlertsInsert(statement, alerts));
}

export function headOfficeAlertsInsert(
  statement: Statement,
  alerts: readonly HeadOfficeAlert[],
): string {
  return `insert into alerts (facility_id, alert_id, source, alert_type, subject, severity, details,
       raised_at, seen_at)
     select turn.facility_id, told.alert_id, 'head-office', told.alert_type, told.subject,
       told.severity, told.details, told.at, told.at
     from turn, json_to_recordset(${statement.bind(JSON.stringify(alerts), "json")}) as told(
       alert_id text, alert_type text, subject text, severity text, details jsonb, at timestamptz)
     on conflict (facility_id, alert_id) do update set seen_at = excluded.seen_at,
       severity = excluded.severity, details = excluded.details, resolved_by = null,
       raised_at = case when alerts.resolved_at is null then alerts.raised_at
         else excluded.raised_at end,
       office_ack_at = case when alerts.resolved_at is null then alerts.office_ack_at end,
       office_ack_by = case when alerts.resolved_at is null then alerts.office_ack_by end,
       office_ack_note = case when alerts.resolved_at is null then alerts.office_ack_note end,
       resolved_at = null`;
}
