import type { Question } from "../frame/address.ts";
import { listAt, textAt, type Written } from "./written.ts";

/** A change of prices that head office advises, as the address of the editor carries it. */
export interface AdvisedChange {
  /** 20: a fifth dearer. */
  readonly percent: number;
  /** Only then: days as a tariff names them, and hours; undefined: always. */
  readonly when:
    | { readonly days: string[]; readonly from: string; readonly until: string }
    | undefined;
  /** Only spaces of this kind; undefined: all. */
  readonly spaceType: string | undefined;
}

/** Reads `change=20&days=working&from=6&to=10&type=ev`; undefined where nothing is advised. */
export function advisedChange(question: Question): AdvisedChange | undefined {
  const { change = "", days = "", from = "", to = "", type } = question;
  if (!/^-?\d{1,2}$/.test(change)) return undefined;
  const isBand = /^(working|weekend)$/.test(days) && /^\d{1,2}$/.test(from) && /^\d{1,2}$/.test(to);
  const clock = (hour: string): string => `${hour.padStart(2, "0")}:00`;
  return {
    percent: Number(change),
    when: isBand
      ? { days: [days === "working" ? "mon-fri" : "sat-sun"], from: clock(from), until: clock(to) }
      : undefined,
    spaceType: type === "" ? undefined : type,
  };
}

/**
 * The tariff with that change: every rate dearer or cheaper, or before each rate that always holds one for that time and
 * kind of space alone (the first that fits a moment counts). Nothing else is touched, and nothing is sent.
 */
export function advised(tariff: Written, { percent, when, spaceType }: AdvisedChange): Written {
  const digits = digitsOf(textAt(tariff, ["currency"]));
  const rates = listAt(tariff, ["rates"]).filter(isMembers);
  const changed = (rate: Written): Written => scaled(rate, 1 + percent / 100, digits) as Written;
  if (when === undefined && spaceType === undefined)
    return { ...tariff, rates: rates.map(changed) };
  const narrowed = (rate: Written): Written => ({
    ...changed(rate),
    ...(when === undefined ? {} : { when }),
    ...(spaceType === undefined ? {} : { spaces: [spaceType] }),
  });
  return {
    ...tariff,
    rates: rates.flatMap((rate) =>
      rate["when"] === undefined && rate["spaces"] === undefined ? [narrowed(rate), rate] : [rate],
    ),
  };
}

const isMembers = (value: unknown): value is Written =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Names of members that are amounts, or hold amounts by vehicle class. */
const amounts: ReadonlySet<string> = new Set(["price", "prices", "total", "totals"]);

/** The same with every amount in it scaled. */
function scaled(value: unknown, factor: number, digits: number, isAmount = false): unknown {
  if (Array.isArray(value)) return value.map((each) => scaled(each, factor, digits, isAmount));
  if (isMembers(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        scaled(member, factor, digits, isAmount || amounts.has(name)),
      ]),
    );
  const number = Number(value);
  const isNumber = (typeof value === "string" || typeof value === "number") && value !== "";
  return isAmount && isNumber && Number.isFinite(number)
    ? (number * factor).toFixed(digits)
    : value;
}

/** How many digits a currency's amounts have after the point; two where it is none. */
function digitsOf(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  const shape = { style: "currency", currency } as const;
  return new Intl.NumberFormat("en", shape).resolvedOptions().maximumFractionDigits ?? 2;
}
