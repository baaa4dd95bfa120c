import { elapsed, type Instant, seconds } from "@gatehouse/shared/time";

/** The very same bytes so often and for so long are no coincidence: a sensor's noise never repeats. */
const repeatsMin = 3;
const frozenAfter = seconds(6);

/** Whether a live camera still sends new pictures, or the same one again and again. */
export class Stillness {
  #last: Uint8Array | undefined;
  #since: Instant | undefined;
  #repeats = 0;

  /** @returns whether the picture is new, the last one again, or one of so many alike that the camera stands still */
  note(bytes: Uint8Array, at: Instant): "new" | "again" | "frozen" {
    if (this.#last === undefined || !isEqual(bytes, this.#last)) {
      this.#last = bytes;
      this.#since = at;
      this.#repeats = 0;
      return "new";
    }
    this.#repeats += 1;
    const isLong = this.#since !== undefined && elapsed(this.#since, at) >= frozenAfter;
    return isLong && this.#repeats >= repeatsMin ? "frozen" : "again";
  }
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
