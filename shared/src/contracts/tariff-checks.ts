import { currencyDigits } from "../currency.ts";
import { vehicleClasses } from "../vehicle.ts";
import { Amount, decimalOf, Span, spanMs } from "./tariff-values.ts";

/** One thing that does not fit together. */
interface CrossComplaint {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}
type Say = (path: readonly PropertyKey[], message: string) => void;
type Part = Readonly<Record<string, unknown>>;

/**
 * What must fit together across the fields of a tariff. It looks at whatever is there, so that a tariff with a wrong
 * word in one place still hears about the others.
 */
export function crossChecksOf(value: unknown): CrossComplaint[] {
  const complaints: CrossComplaint[] = [];
  const say: Say = (path, message) => void complaints.push({ path, message });
  const tariff = partOf(value);
  const { currency } = tariff;
  if (typeof currency === "string") checkAmounts(tariff, currency, say);
  checkRates(listOf(tariff["rates"]), say);
  checkTiers(tariff, say);
  checkValidity(tariff, say);
  checkCaps(tariff, say);
  if (partOf(tariff["jurisdiction"])["per_minute_billing"] === true) checkPerMinute(tariff, say);
  return complaints;
}

/** Every moment has its price: the last rate of parking asks for nothing, and none stands behind it in vain. */
function checkRates(rates: readonly Part[], say: Say): void {
  if (rates.length === 0) return;
  let always: number | undefined;
  for (const [index, rate] of rates.entries()) {
    if ((rate["activity"] ?? "parking") !== "parking") continue;
    if (always !== undefined) {
      say(["rates", index], `never counts: rates[${always}] always fits and comes first`);
    } else if (["when", "classes", "spaces"].every((word) => rate[word] === undefined)) {
      always = index;
    }
  }
  if (always !== undefined) return;
  const message =
    "end with a rate without when, classes and spaces, for all that is left; time that costs nothing is price: 0";
  say(["rates"], message);
}

/** An amount that is charged as it stands has no more digits than its currency. */
function checkAmounts(tariff: Part, currency: string, say: Say): void {
  const digits = currencyDigits(currency);
  const whole = (path: readonly PropertyKey[], amount: unknown): void => {
    const { data } = Amount.safeParse(amount);
    if (data === undefined) return;
    const { units, digits: written } = decimalOf(data);
    if (written > digits && units % 10n ** BigInt(written - digits) !== 0n)
      say(path, `${data} has more digits than ${currency} has (${digits})`);
  };
  const both = (path: readonly PropertyKey[], part: Part, words = ["price", "prices"]): void => {
    whole([...path, words[0] ?? ""], part[words[0] ?? ""]);
    const byClass = partOf(part[words[1] ?? ""]);
    for (const name of vehicleClasses) whole([...path, words[1] ?? "", name], byClass[name]);
  };
  whole(["round_to"], tariff["round_to"]);
  if (isZero(tariff["round_to"])) say(["round_to"], "must be more than nothing");
  for (const word of ["minimum", "maximum", "lost_ticket"]) both([word], partOf(tariff[word]));
  for (const word of ["fees", "caps", "specials"])
    for (const [index, part] of listOf(tariff[word]).entries()) both([word, index], part);
  for (const { path, part } of pricedParts(tariff)) {
    if (part["per"] === undefined) both(path, part);
    both([...path, "cap"], partOf(part["cap"]));
    for (const [index, tier] of listOf(part["tiers"]).entries()) {
      both([...path, "tiers", index], tier, ["total", "totals"]);
      if (tier["per"] === undefined) both([...path, "tiers", index], tier);
    }
  }
}

/** A total is never less than what the tiers before it have come to. */
function checkTiers(tariff: Part, say: Say): void {
  for (const { path, part } of pricedParts(tariff)) {
    for (const name of vehicleClasses) {
      let reached = 0;
      let begins = 0;
      for (const [index, tier] of listOf(part["tiers"]).entries()) {
        const total = amountFor(tier, name, "total", "totals");
        const price = amountFor(tier, name, "price", "prices");
        if (total !== undefined && total < reached - 1e-9) {
          const message = `is less than the ${reached} that the tiers before come to; nobody pays less for staying longer`;
          say([...path, "tiers", index, tier["total"] === undefined ? "totals" : "total"], message);
          return;
        }
        const ends = lengthOf(tier["up_to"]) ?? begins;
        const per = lengthOf(tier["per"]);
        const times = per === undefined || per === 0 ? 1 : Math.ceil((ends - begins) / per);
        reached = total ?? reached + (price ?? 0) * times;
        begins = ends;
      }
    }
  }
}

