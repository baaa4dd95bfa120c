import type { CandidatesData, NamedPlate } from "@gatehouse/shared/contracts/plates";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { learntCosts } from "../domain/plate-confusions.ts";
import { plateDistance } from "../domain/plate-distance.ts";
import { isOtherClass } from "../domain/plate-match.ts";
import type { Reader } from "../store/book.ts";
import { namedPlates } from "../store/named-plates.ts";
import { confusionsOf } from "../store/plates.ts";
import { listLatestInside, type Session } from "../store/sessions.ts";
import { colourOf } from "./admission.ts";
import { type ExitPlace, mayBeHere, rankSessions, shownFarthest } from "./exit-match.ts";
import { platesOf } from "./reads.ts";
import { sessionView } from "./session-views.ts";
import { isInside } from "./sessions.ts";

type Candidate = CandidatesData["candidates"][number];

/** So many a person can choose from at a glance. */
const shownMost = 8;
/** Cameras mistake colours, by night most of all: another colour alone never outweighs a character. */
const otherColour = 0.2;

/** Whose vehicle may stand at an exit, likeliest first: by plate, class, colour, and who came in first. */
export function candidatesAtExit(
  reader: Reader,
  place: ExitPlace,
  read: PlateRead | undefined,
): Candidate[] {
  return read === undefined || platesOf(read).plate === ""
    ? latest(reader, place, read)
    : ranked(reader, place, read);
}

/** Who is inside under a plate like the one that was read at an entry: it may have left unseen. */
export function candidatesAtEntry(
  reader: Reader,
  place: ExitPlace,
  read: PlateRead | undefined,
): Candidate[] {
  if (read === undefined || platesOf(read).plate === "") return [];
  return ranked(reader, place, read, (session) => isInside(session));
}

/** What is written down at the facility under a plate like the one that was read, likeliest first. */
export function namedLike(
  reader: Reader,
  { readerId, now }: ExitPlace,
  read: PlateRead | undefined,
): NamedPlate[] {
  const plate = read === undefined ? "" : platesOf(read).plate;
  if (plate === "") return [];
  const costs = learntCosts(confusionsOf(reader, readerId));
  return namedPlates(reader, now)
    .map((row) => ({ ...row, distance: plateDistance(plate, row.plate, costs, shownFarthest) }))
    .filter(({ distance }) => distance <= shownFarthest)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, shownMost);
}

function ranked(
  reader: Reader,
  place: ExitPlace,
  read: PlateRead,
  isOne: (session: Session) => boolean = () => true,
): Candidate[] {
  return rankSessions(reader, place, platesOf(read), shownMost)
    .filter(({ item }) => isOne(item))
    .map(({ item, distance, cost }) => {
      const fits = fitOf(item, read);
      return {
        ...sessionView(reader, item),
        ...fits,
        distance,
        cost: cost + (fits.colour_fits ? 0 : otherColour),
      };
    })
    .toSorted((a, b) => a.cost - b.cost || Date.parse(a.entry_at) - Date.parse(b.entry_at));
}

/** Of a vehicle whose plate nobody could read: who came in last, those of its class and colour first. */
function latest(reader: Reader, place: ExitPlace, read: PlateRead | undefined): Candidate[] {
  return listLatestInside(reader, 4 * shownMost)
    .filter((session) => mayBeHere(session, place.laneId))
    .map((session) => ({ session, fits: fitOf(session, read) }))
    .toSorted((a, b) => oddsOf(a.fits) - oddsOf(b.fits))
    .slice(0, shownMost)
    .map(({ session, fits }) => ({
      ...sessionView(reader, session),
      ...fits,
      distance: null,
      cost: null,
    }));
}

interface Fit {
  readonly class_fits: boolean;
  readonly colour_fits: boolean;
}

/** What nobody told fits anything. */
function fitOf(session: Session, read: PlateRead | undefined): Fit {
  const [was, is] = [colourOf(session), read?.vehicleColour];
  return {
    class_fits: !isOtherClass(
      session.vehicleClass as VehicleClass,
      read?.vehicleClass ?? "unknown",
    ),
    colour_fits: was === undefined || is === undefined || was === is,
  };
}

/** The class says more than the colour. */
const oddsOf = ({ class_fits: byClass, colour_fits: byColour }: Fit): number =>
  (byClass ? 0 : 2) + (byColour ? 0 : 1);
