import { type Person, userOf } from "../../domain/people/person.ts";

/** Who made or deleted a report, as it is written beside it: a user's id, or head office's first token. */
export const authorOf = (person: Person): string => userOf(person)?.userId ?? person.who.kind;
