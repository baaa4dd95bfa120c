import {
  overruns,
  permitKinds,
  reservationStatuses,
  type TimeWindow,
  visitorKinds,
} from "@gatehouse/shared/contracts/access-terms";
import type { RuleWord } from "@gatehouse/shared/contracts/rules/access";
import { spaceTypes } from "@gatehouse/shared/contracts/space-types";
import { civilMoment, wallTime } from "@gatehouse/shared/civil-moment";
import { currencyDigits } from "@gatehouse/shared/currency";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { FacilityAt } from "../frame/page.ts";
import { accessWords as words } from "./access-words.ts";
import { readWindows, windowsText } from "./window-lines.ts";

/** One field of a rule's form; its name is that of the rule's member. */
export interface RuleField {
  readonly name: string;
  readonly kind:
    | "text"
    | "plates"
    | "plate"
    | "ids"
    | "moment"
    | "count"
    | "money"
    | "choice"
    | "windows";
  readonly isNeeded?: true;
  readonly choices?: readonly string[];
  readonly hint?: string;
  /** It names the rule: it is written once. */
  readonly isName?: true;
}

const day: Pick<RuleField, "kind" | "isNeeded"> = { kind: "moment", isNeeded: true };
const hours: readonly RuleField[] = [
  { name: "windows", kind: "windows", hint: words.fields["windowsHint"]! },
  { name: "outside_windows", kind: "choice", choices: overruns },
  { name: "anti_passback", kind: "choice", choices: ["off", "soft", "hard"] },
];

/** What the form of each kind of rule asks. */
export const fieldsOf: Readonly<Record<RuleWord, readonly RuleField[]>> = {
  permits: [
    { name: "permit_id", kind: "text", isNeeded: true, isName: true },
    { name: "plates", kind: "plates", isNeeded: true, hint: words.fields["platesHint"]! },
    { name: "holder", kind: "text" },
    { name: "kind", kind: "choice", choices: permitKinds },
    { name: "valid_from", ...day },
    { name: "valid_until", ...day },
    { name: "pool_id", kind: "text" },
    { name: "lanes", kind: "ids", hint: words.fields["lanesHint"]! },
    { name: "zones", kind: "ids", hint: words.fields["zonesHint"]! },
    ...hours,
  ],
  pools: [
    { name: "pool_id", kind: "text", isNeeded: true, isName: true },
    { name: "name", kind: "text", isNeeded: true },
    { name: "capacity", kind: "count", isNeeded: true },
    { name: "when_full", kind: "choice", isNeeded: true, choices: overruns },
    ...hours,
  ],
  lists: [
    { name: "list", kind: "choice", isNeeded: true, choices: ["deny", "allow"], isName: true },
    { name: "plate", kind: "plate", isNeeded: true, isName: true },
    { name: "reason", kind: "text", isNeeded: true },
    { name: "valid_until", kind: "moment" },
  ],
  visitors: [
    { name: "plate", kind: "plate", isNeeded: true },
    { name: "name", kind: "text", isNeeded: true },
    { name: "host", kind: "text" },
    { name: "kind", kind: "choice", choices: visitorKinds },
    { name: "valid_from", ...day },
    { name: "valid_until", ...day },
    { name: "entries_max", kind: "count" },
    { name: "windows", kind: "windows", hint: words.fields["windowsHint"]! },
  ],
  reservations: [
    { name: "plate", kind: "plate", isNeeded: true },
    { name: "reserved_from", ...day },
    { name: "reserved_until", ...day },
    { name: "space_type", kind: "choice", choices: spaceTypes },
    { name: "space_id", kind: "text" },
    { name: "reservation_amount", kind: "money", isNeeded: true },
    { name: "status", kind: "choice", isNeeded: true, choices: reservationStatuses },
  ],
};

/** How a rule is ended, and what it says once it is made valid again. */
export const endings: Readonly<
  Partial<Record<RuleWord, { readonly ended: object; readonly restored: object }>>
> = {
  permits: { ended: { revoked: true }, restored: { revoked: false } },
  lists: { ended: { removed: true }, restored: { removed: false } },
  visitors: { ended: { ended: true }, restored: { ended: false } },
  reservations: { ended: { status: "cancelled" }, restored: { status: "confirmed" } },
};

type Body = Readonly<Record<string, unknown>>;

/** What stands in a field at first. */
export function valueIn(field: RuleField, body: Body, { timezone, currency }: FacilityAt): string {
  const value = body[field.name];
  if (field.name === "anti_passback") return (value as { mode?: string } | undefined)?.mode ?? "";
  if (Array.isArray(value))
    return field.kind === "windows"
      ? windowsText(value as readonly TimeWindow[])
      : value.join(", ");
  if (typeof value !== "string" && typeof value !== "number") return "";
  if (field.kind === "moment") return wallTime(Date.parse(`${value}`) as Instant, timezone);
  if (field.kind === "money") {
    const digits = currencyDigits(currency ?? "");
    return (Number(value) / 10 ** digits).toFixed(digits);
  }
  return `${value}`;
}

export type BodyRead =
  | { readonly kind: "body"; readonly body: Body }
  | { readonly kind: "wrong"; readonly sentence: string };

/**
 * What a form says, with what it does not ask as it was. An empty field says nothing.
 *
 * @param before the rule as it is, or what a new one has of itself
 */
export function bodyFrom(
  fields: readonly RuleField[],
  values: Readonly<Record<string, string>>,
  before: Body,
  facility: FacilityAt,
): BodyRead {
  const body: Record<string, unknown> = { ...before };
  for (const field of fields) {
    const text = (values[field.name] ?? "").trim();
    delete body[field.name];
    if (text === "") continue;
    const read = readField(field, text, before, facility);
    if (read.kind === "wrong") return read;
    body[field.name] = read.value;
  }
  return { kind: "body", body };
}

function readField(
  { name, kind }: RuleField,
  text: string,
  before: Body,
  { timezone, currency }: FacilityAt,
): { readonly kind: "value"; readonly value: unknown } | Extract<BodyRead, { kind: "wrong" }> {
  const value = (read: unknown) => ({ kind: "value", value: read }) as const;
  switch (kind) {
    case "plates":
      return value(wordsIn(text).map(normalisePlate));
    case "plate":
      return value(normalisePlate(text));
    case "ids":
      return value(wordsIn(text));
    case "count":
      return value(Number(text));
    case "money":
      return value(Math.round(Number(text) * 10 ** currencyDigits(currency ?? "")));
    case "windows": {
      const read = readWindows(text);
      return read.kind === "windows"
        ? value(read.windows)
        : { kind: "wrong", sentence: words.windowsWrong(read.line) };
    }
    case "moment": {
      const was = before[name];
      // A moment that nobody touched stays as it was written, to the second.
      if (typeof was === "string" && wallTime(Date.parse(was) as Instant, timezone) === text)
        return value(was);
      const at = civilMoment(text, timezone);
      return at === undefined
        ? { kind: "wrong", sentence: words.momentWrong(words.fields[name] ?? name) }
        : value(isoOf(at));
    }
    default:
      return value(name === "anti_passback" ? { mode: text } : text);
  }
}

const wordsIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
