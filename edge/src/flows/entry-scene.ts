import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import type { Authorisation } from "../domain/access.ts";
import type { EntryScene } from "../domain/entry.ts";
import type { Reader } from "../store/book.ts";
import { type AccessSite, authorisePlate } from "./access.ts";
import type { LaneFlow } from "./lane.ts";
import { platesOf } from "./reads.ts";

/** One entry and what it is told of its facility. */
export interface EntrySite {
  readonly lane: LaneFlow;
  /** Places left for vehicles without a right of their own. */
  readonly freePlaces: (reader: Reader) => number;
  readonly access: AccessSite;
}

/** What stands in the book and before the gate when a plate is decided about. */
export interface PlateFacts extends Pick<
  EntryScene,
  "plate" | "confidence" | "sameVehicle" | "insideAlready"
> {
  /** A person says what the plate is. */
  readonly isTold: boolean;
}

/** What an entry knows of a vehicle whose plate was read or told. */
export function plateScene(
  reader: Reader,
  site: EntrySite,
  { isTold, ...facts }: PlateFacts,
  now: Instant,
): EntryScene {
  return {
    ...facts,
    ...placeOf(reader, site),
    access: authoriseAt(reader, site, facts.plate, now),
    // Where a person looks already, nobody is asked to.
    rightsAreOld: !isTold && site.access.rightsAreOld(),
  };
}

/**
 * What an entry knows of a vehicle that takes a ticket. An unsure plate may keep its vehicle out; a right of its own it
 * gives to nobody.
 */
export function ticketScene(
  reader: Reader,
  site: EntrySite,
  read: PlateRead | undefined,
  now: Instant,
): EntryScene {
  const plate = read === undefined ? "" : platesOf(read).plate;
  const confidence = read?.confidence ?? 0;
  const place = placeOf(reader, site);
  const access = authoriseAt(reader, site, plate, now);
  const isSure = plate !== "" && confidence >= place.confidenceMin;
  return {
    ...place,
    plate,
    confidence,
    access: isSure ? access : { ...access, grant: undefined, refused: undefined },
    sameVehicle: false,
    insideAlready: false,
    takesTicket: true,
  };
}

/** What a normalised plate has a right to at this entry now. */
export function authoriseAt(
  reader: Reader,
  { lane, access: { calendar } }: EntrySite,
  plate: string,
  at: Instant,
): Authorisation {
  const { id: laneId, leads_to: laneZones } = lane.deps.lane;
  return authorisePlate(reader, plate, { at, calendar, laneId, laneZones });
}

function placeOf(
  reader: Reader,
  { lane, freePlaces, access }: EntrySite,
): Pick<EntryScene, "confidenceMin" | "facilityMode" | "laneMode" | "freePlaces"> {
  const { facility, lane: laneMode } = access.modes();
  return {
    confidenceMin: lane.deps.lane.confidence_min,
    facilityMode: facility,
    laneMode,
    freePlaces: freePlaces(reader),
  };
}
