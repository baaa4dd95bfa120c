import type { DatexStatus, DatexTable } from "@gatehouse/shared/contracts/open-data";
import { isoOf } from "@gatehouse/shared/time";
import { apdsPlace, demandOf } from "./apds.ts";
import { isCurrent, type PlaceFacts, placeVersion, wholeOf } from "./place-facts.ts";

/** What there is at a facility, as a DATEX II parking table. */
export function datexTable(facts: PlaceFacts): DatexTable {
  const place = apdsPlace(facts);
  const reference = referenceOf(facts);
  return {
    parkingTablePublication: {
      publicationTime: isoOf(facts.now),
      parkingTable: {
        ...reference,
        parkingRecord: [
          {
            ...reference,
            parkingName: place.name,
            parkingNumberOfSpaces: place.supply?.supplyQuantity ?? null,
            groupOfParkingSpaces: place.identifiedAreas.map(({ id, name, supply }) => ({
              id,
              version: reference.version,
              parkingName: name,
              parkingNumberOfSpaces: supply.supplyQuantity,
            })),
          },
        ],
      },
    },
  };
}

/** How full a facility is, as a DATEX II parking status. What is old or unknown has the status `unknown`. */
export function datexStatus(facts: PlaceFacts): DatexStatus {
  const { now, heardAt } = facts;
  const whole = wholeOf(facts);
  const demand = whole === undefined ? undefined : demandOf(whole);
  const isKnown = demand !== undefined && demand.count !== null && isCurrent(facts);
  const hasRoom = (demand?.vacantCount ?? 0) > 0;
  // Where some spaces are unknown, there may be room in them.
  const isFull = !hasRoom && demand?.unknownCount === 0;
  return {
    parkingStatusPublication: {
      publicationTime: isoOf(now),
      parkingTableReference: referenceOf(facts),
      parkingRecordStatus: [
        {
          parkingRecordReference: referenceOf(facts),
          parkingStatusOriginTime: heardAt === undefined ? null : isoOf(heardAt),
          parkingSiteStatus: !isKnown
            ? "unknown"
            : hasRoom
              ? "spacesAvailable"
              : isFull
                ? "full"
                : "unknown",
          parkingOccupancy: {
            parkingNumberOfOccupiedSpaces: demand?.count ?? null,
            parkingNumberOfVacantSpaces: demand?.vacantCount ?? null,
            parkingOccupancy: demand?.percentage ?? null,
          },
        },
      ],
    },
  };
}

const referenceOf = (facts: PlaceFacts): { readonly id: string; readonly version: string } => ({
  id: facts.placeId,
  version: String(placeVersion(facts)),
});
