import { type Instant, minutes } from "@gatehouse/shared/time";

type Named = (at: Instant, timezone: string) => string;

const quarterMs = minutes(15);
/**
 * Since Kiritimati gave up its 10 hours and 40 minutes every zone of the IANA's list differs from UTC by whole quarters
 * of an hour and is changed at one: what is true of one moment of a quarter is true of all of it.
 */
const since = Date.UTC(1980, 0, 1);
/** Quarters remembered of a zone: those of ten weeks. */
const quartersMax = 7_000;
const zonesMax = 1_000;

/**
 * Remembers what a name in civil time is for each quarter of an hour, because asking the calendar is dear and a ledger
 * asks thousands of times for the same hour.
 *
 * @param nameOf one name for all moments of a quarter of an hour
 */
export function perQuarter(nameOf: Named): Named {
  const zones = new Map<string, Map<number, string>>();
  return (at, timezone) => {
    if (!(at >= since)) return nameOf(at, timezone);
    const quarters = zones.get(timezone) ?? new Map<number, string>();
    const quarter = Math.floor(at / quarterMs);
    const known = quarters.get(quarter);
    if (known !== undefined) return known;
    const name = nameOf(at, timezone);
    if (quarters.size >= quartersMax) quarters.clear();
    if (quarters.size === 0 && zones.size >= zonesMax) zones.clear();
    zones.set(timezone, quarters.set(quarter, name));
    return name;
  };
}
