import type { Statement } from "./statement.ts";

/** Columns of what a projection tells, with their types; the first is the row's own key. */
export type Columns = readonly (readonly [name: string, type: string])[];

export interface MergeMore {
  /** Columns that a row gets once, as SQL. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Members of the rows that are no columns: `fixed` may name them. */
  readonly beside?: Columns;
  /** Moments of which the earliest that was told counts. */
  readonly earliest?: readonly string[];
}

/** A new row is inserted; of a known one only what is told changes, and lists grow together. */
export function mergeSql(
  statement: Statement,
  table: string,
  columns: Columns,
  rows: Iterable<object>,
  { fixed = {}, beside = [], earliest = [] }: MergeMore = {},
): string {
  const { names, inserted, merged } = textsOf(table, columns, earliest);
  const [keys, values] = [Object.keys(fixed), Object.values(fixed)];
  const json = statement.bind(JSON.stringify([...rows]), "json");
  const told = [...columns, ...beside].map((column) => column.join(" "));
  return `insert into ${table} (facility_id, ${[...names, ...keys].join(", ")})
     select turn.facility_id, ${[...inserted, ...values].join(", ")}
     from turn, json_to_recordset(${json}) as told(${told.join(", ")})
     on conflict (facility_id, ${names[0]}) do update set ${merged}`;
}

interface Texts {
  readonly names: readonly string[];
  readonly inserted: readonly string[];
  readonly merged: string;
}

/** They are the same with every batch. */
const texts = new Map<string, Texts>();

function textsOf(table: string, columns: Columns, earliest: readonly string[]): Texts {
  const known = texts.get(table);
  if (known !== undefined) return known;
  const mergeOf = (name: string, type: string): string =>
    earliest.includes(name)
      ? `least(${table}.${name}, excluded.${name})`
      : merge(table, name, type);
  const made = {
    names: columns.map(([name]) => name),
    inserted: columns.map(insertedAs),
    merged: columns
      .slice(1)
      .map(([name, type]) => `${name} = ${mergeOf(name, type)}`)
      .join(", "),
  };
  texts.set(table, made);
  return made;
}

const emptyOf: Readonly<Record<string, string>> = { "text[]": "'{}'", jsonb: "'{}'" };

const insertedAs = ([name, type]: Columns[number]): string =>
  emptyOf[type] === undefined ? `told.${name}` : `coalesce(told.${name}, ${emptyOf[type]})`;

function merge(table: string, name: string, type: string): string {
  if (type === "text[]")
    return `array(select distinct flag from unnest(${table}.${name} || excluded.${name}) as flag order by flag)`;
  if (type === "jsonb")
    return `case when excluded.${name} = '{}' then ${table}.${name} else excluded.${name} end`;
  return `coalesce(excluded.${name}, ${table}.${name})`;
}