function checkValidity(tariff: Part, say: Say): void {
  const from = Date.parse(String(tariff["valid_from"]));
  const to = Date.parse(String(tariff["valid_to"]));
  if (to <= from) say(["valid_to"], "is not after valid_from");
  const superseded = partOf(tariff["supersedes"]);
  if (
    superseded["tariff_id"] !== undefined &&
    superseded["tariff_id"] === tariff["tariff_id"] &&
    Number(superseded["version"]) >= Number(tariff["version"])
  )
    say(["supersedes", "version"], "must be an earlier version than this one");
  for (const name of vehicleClasses) {
    const least = amountFor(partOf(tariff["minimum"]), name, "price", "prices");
    const most = amountFor(partOf(tariff["maximum"]), name, "price", "prices");
    if (least === undefined || most === undefined || least <= most) continue;
    say(["minimum"], `is more than the maximum (${name}: ${least} and ${most})`);
    return;
  }
}

/** A longer period never costs less than a shorter one inside it. */
function checkCaps(tariff: Part, say: Say): void {
  const caps = listOf(tariff["caps"]);
  for (const [index, cap] of caps.entries()) {
    if (cap["classes"] !== undefined || cap["spaces"] !== undefined) continue;
    const isLess = caps.some((other) => {
      if (other["classes"] !== undefined || other["spaces"] !== undefined) return false;
      if (lengthOfCap(other) >= lengthOfCap(cap)) return false;
      const [long, short] = [cap, other].map((each) => amountFor(each, "car", "price", "prices"));
      return long !== undefined && short !== undefined && long < short;
    });
    if (isLess) say(["caps", index], "is less than the cap of a shorter period");
  }
  const lost = partOf(tariff["lost_ticket"]);
  if (lost["charge"] === "daily_max" && !caps.some((cap) => lengthOfCap(cap) === dayMs))
    say(["lost_ticket", "charge"], "daily_max needs a cap per 24 h or calendar_day; write one");
}

/** The law of per-minute billing: no step above a minute, no tier and no flat price for ordinary parking. */
function checkPerMinute(tariff: Part, say: Say): void {
  const law = "the jurisdiction wants every minute charged (jurisdiction.per_minute_billing)";
  if (tariff["minimum"] !== undefined) say(["minimum"], `leave it out: ${law}`);
  for (const { path, part } of pricedParts(tariff)) {
    const step = lengthOf(part["step"]) ?? lengthOf(part["per"]);
    const isFree = isZero(part["price"]);
    if (part["tiers"] !== undefined) say([...path, "tiers"], `write price and per: ${law}`);
    else if (part["per"] === undefined && !isFree && part["change_percent"] === undefined)
      say([...path, "per"], `write per and step: ${law}`);
    else if (step !== undefined && step > 60_000)
      say([...path, part["step"] === undefined ? "per" : "step"], `write step: 1 min: ${law}`);
  }
}

/** Rates and what is priced as one. */
function pricedParts(tariff: Part): { readonly path: readonly PropertyKey[]; part: Part }[] {
  const listed = ["rates", "events"].flatMap((word) =>
    listOf(tariff[word]).map((part, index) => ({ path: [word, index], part })),
  );
  const after = tariff["after_grace"];
  return after === undefined ? listed : [...listed, { path: ["after_grace"], part: partOf(after) }];
}

const dayMs = 86_400_000;

function lengthOfCap({ per }: Part): number {
  if (per === "calendar_day") return dayMs;
  return per === "calendar_week" ? 7 * dayMs : (lengthOf(per) ?? Number.NaN);
}

const lengthOf = (span: unknown): number | undefined =>
  Span.safeParse(span).success ? spanMs(span as string) : undefined;

/** For comparisons only; nothing is charged with it. */
function amountFor(part: Part, name: string, one: string, byClass: string): number | undefined {
  const table = partOf(part[byClass]);
  const amount = part[one] ?? table[name] ?? table["car"];
  return Amount.safeParse(amount).success ? Number(amount) : undefined;
}

const isZero = (amount: unknown): boolean =>
  amount !== undefined && Amount.safeParse(amount).success && Number(amount) === 0;

const partOf = (value: unknown): Part =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Part) : {};

const listOf = (value: unknown): readonly Part[] =>
  Array.isArray(value) ? value.map((each: unknown) => partOf(each)) : [];
