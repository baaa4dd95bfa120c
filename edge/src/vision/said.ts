import type { SpaceWord } from "./assign.ts";
import { elapsed, type Instant, seconds } from "@gatehouse/shared/time";

/** After a space changed every picture is told, so that the facility can hold or count votes as it likes. */
const tellAllFor = seconds(60);

/** A space that stays as it is is told this often, so that it does not look forgotten. */
const tellAgainAfter = seconds(60);

interface Told {
  readonly occupied: boolean;
  readonly changedAt: Instant;
  readonly toldAt: Instant;
}

/**
 * What a camera has told of its spaces. A picture every two seconds says the same of nearly every space, and
 * each word becomes a durable row: so the flow hears what changed or may still be changing, and little else.
 */
export class Said {
  readonly #told = new Map<string, Told>();

  /** The words worth telling. */
  worth(words: readonly SpaceWord[], at: Instant): SpaceWord[] {
    return words.filter(({ bay, occupied }) => {
      const told = this.#told.get(bay);
      if (told === undefined || told.occupied !== occupied) return true;
      return elapsed(told.changedAt, at) < tellAllFor || elapsed(told.toldAt, at) >= tellAgainAfter;
    });
  }

  /** Called once the words are durable; a word that was not stays worth telling. */
  note(words: readonly SpaceWord[], at: Instant): void {
    for (const { bay, occupied } of words) {
      const told = this.#told.get(bay);
      const changedAt = told?.occupied === occupied ? told.changedAt : at;
      this.#told.set(bay, { occupied, changedAt, toldAt: at });
    }
  }

  /** After a silence everything is worth telling again. */
  forget(): void {
    this.#told.clear();
  }
}
