import type { LaneMode } from "@gatehouse/shared/contracts/lanes";
import { type AccessPlace, type Authorisation, authorise } from "../domain/access.ts";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { permitsOf, reservationsIn, visitorFactsOf } from "../store/access.ts";
import { listingOf } from "../store/access-lists.ts";
import type { Reader } from "../store/book.ts";

/** What an entry must know of its site to tell who may come in. */
export interface AccessSite {
  readonly calendar: SiteCalendar;
  /** What people have made of the facility and of this lane, an alarm included. */
  readonly modes: () => { readonly facility: LaneMode; readonly lane: LaneMode };
  /** Head office has been silent too long for this lane to trust what it said of rights. */
  readonly rightsAreOld: () => boolean;
}

/** Looks up everything that a normalised plate has a right to, and what it comes to here and now. */
export function authorisePlate(reader: Reader, plate: string, place: AccessPlace): Authorisation {
  const listing = listingOf(reader, plate, place.at);
  return authorise(
    {
      denied: listing.deny,
      allowed: listing.allow,
      permits: permitsOf(reader, plate, place.laneId),
      visitors: visitorFactsOf(reader, plate),
      reservations: reservationsIn(reader).waitingFor(plate),
    },
    place,
  );
}
