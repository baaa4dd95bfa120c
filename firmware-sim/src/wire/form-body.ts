/** A value of a form whose names have brackets: text, or a list or record of such values. */
export type FormValue = string | { readonly [name: string]: FormValue };

/** Reads `a[b][0]=c` as `{ a: { b: { 0: "c" } } }`, as Stripe's API does. */
export function formBody(text: string): Readonly<Record<string, FormValue>> {
  const root: Record<string, FormValue> = Object.create(null) as Record<string, FormValue>;
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\[|\]\[|\]/).filter((part) => part !== "");
    let place = root;
    for (const part of path.slice(0, -1)) {
      const inner = place[part];
      const next =
        typeof inner === "object"
          ? (inner as Record<string, FormValue>)
          : (Object.create(null) as Record<string, FormValue>);
      place[part] = next;
      place = next;
    }
    place[path.at(-1) ?? ""] = value;
  }
  return root;
}

/** The text at a path, or undefined. */
export function textAt(form: FormValue, ...path: readonly string[]): string | undefined {
  let value: FormValue | undefined = form;
  for (const part of path) {
    if (typeof value !== "object") return undefined;
    value = value[part];
  }
  return typeof value === "string" ? value : undefined;
}

/** The texts directly under a path. */
export function textsUnder(form: FormValue, name: string): Record<string, string> {
  const inner = typeof form === "object" ? form[name] : undefined;
  if (typeof inner !== "object") return {};
  return Object.fromEntries(
    Object.entries(inner).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}
