import { instantOf, type Instant } from "@gatehouse/shared/time";
import { z } from "zod";
import type { SensorWord } from "./codec.ts";

/** Where a value stands in a JSON message: a JSON pointer (`/state/parked`) or a path (`state.parked`, `slots[0].busy`). */
const place = z
  .string()
  .regex(
    /^(\/[^/]*)+$|^[^./[\]]+(\.[^./[\]]+|\[\d+\])*$/,
    "write a JSON pointer such as /state/parked, or a path such as state.parked or slots[0].busy",
  );
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const amount = z.strictObject({
  at: place,
  /** The value times this is what is meant. */
  scale: z.number().default(1),
});

/** How the JSON of a sensor that we do not know is read: data that a site writes itself. */
export const SensorMapping = z
  .strictObject({
    make: z.string().min(1, "write the maker and the model"),
    /** How sure its word about a space is. */
    confidence: z.number().min(0.5).max(1).default(0.9),
    occupied: z
      .strictObject({
        at: place,
        /** The values that mean a vehicle stands there, and those that mean none does. */
        yes: z.array(scalar).min(1),
        no: z.array(scalar).min(1),
      })
      .optional(),
    distance_mm: amount.optional(),
    battery_pct: amount.optional(),
    battery_v: amount.optional(),
    temperature_c: amount.optional(),
    counter: amount.optional(),
    /** When it was measured. */
    time: z
      .strictObject({
        at: place,
        unit: z.enum(["iso", "s", "ms"], { error: "write iso, s or ms" }),
      })
      .optional(),
  })
  .refine(
    ({ occupied, distance_mm }) => occupied !== undefined || distance_mm !== undefined,
    "say where it tells of its space: occupied or distance_mm",
  );
export type SensorMapping = z.infer<typeof SensorMapping>;

/** One JSON message, read through a mapping. */
export type MappedMessage =
  | { readonly word: SensorWord; readonly at: Instant | undefined }
  /** What was looked for and not found, or not understood. */
  | { readonly refused: string };

/** Reads one JSON message. What only describes the sensor may be missing; a word about the space may not. */
export function readMapped(mapping: SensorMapping, value: unknown): MappedMessage {
  const { occupied, distance_mm: distance, time } = mapping;
  const amounts = {
    batteryPercent: amountOf(mapping.battery_pct, value),
    batteryVolts: amountOf(mapping.battery_v, value),
    temperatureC: amountOf(mapping.temperature_c, value),
    counter: amountOf(mapping.counter, value),
  };
  const about: SensorWord = Object.fromEntries(
    Object.entries(amounts).filter(([, each]) => each !== undefined),
  );
  const at = time === undefined ? undefined : momentOf(valueAt(value, time.at), time.unit);
  if (occupied !== undefined) {
    const said = valueAt(value, occupied.at);
    const isYes = occupied.yes.some((each) => each === said);
    if (isYes || occupied.no.some((each) => each === said)) {
      return { word: { ...about, occupied: isYes }, at };
    }
    const what = said === undefined ? "is nothing" : `is ${shorten(said)}, neither yes nor no`;
    return { refused: `at ${occupied.at} ${what}` };
  }
  const distanceMm = amountOf(distance, value);
  if (distanceMm === undefined || distanceMm <= 0) {
    return { refused: `at ${distance?.at ?? ""} is no distance` };
  }
  return { word: { ...about, distanceMm }, at };
}

const shorten = (value: unknown): string => JSON.stringify(value).slice(0, 60);

/** What stands there; undefined when nothing does. Only own members are followed. */
export function valueAt(value: unknown, path: string): unknown {
  const steps = path.startsWith("/")
    ? path
        .slice(1)
        .split("/")
        .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    : path.split(/[.[\]]/).filter((step) => step !== "");
  return steps.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, step)
        ? (at as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

function amountOf(place: z.infer<typeof amount> | undefined, value: unknown): number | undefined {
  const found = place === undefined ? undefined : valueAt(value, place.at);
  const number = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number)
    ? number * (place?.scale ?? 1)
    : undefined;
}

function momentOf(said: unknown, unit: "iso" | "s" | "ms"): Instant | undefined {
  if (unit === "iso") return typeof said === "string" ? instantOf(said) : undefined;
  const number = Number(said);
  if (!Number.isFinite(number) || number <= 0) return undefined;
  return Math.round(unit === "s" ? number * 1000 : number) as Instant;
}
