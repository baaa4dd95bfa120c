import type { Actor } from "../contracts/actor.ts";
import type { LedgerFact } from "../contracts/event.ts";
import type { PlaceEnd } from "../contracts/space-vehicles.ts";

type PlaceFact = Extract<LedgerFact, { type: "session-in-space" | "session-out-of-space" }>;

/** Where a vehicle stands, or stands no longer, in one sentence. */
export function placeSentence(fact: PlaceFact): string {
  const { space_id: spaceId, plate, by, note } = fact.body;
  const who = by.id ?? by.kind;
  const more = note === undefined ? "" : ` Note: ${note}`;
  if (fact.type === "session-out-of-space")
    return `${endText(plate, spaceId, fact.body.as, by)}${more}`;
  const how = {
    person: `, said ${who}`,
    camera: `, read by ${who}`,
    assignment: ", which is kept for it",
  }[fact.body.witness];
  return `${standsText(plate, spaceId)} since ${fact.body.from}${how}.${more}`;
}

/** "AB12CDE stands in space A012", without its stop. */
export const standsText = (plate: string, spaceId: string): string =>
  `${capital(vehicleName(plate))} stands in space ${spaceId}`;

/** Why it stands there no longer. */
export const endText = (plate: string, spaceId: string, as: PlaceEnd, by: Actor): string =>
  `${capital(vehicleName(plate))} ${endWords[as](spaceId, by.id ?? by.kind)}.`;

const endWords: Readonly<Record<PlaceEnd, (spaceId: string, who: string) => string>> = {
  moved: (spaceId) => `left space ${spaceId} for another one`,
  "space-free": (spaceId) => `left space ${spaceId}: it became free`,
  "another-vehicle": (spaceId) => `left space ${spaceId}: another vehicle stands there`,
  gone: (spaceId, who) => `left space ${spaceId}, said ${who}`,
  "session-ended": (spaceId) => `left space ${spaceId}: its session ended`,
  corrected: (spaceId, who) => `never stood in space ${spaceId}: another one did, said ${who}`,
  "taken-back": (spaceId, who) => `never stood in space ${spaceId}; ${who} took that back`,
};

const vehicleName = (plate: string): string => plate || "the vehicle without a plate";
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
