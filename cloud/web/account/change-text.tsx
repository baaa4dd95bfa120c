import { auditWords as words } from "./audit-words.ts";

/** What a change made of something, member by member; what stayed as it was is left out. */
export function ChangeText({
  before,
  after,
}: {
  readonly before: unknown;
  readonly after: unknown;
}) {
  const [old, now] = [membersOf(before), membersOf(after)];
  const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => textOf(old[name]) !== textOf(now[name]),
  );
  if (changed.length === 0) return null;
  return (
    <ul class="change-text">
      {changed.map((name) => (
        <li key={name}>
          <span class="quiet">{name}</span> {name in old && <del>{textOf(old[name])}</del>}
          {name in old && name in now && " → "}
          {name in now && <ins>{textOf(now[name])}</ins>}
        </li>
      ))}
    </ul>
  );
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {};
  return typeof value === "object" && !Array.isArray(value) ? { ...value } : { "": value };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return words.nothingBefore;
  return typeof value === "string" ? value : JSON.stringify(value);
}
