import type { ApdsDemand, ApdsPlace, Demand } from "@gatehouse/shared/contracts/open-data";
import { elapsed, isoOf } from "@gatehouse/shared/time";
import {
  isCurrent,
  type PlaceFacts,
  placeVersion,
  spacesIn,
  type SpaceStates,
  wholeOf,
} from "./place-facts.ts";

/** A facility and its parts in the words of APDS. */
export function apdsPlace(facts: PlaceFacts): ApdsPlace {
  const { placeId, name, timezone, layout, zones } = facts;
  const names = new Map(layout.zones.map((zone) => [zone.zone_id, zone]));
  const whole = wholeOf(facts);
  return {
    id: placeId,
    version: placeVersion(facts),
    type: "parkingPlace",
    name,
    timeZone: timezone,
    supply: whole === undefined ? null : supplyOf(whole),
    identifiedAreas: [...zones].map(([id, states]) => ({
      id,
      type: "identifiedArea",
      name: names.get(id)?.name ?? id,
      level: names.get(id)?.level ?? "",
      supply: supplyOf(states),
    })),
    vehicularAccesses: layout.lanes.map(({ lane_id, name: laneName, direction }) => ({
      id: lane_id,
      name: laneName,
      vehicularAccessType: direction === "entry" || direction === "exit" ? direction : "reversible",
    })),
  };
}

/** How full a facility is in the words of APDS. */
export function apdsDemand(facts: PlaceFacts): ApdsDemand {
  const { placeId, now, heardAt, zones } = facts;
  const whole = wholeOf(facts);
  return {
    placeId,
    asOf: isoOf(now),
    recordDateTime: heardAt === undefined ? null : isoOf(heardAt),
    ageSeconds:
      heardAt === undefined ? null : Math.max(0, Math.floor(elapsed(heardAt, now) / 1000)),
    isCurrent: isCurrent(facts),
    supply: whole === undefined ? null : supplyOf(whole),
    demand: demandOf(whole ?? { free: 0, occupied: 0, unknown: 0, outOfService: 0 }),
    areas: [...zones].map(([areaId, states]) => ({
      areaId,
      supply: supplyOf(states),
      demand: demandOf(states),
    })),
  };
}

const supplyOf = (states: SpaceStates): ApdsPlace["identifiedAreas"][number]["supply"] => ({
  supplyView: "spaceView",
  supplyQuantity: spacesIn(states),
});

/** Where no space is known to be free or taken, nothing is counted: an unknown space is no empty one. */
export function demandOf({ free, occupied, unknown, outOfService }: SpaceStates): Demand {
  const known = free + occupied;
  return {
    count: known === 0 ? null : occupied,
    percentage: known === 0 ? null : Math.round((1000 * occupied) / known) / 10,
    vacantCount: known === 0 ? null : free,
    unknownCount: unknown,
    outOfServiceCount: outOfService,
  };
}
