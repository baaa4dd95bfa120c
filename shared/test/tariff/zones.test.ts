import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { priceStay } from "../../src/tariff/price.ts";
import { tariffOf } from "./pricing.ts";

const minute = 60_000;
const hour = 60 * minute;
const from = Date.UTC(2020, 0, 1);
const until = Date.UTC(2036, 0, 1);

/** Every minute costs what its window says, so that one minute in the wrong window shows. */
const tariff = tariffOf({
  rates: [
    { when: { dates: [{ from: "02-29", until: "02-29" }] }, price: "0.07", per: "1 min" },
    { when: { from: "02:30", until: "02:45" }, price: "0.11", per: "1 min" },
    { when: { days: ["sat", "sun"], from: "23:00", until: "05:00" }, price: "0.03", per: "1 min" },
    { when: { from: "07:00", until: "19:00" }, price: "0.02", per: "1 min" },
    { price: "0.01", per: "1 min" },
  ],
});

const cents = (tariffToUse: Tariff, timezone: string, entry: number, exit: number): number => {
  const zone = { timezone, holidays: [] };
  const [begins, ends] = [entry as Instant, exit as Instant];
  const stay = {
    tariff: tariffToUse,
    zone,
    vehicleClass: "car",
    entry: begins,
    exit: ends,
  } as const;
  const price = priceStay(stay);
  return price.kind === "refused" ? -1 : price.total;
};

/** Works the same out by looking at the wall clock minute for minute. */
class Walk {
  readonly #format: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    const whole = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    const clock = {
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    } as const;
    this.#format = new Intl.DateTimeFormat("en-GB", { timeZone, ...whole, ...clock });
  }

  /** `Sat, 29/02/2020, 02:30` */
  text(at: number): string {
    return this.#format.format(at);
  }

  cents(entry: number, exit: number): number {
    let sum = 0;
    for (let at = entry; at < exit; at += minute) sum += this.#minute(at);
    return sum;
  }

  #minute(at: number): number {
    const text = this.text(at);
    const [weekday, date, time] = [text.slice(0, 3), text.slice(5, 10), text.slice(-5)];
    if (date === "29/02") return 7;
    if (time >= "02:30" && time < "02:45") return 11;
    const nights = time >= "23:00" ? ["Sat", "Sun"] : time < "05:00" ? ["Sun", "Mon"] : [];
    if (nights.includes(weekday)) return 3;
    return time >= "07:00" && time < "19:00" ? 2 : 1;
  }

  /** The hours in which the clock is put forward or back: those before which it showed another time of day. */
  changes(): number[] {
    const found: number[] = [];
    let before = this.text(from).slice(-5);
    for (let day = from; day < until; day += 24 * hour) {
      const after = this.text(day + 24 * hour).slice(-5);
      if (after !== before) {
        let at = day;
        while (this.text(at + hour).slice(-2) === this.text(at).slice(-2) && this.#isHour(at))
          at += hour;
        found.push(at);
      }
      before = after;
    }
    return found;
  }

  /** Whether the clock goes on by an hour. */
  #isHour(at: number): boolean {
    const [first = 0, second = 0] = [at, at + hour].map((each) =>
      Number(this.text(each).slice(-5, -3)),
    );
    return (first + 1) % 24 === second;
  }
}

/** Zones whose clocks show the same from 2020 to 2035 are walked once. */
function groups(): { readonly zones: string[]; readonly changes: readonly number[] }[] {
  const known = new Map<
    string,
    { readonly zones: string[]; readonly changes: readonly number[] }
  >();
  for (const timezone of Intl.supportedValuesOf("timeZone")) {
    const walk = new Walk(timezone);
    const changes = walk.changes();
    const key = [walk.text(from), walk.text(Date.UTC(2020, 6, 1)), ...changes].join();
    const group = known.get(key);
    if (group === undefined) known.set(key, { zones: [timezone], changes });
    else group.zones.push(timezone);
  }
  return [...known.values()];
}

test("no zone's clock changes or leap days from 2020 to 2035 put a minute in the wrong window", () => {
  const wrong: string[] = [];
  let changes = 0;
  for (const { zones, changes: changed } of groups()) {
    const [first = "UTC"] = zones;
    const walk = new Walk(first);
    changes += changed.length;
    const stays = [
      ...changed.map((at) => [at - 90 * minute, at + 150 * minute]),
      ...[2020, 2024, 2028, 2032].map((year) => {
        const leap = Date.UTC(year, 1, 28, 22);
        return [leap, leap + 4 * hour];
      }),
    ];
    for (const [entry = 0, exit = 0] of stays) {
      const expected = walk.cents(entry, exit);
      for (const timezone of zones)
        if (cents(tariff, timezone, entry, exit) !== expected)
          wrong.push(`${timezone} ${new Date(entry).toISOString()}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(changes).toBeGreaterThan(1000);
}, 300_000);

test("a whole year in a zone is what its minutes are", () => {
  for (const timezone of ["Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca"]) {
    const [entry, exit] = [Date.UTC(2027, 11, 30, 7, 13), Date.UTC(2028, 3, 15, 3, 41)];
    expect(cents(tariff, timezone, entry, exit)).toBe(new Walk(timezone).cents(entry, exit));
  }
}, 60_000);
