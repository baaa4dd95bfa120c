import { type Signal, signal } from "@preact/signals";

/** The lines of a form, by their names. */
export type Fields<Name extends string> = Readonly<Record<Name, Signal<string>>>;

export const fieldsOf = <Name extends string>(names: readonly Name[]): Fields<Name> =>
  Object.fromEntries(names.map((name) => [name, signal("")])) as Fields<Name>;

/** What is written in each now. */
export const writtenIn = <Name extends string>(fields: Fields<Name>): Record<Name, string> =>
  Object.fromEntries(
    Object.entries<Signal<string>>(fields).map(([name, field]) => [name, field.value]),
  ) as Record<Name, string>;

/** Writes these; lines that are not named become empty. */
export function fill<Name extends string>(
  fields: Fields<Name>,
  texts: Partial<Record<Name, string>>,
): void {
  for (const name of Object.keys(fields) as Name[]) fields[name].value = texts[name] ?? "";
}
