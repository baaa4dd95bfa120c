import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { Counters } from "../counters.ts";

export interface SpaceWordsDeps {
  readonly clock: Clock;
  readonly counters: Counters;
  /** Durable when it returns. @throws Fault when there is no room */
  readonly observe: (batch: readonly SpaceObservation[]) => void;
}

/** Words of all cameras are told together, at most this late. */
const tellEvery = milliseconds(250);
const retryAfter = seconds(5);
/** A space that stays as it is is told this often, so that it does not look forgotten. */
const tellAgainAfter = seconds(60);

/**
 * What vision workers say of spaces, on its way to where all sources meet. A frame says the same of nearly every
 * space as the one before, and each word becomes a durable row: so only what changed is told, and the rest now and
 * then. Of a space that changes twice before it is told only the last word counts.
 */
export class SpaceWords {
  readonly #deps: SpaceWordsDeps;
  readonly #waiting = new Map<string, SpaceObservation>();
  readonly #told = new Map<string, { readonly occupied: boolean; readonly at: number }>();
  readonly #sequences = new Map<string, number>();
  #cancel: (() => void) | undefined;

  constructor(deps: SpaceWordsDeps) {
    this.#deps = deps;
  }

  /** @param words of one camera, in one frame; their order within its boot is that of their times */
  add(words: readonly Omit<SpaceObservation, "sequence">[]): void {
    const now = this.#deps.clock.monotonic();
    for (const word of words) {
      const key = keyOf(word);
      const told = this.#told.get(key);
      const isNews =
        told === undefined || told.occupied !== word.occupied || now - told.at >= tellAgainAfter;
      if (isNews) this.#waiting.set(key, { ...word, sequence: this.#nextSequence(word) });
      else this.#waiting.delete(key);
    }
    if (this.#waiting.size > 0) this.#plan(tellEvery);
  }

  /** The camera fell silent: whatever it says next is worth telling. */
  forget(cameraId: string): void {
    for (const key of this.#told.keys()) if (key.startsWith(`${cameraId} `)) this.#told.delete(key);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Grows over restarts too, because time does; a worker's clock that is set back does not turn it round. */
  #nextSequence(word: Omit<SpaceObservation, "sequence">): number {
    const key = keyOf(word);
    const next = Math.max(word.at, (this.#sequences.get(key) ?? 0) + 1);
    this.#sequences.set(key, next);
    return next;
  }

  #plan(delay: Duration): void {
    this.#cancel ??= this.#deps.clock.after(delay, () => {
      this.#cancel = undefined;
      this.#tell();
    });
  }

  #tell(): void {
    const { observe, clock, counters } = this.#deps;
    const batch = [...this.#waiting.values()];
    if (batch.length === 0) return;
    try {
      observe(batch);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      counters.count("writes_failed_total", { route: "tracking" });
      return this.#plan(retryAfter);
    }
    const at = clock.monotonic();
    for (const word of batch) this.#told.set(keyOf(word), { occupied: word.occupied, at });
    this.#waiting.clear();
  }
}

const keyOf = ({ sourceId, spaceId }: Pick<SpaceObservation, "sourceId" | "spaceId">): string =>
  `${sourceId} ${spaceId}`;
