import type { Advice, TimeBand } from "@gatehouse/shared/contracts/reports/advice";
import { advise, sfparkChange } from "@gatehouse/shared/price-advice";
import { groupBy, sumBy } from "../reports/revenue.ts";
import { bands, bandWords, isIn } from "./bands.ts";
import { percentWords, rounded, type Row, type SpaceRate, type ZoneSlot } from "./facts.ts";

const evidenceColumns = ["what", "time", "utilization", "sfpark_cents"];

/** How much of some time something was occupied. */
interface Use {
  readonly id: string;
  readonly name: string;
  readonly what: "zone" | "space-type";
  readonly band: TimeBand | null;
  readonly rate: number;
}

/**
 * Advice on prices (requirements T30): strictly above 90 % of the time occupied +20 %, strictly below 30 % −20 %; by
 * zone, by kind of space, and by time of the week where a zone's time asks for another change than the zone as a whole.
 */
export function priceAdvice(zones: readonly ZoneSlot[], spaces: readonly SpaceRate[]): Advice[] {
  const wholes = [...groupBy(zones, ({ zoneId }) => zoneId).values()].flatMap((rows) => {
    const rate = rateOf(rows);
    const [first] = rows;
    if (rate === undefined || first === undefined) return [];
    const whole = zoneUse(first, null, rate);
    return [{ whole, rows, times: timesOf(rows) }];
  });
  const ofZones = wholes.flatMap(({ whole, times }) => {
    const asked = changeOf(whole.rate);
    const others = times.filter(({ rate, band }) => {
      const change = changeOf(rate);
      return change !== undefined && change !== asked && !isIdleNight(change, band);
    });
    return [whole, ...others].flatMap((use) => adviceOn(use, [whole, ...times]));
  });
  return [...ofZones, ...byType(spaces)].toSorted(
    (a, b) => strength(b) - strength(a) || (a.id < b.id ? -1 : 1),
  );
}

/**
 * Where a zone is full at one time and empty at another of the same days, drivers are asked to come then (requirements
 * P61): a promotion at the empty time, beside the price of the full one.
 */
export function offPeakAdvice(zones: readonly ZoneSlot[]): Advice[] {
  return [...groupBy(zones, ({ zoneId }) => zoneId).values()].flatMap((rows) => {
    const times = timesOf(rows);
    return (["working", "weekend"] as const).flatMap((days): Advice[] => {
      const own = times.filter(({ band }) => band?.days === days && !isNight(band));
      const full = own.toSorted((a, b) => b.rate - a.rate)[0];
      const empty = own.toSorted((a, b) => a.rate - b.rate)[0];
      if (full === undefined || empty === undefined) return [];
      if (changeOf(full.rate) !== "+20%" || changeOf(empty.rate) !== "-20%") return [];
      if (full.band === null || empty.band === null) return [];
      const [fullWords, emptyWords] = [bandWords(full.band), bandWords(empty.band)];
      return [
        {
          id: `promote-off-peak ${full.id} ${days}`,
          kind: "promote-off-peak",
          sentence: `${full.name} is ${percentWords(full.rate)} full ${fullWords} and ${percentWords(empty.rate)} ${emptyWords}: promote the empty time.`,
          facts: {
            name: full.name,
            full_rate: rounded(full.rate),
            full_from: full.band.from,
            full_to: full.band.to,
            rate: rounded(empty.rate),
          },
          band: empty.band,
          evidence: { columns: evidenceColumns, rows: own.map(rowOf) },
          draft: draftOf(empty, -20),
        },
      ];
    });
  });
}

/** Nobody comes at four in the morning because it is cheap. */
const isNight = ({ from }: TimeBand): boolean => from === 0;
const isIdleNight = (change: string, band: TimeBand | null): boolean =>
  change === "-20%" && band !== null && isNight(band);

function byType(spaces: readonly SpaceRate[]): Advice[] {
  const uses = [...groupBy(spaces, ({ spaceType }) => spaceType)].map(([type, rows]): Use => ({
    id: type,
    name: type,
    what: "space-type",
    band: null,
    rate: sumBy(rows, ({ rate }) => rate) / rows.length,
  }));
  return uses.length < 2 ? [] : uses.flatMap((use) => adviceOn(use, uses));
}

const zoneUse = ({ zoneId, zoneName }: ZoneSlot, band: TimeBand | null, rate: number): Use => ({
  id: zoneId,
  name: zoneName,
  what: "zone",
  band,
  rate,
});

const timesOf = (rows: readonly ZoneSlot[]): Use[] =>
  bands.flatMap((band) => {
    const own = rows.filter(({ slot }) => isIn(band, slot));
    const [first] = own;
    const rate = rateOf(own);
    return first === undefined || rate === undefined ? [] : [zoneUse(first, band, rate)];
  });

function rateOf(rows: readonly ZoneSlot[]): number | undefined {
  const whole = sumBy(rows, ({ spaceS }) => spaceS);
  return whole <= 0 ? undefined : Math.min(1, sumBy(rows, ({ occupiedS }) => occupiedS) / whole);
}

const changeOf = (rate: number): "+20%" | "-20%" | undefined =>
  advise([{ spaceId: "", spaceName: "", rate }])[0]?.suggested;

function adviceOn(use: Use, around: readonly Use[]): Advice[] {
  const change = changeOf(use.rate);
  if (change === undefined) return [];
  const isUp = change === "+20%";
  const when = use.band === null ? "" : ` ${bandWords(use.band)}`;
  const what = use.what === "zone" ? use.name : `Spaces of the kind ${use.name}`;
  const band = use.band === null ? "" : ` ${use.band.days} ${use.band.from}`;
  return [
    {
      id: `${isUp ? "price-up" : "price-down"} ${use.what} ${use.id}${band}`,
      kind: isUp ? "price-up" : "price-down",
      sentence: `${what}: ${percentWords(use.rate)} of the time occupied${when}: ${isUp ? "20 % dearer" : "20 % cheaper"}.`,
      facts: {
        what: use.what,
        name: use.name,
        rate: rounded(use.rate),
        sfpark_cents: sfparkChange(use.rate),
      },
      band: use.band,
      evidence: { columns: evidenceColumns, rows: around.map(rowOf) },
      draft: draftOf(use, isUp ? 20 : -20),
    },
  ];
}

const rowOf = ({ name, band, rate }: Use): Row => ({
  cells: [
    name,
    band === null ? null : `${band.days} ${band.from}–${band.to}`,
    rounded(rate),
    sfparkChange(rate),
  ],
  opens: null,
});

/** The question with which the tariff editor opens: a draft that only this changes. */
function draftOf({ what, id, band }: Use, percent: number): string {
  const asked = new URLSearchParams({
    change: String(percent),
    [what === "zone" ? "zone" : "type"]: id,
  });
  if (band !== null) {
    asked.set("days", band.days);
    asked.set("from", String(band.from));
    asked.set("to", String(band.to));
  }
  return asked.toString();
}

const strength = ({ facts }: Advice): number => Math.abs(Number(facts["rate"]) - 0.6);
