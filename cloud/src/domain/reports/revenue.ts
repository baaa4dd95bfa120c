import { shareOut } from "./share-out.ts";

/** Sums of money that stand beside each other, as the store reads them. */
interface Money {
  readonly method: string;
  readonly purpose: string;
  readonly payments: number;
  readonly taken_minor: number;
  readonly refunded_minor: number;
  readonly reversed_minor: number;
  readonly charged_back_minor: number;
}

/**
 * Whether what is taken so is revenue: loading stored value is a debt to its holder until it is parked away, and what
 * is given up (`nil`) nobody pays.
 */
export const isRevenue = ({ purpose, method }: Pick<Money, "purpose" | "method">): boolean =>
  purpose !== "top-up" && method !== "nil";

/** What went back, of one row or of many. */
export const givenBack = (
  rows: readonly Pick<Money, "refunded_minor" | "reversed_minor" | "charged_back_minor">[],
): number =>
  rows.reduce(
    (sum, row) => sum + row.refunded_minor + row.reversed_minor + row.charged_back_minor,
    0,
  );

export const sumBy = <T>(rows: readonly T[], value: (row: T) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0);

/** The rows by a key, in the order in which keys come first. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

export interface ZoneRevenue {
  /** Null: nothing tells which zone it is of. */
  readonly zoneId: string | null;
  readonly measured: number;
  readonly shared: number;
}

/**
 * Revenue by zone: what vehicles paid that stood in a zone's space is that zone's, and of the others what those paid
 * that came in by a lane which leads to one zone alone. The rest is shared out by the time that the zones' spaces were
 * occupied, and stays without a zone where none was.
 *
 * @param taken whole minor units: of vehicles whose zone is known by it, of the others by their entry lane, which is
 *   empty where it is unknown
 * @param occupied seconds by zone; every zone there is
 */
export function revenueByZone(
  taken: {
    readonly ofZone: ReadonlyMap<string, number>;
    readonly ofLane: ReadonlyMap<string, number>;
  },
  zoneOfLane: ReadonlyMap<string, string>,
  occupied: ReadonlyMap<string, number>,
): ZoneRevenue[] {
  const measured = new Map<string, number>([...occupied.keys()].map((zone) => [zone, 0]));
  let rest = 0;
  for (const [zone, minor] of taken.ofZone) measured.set(zone, (measured.get(zone) ?? 0) + minor);
  for (const [lane, minor] of taken.ofLane) {
    const zone = zoneOfLane.get(lane);
    if (zone === undefined) rest += minor;
    else measured.set(zone, (measured.get(zone) ?? 0) + minor);
  }
  const zones = [...measured.keys()];
  const weights = zones.map((zone) => occupied.get(zone) ?? 0);
  const canShare = weights.some((weight) => weight > 0);
  const shares = canShare ? shareOut(rest, weights) : zones.map(() => 0);
  const rows: ZoneRevenue[] = zones.map((zoneId, place) => ({
    zoneId,
    measured: measured.get(zoneId) ?? 0,
    shared: shares[place] ?? 0,
  }));
  if (!canShare && rest > 0) rows.push({ zoneId: null, measured: 0, shared: rest });
  return rows;
}
