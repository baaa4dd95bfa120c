/*
 * Looking into a configuration whose shape may be wrong: what is not there is skipped, not complained about.
 */

/** Takes one complaint about a place in the configuration. */
export type Say = (path: readonly PropertyKey[], message: string) => void;

/** Says each name that stands there a second time. */
export function unique(
  names: readonly (string | undefined)[],
  say: (index: number, name: string) => void,
): void {
  for (const [index, name] of names.entries()) {
    if (name !== undefined && names.indexOf(name) < index) say(index, name);
  }
}

/** A member of whatever is there; undefined where nothing is. */
export const memberOf = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

export const listAt = (value: unknown, key: string): readonly unknown[] => {
  const member = memberOf(value, key);
  return Array.isArray(member) ? member : [];
};

export const textAt = (value: unknown, key: string): string | undefined => {
  const member = memberOf(value, key);
  return typeof member === "string" ? member : undefined;
};

export const keysAt = (value: unknown, key: string): string[] => {
  const member = memberOf(value, key);
  return typeof member === "object" && member !== null ? Object.keys(member) : [];
};
