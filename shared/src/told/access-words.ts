import type { Actor } from "../contracts/actor.ts";
import type { EventBody } from "../contracts/event.ts";

/** What the reason codes of access mean, as a person says them. */
export const accessReasons: Readonly<Record<string, string>> = {
  visitor: "the plate is expected as a visitor",
  reservation: "a place is reserved for the plate",
  "facility-closed": "the facility is closed",
  "lane-closed": "the lane is closed",
  "lane-full": "the lane is set to full",
  "facility-closed-to-all": "the facility is closed to everybody",
  "lane-closed-to-all": "the lane is closed to everybody",
  "permit-revoked": "its permit is revoked",
  "permit-not-yet": "its permit does not hold yet",
  "permit-expired": "its permit has expired",
  "permit-other-lane": "its permit is taken at other lanes",
  "permit-other-zone": "its permit holds in other zones",
  "visitor-ended": "the visitor is no longer expected",
  "visitor-not-yet": "the visitor is expected later",
  "visitor-expired": "the visitor was expected earlier",
  "visitor-outside-window": "the visitor is expected at other hours",
  "visitor-entries-used": "the visitor has come as often as was announced",
  "reservation-not-yet": "its reservation begins later",
  "reservation-over": "its reservation is over",
  passback: "a vehicle of its permit has come in and not left",
  "pool-over-use": "its permit's pool has more vehicles in than places",
  "outside-window": "its permit does not hold at this hour",
  "permit-passback": "a vehicle of its permit has come in and not left",
  "permit-outside-window": "its permit does not hold at this hour",
  "pool-full": "all places of its permit's pool are taken",
  "pool-outside-window": "its permit's pool does not hold at this hour",
};

/** What an entry's display says to whom it refuses. */
export const accessSigns: Readonly<Record<string, string>> = {
  "facility-closed": "Closed",
  "lane-closed": "Closed",
  "lane-full": "Full",
  "facility-closed-to-all": "Closed",
  "lane-closed-to-all": "Closed",
  "permit-passback": "Permit is in use",
  "permit-outside-window": "Permit not valid now",
  "pool-full": "Your places are full",
  "pool-outside-window": "Permit not valid now",
};

/** A change of the facility's own allow or deny list. */
export function listChangeSentence(body: EventBody<"list-entry-changed">): string {
  const { list, plate, before, after, actor, reason } = body;
  const what =
    after === null
      ? `was taken off the ${list} list`
      : before === null
        ? `was put on the ${list} list (${after.reason})`
        : `has a new entry on the ${list} list (${after.reason})`;
  return `The plate ${plate} ${what} by ${whoOf(actor)}: ${reason}.`;
}

export function visitorChangeSentence(body: EventBody<"visitor-changed">): string {
  const { before, after, actor, reason } = body;
  const what = after.ended
    ? "is no longer expected"
    : before === null
      ? "is expected"
      : "was changed";
  const until = after.ended ? "" : ` from ${after.valid_from} until ${after.valid_until}`;
  return `The ${after.kind} ${after.name} (${after.plate}) ${what}${until}, by ${whoOf(actor)}: ${reason}.`;
}

export function resetSentence(body: EventBody<"presence-reset">): string {
  const whose = body.permit_id === null ? "all permits" : `permit ${body.permit_id}`;
  const which = body.vehicles === 1 ? "1 vehicle" : `${body.vehicles} vehicles`;
  return `The presence of ${which} of ${whose} was made neutral by ${whoOf(body.actor)}: ${body.reason}.`;
}

const whoOf = (actor: Actor): string => actor.id ?? actor.kind;
