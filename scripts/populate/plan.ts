import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { FacilityCard } from "@gatehouse/shared/contracts/batch";
import type { Layout } from "@gatehouse/shared/contracts/layout";
import { devicesOf, type PlannedDevice } from "./device-plan.ts";
import { holdersOf, type Holder, type Unwanted, unwantedOf } from "./people-plan.ts";

/** A car park as `populate` makes it up. */
export interface FacilityPlan {
  readonly facilityId: string;
  readonly card: FacilityCard;
  readonly layout: Layout;
  /** Every space with its zone. */
  readonly spaces: readonly { readonly spaceId: string; readonly zoneId: string }[];
  readonly entryLanes: readonly string[];
  readonly exitLanes: readonly string[];
  /** Stays that begin on a working day. */
  readonly arrivalsPerDay: number;
  /** Share of the vehicles that have a permit. */
  readonly permitShare: number;
  /** Price of each started hour, and the most of a stay's first day. */
  readonly hourMinor: number;
  readonly dayMinor: number;
  /** Inside the prices. */
  readonly taxPercent: number;
  /** What a violation costs. */
  readonly penaltyMinor: number;
  /** Who has a permit, and who may not come in. */
  readonly holders: readonly Holder[];
  readonly unwanted: readonly Unwanted[];
  readonly devices: readonly PlannedDevice[];
}

const places = [
  ["Hauptbahnhof", "Europe/Berlin", "EUR", "de"],
  ["Rathaus", "Europe/Berlin", "EUR", "de"],
  ["Plaza Mayor", "Europe/Madrid", "EUR", "es"],
  ["Riverside", "America/New_York", "USD", "en"],
  ["Old Market", "Europe/London", "GBP", "en"],
  ["Harbour", "Australia/Sydney", "AUD", "en"],
  ["Connaught Place", "Asia/Kolkata", "INR", "en"],
] as const;

const floors = [
  ["ground", "Ground Floor", "0"],
  ["first", "First Floor", "1"],
  ["roof", "Roof", "2"],
] as const;

/**
 * The facility with this number: the same seed gives the same.
 *
 * @param scale its size against an ordinary one of some 60 to 180 spaces
 */
export function planOf(number: number, random: SeededRandom, scale = 1): FacilityPlan {
  const [name, timezone, currency, locale] = places[number % places.length] ?? places[0];
  const perFloor = Math.max(4, Math.round((20 + 40 * random.fraction()) * scale));
  const zones = floors.map(([zone_id, zoneName, level], floor) => ({
    zone_id,
    name: zoneName,
    level,
    spaces: { standard: perFloor - 2, accessible: 1, ev: 1 },
    prefix: "ABC"[floor] ?? "D",
  }));
  const spaces = zones.flatMap(({ zone_id, prefix }) =>
    Array.from({ length: perFloor }, (_, index) => ({
      spaceId: `${prefix}${String(index + 1).padStart(3, "0")}`,
      zoneId: zone_id,
    })),
  );
  const lane = (lane_id: string, direction: string, leads_to: string[] = []) => ({
    lane_id,
    name: lane_id.replace("-", " "),
    direction,
    leads_to,
  });
  const lanes = [
    lane("entry-1", "entry"),
    lane("entry-2", "entry", ["roof"]),
    lane("exit-1", "exit"),
    lane("exit-2", "exit"),
  ];
  const devices = devicesOf(
    spaces.map(({ spaceId }) => spaceId),
    lanes.map(({ lane_id }) => lane_id),
    random.fork("devices"),
  );
  const kinds = Object.fromEntries(
    [...Map.groupBy(devices, ({ kind }) => kind)].map(([kind, of]) => [kind, of.length]),
  );
  return {
    facilityId: `site-${String(number + 1).padStart(3, "0")}`,
    card: { name: `${name} ${Math.floor(number / places.length) + 1}`, timezone, currency, locale },
    layout: {
      zones: zones.map(({ prefix: _, ...zone }) => zone),
      lanes,
      devices: {
        sensor: kinds["bay-sensor"] ?? 0,
        camera: kinds["plate-camera"] ?? 0,
        gate: kinds["gate"] ?? 0,
        terminal: kinds["terminal"] ?? 0,
      },
    },
    spaces,
    entryLanes: ["entry-1", "entry-1", "entry-1", "entry-2"],
    exitLanes: ["exit-1", "exit-2"],
    arrivalsPerDay: Math.round(spaces.length * (1.2 + random.fraction())),
    permitShare: 0.1 + 0.2 * random.fraction(),
    hourMinor: 100 + 10 * Math.floor(25 * random.fraction()),
    dayMinor: 1200 + 100 * Math.floor(10 * random.fraction()),
    taxPercent: 19,
    penaltyMinor: currency === "INR" ? 50_000 : 2500,
    holders: holdersOf(random.fork("holders")),
    unwanted: unwantedOf(random.fork("unwanted")),
    devices,
  };
}
