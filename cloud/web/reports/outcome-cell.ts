import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import { durationText } from "../../../shared/web/duration.ts";
import { alertText } from "../alert-words.ts";
import {
  countText,
  dayText,
  decimalText,
  minuteText,
  moneyText,
  percentText,
  signedPercentText,
  unknown,
} from "../format.ts";
import { hourOfDayText } from "./hours.ts";
import { evidenceWords } from "./evidence-words.ts";

type Cell = string | number | null;
type Read = (value: number, about: ReportAbout) => string;

const money: Read = (minor, { currency }) => moneyText(minor, currency === "" ? null : currency);
const seconds: Read = (value) => durationText(value * 1000);
const share: Read = (value) => percentText(100 * value);

/** How the numbers of a column are read, by the column's name; others are plain numbers. */
const reads: Readonly<Record<string, Read>> = {
  hour: hourOfDayText,
  percent: percentText,
  average_seconds: seconds,
  seconds_a_passage: (value) => `${decimalText(value)} s`,
  waiting_seconds: (value) => `${decimalText(value)} s`,
  charged_minor: money,
  average_minor: money,
  revenue_minor: money,
  entries_a_day: decimalText,
  exits_a_day: decimalText,
  minor_per_space_and_day: money,
  sfpark_cents: money,
  utilization: share,
  zone_mean: share,
  busy_share: share,
  against_the_whole: (value) => signedPercentText(100 * value),
};

/** Without its column's own way a number is a count, or a mean. */
const plain = (value: number): Read => (Number.isInteger(value) ? countText : decimalText);

/** Columns whose texts are names of types, told in words. */
const ofTypes: ReadonlySet<string> = new Set([
  "what",
  "kind",
  "violation",
  "paper",
  "vehicle_class",
]);

/** A field of an outcome's evidence as a person reads it. */
export function cellText(column: string, value: Cell, about: ReportAbout): string {
  if (value === null) return unknown;
  if (typeof value === "number") return (reads[column] ?? plain(value))(value, about);
  if (column === "day") return value.split("/").map(dayText).join(" – ");
  if (column === "busiest_hour") return minuteText(value, about.timezone);
  return ofTypes.has(column) ? (evidenceWords.types[value] ?? alertText(value)) : value;
}

/** Whether a column holds numbers. */
export const isNumeric = (rows: readonly (readonly Cell[])[], index: number): boolean =>
  rows.some((row) => typeof row[index] === "number");
