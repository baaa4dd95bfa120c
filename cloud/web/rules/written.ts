/** A tariff as somebody writes it: JSON that may be wrong anywhere. */
export type Written = Readonly<Record<string, unknown>>;
/** Where something stands in it: `["rates", 0, "price"]`. */
export type Path = readonly (string | number)[];

/** What stands at a place; undefined where nothing does. */
export function valueAt(written: unknown, path: Path): unknown {
  let value = written;
  for (const step of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

/** What stands at a place, as a field shows it. */
export function textAt(written: unknown, path: Path): string {
  const value = valueAt(written, path);
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "string" || typeof value === "number" ? `${value}` : "";
}

/** The list at a place; an empty one where there is none. */
export function listAt(written: unknown, path: Path): readonly unknown[] {
  const value = valueAt(written, path);
  return Array.isArray(value) ? value : [];
}

/**
 * The same with something else at a place. Undefined takes it away, and with it every part that then says nothing.
 */
export function withAt(written: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(written) || typeof step === "number") {
    const list = Array.isArray(written) ? [...(written as unknown[])] : [];
    if (rest.length === 0 && value === undefined) list.splice(Number(step), 1);
    else list[Number(step)] = withAt(list[Number(step)] ?? {}, rest, value);
    return list.length === 0 ? undefined : list;
  }
  const members = { ...(written !== null && typeof written === "object" ? written : {}) } as Record<
    string,
    unknown
  >;
  const next = withAt(members[step], rest, value);
  if (next === undefined) delete members[step];
  else members[step] = next;
  return Object.keys(members).length === 0 ? undefined : members;
}

/** A place as complaints name it: `rates[0].price`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`,
    "",
  );
