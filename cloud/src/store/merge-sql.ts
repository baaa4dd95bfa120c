import type { Statement } from "./statement.ts";

/** Columns of what a projection tells, with their types; the first is the row's own key. */
export type Columns = readonly (readonly [name: string, type: string])[];

/**
 * A new row is inserted; of a known one only what is told changes, and lists grow together. `fixed`: columns that a
 * row gets once, as SQL. `earliest`: moments of which the earliest that was told counts.
 */
export function mergeSql(
  statement: Statement,
  table: string,
  columns: Columns,
  rows: ReadonlyMap<string, object>,
  fixed: Readonly<Record<string, string>> = {},
  earliest: ReadonlySet<string> = new Set(),
): string {
  const names = columns.map(([name]) => name);
  const fixedNames = Object.keys(fixed);
  const json = statement.bind(JSON.stringify([...rows.values()]), "json");
  const mergeOf = (name: string, type: string): string =>
    earliest.has(name) ? `least(${table}.${name}, excluded.${name})` : merge(table, name, type);
  const merged = columns.slice(1).map(([name, type]) => `${name} = ${mergeOf(name, type)}`);
  return `insert into ${table} (facility_id, ${[...names, ...fixedNames].join(", ")})
     select turn.facility_id, ${columns.map(inserted).join(", ")}
       ${fixedNames.map((name) => `, ${fixed[name]}`).join("")}
     from turn, json_to_recordset(${json}) as told(${columns.map((column) => column.join(" ")).join(", ")})
     on conflict (facility_id, ${names[0]}) do update set ${merged.join(", ")}`;
}

const emptyOf: Readonly<Record<string, string>> = { "text[]": "'{}'", jsonb: "'{}'" };

const inserted = ([name, type]: Columns[number]): string =>
  emptyOf[type] === undefined ? `told.${name}` : `coalesce(told.${name}, ${emptyOf[type]})`;

function merge(table: string, name: string, type: string): string {
  if (type === "text[]")
    return `array(select distinct flag from unnest(${table}.${name} || excluded.${name}) as flag order by flag)`;
  if (type === "jsonb")
    return `case when excluded.${name} = '{}' then ${table}.${name} else excluded.${name} end`;
  return `coalesce(excluded.${name}, ${table}.${name})`;
}
