import { canonicalJson, chainHash, genesisHash, type Json } from "@gatehouse/shared/canonical";
import type { SealedLine } from "@gatehouse/shared/contracts/batch";
import type { EventBody, EventType } from "@gatehouse/shared/contracts/event";
import { type Instant, isoOf } from "@gatehouse/shared/time";

/** A ledger that is written as an edge writes it and handed on piece by piece: nothing of it is kept. */
export class ChainedLedger {
  readonly epoch: number;
  #seq = 0;
  #last = genesisHash;
  #waiting: SealedLine[] = [];

  constructor(epoch = 1) {
    this.epoch = epoch;
  }

  get written(): number {
    return this.#seq;
  }

  write<T extends EventType>(at: Instant, type: T, body: EventBody<T>): void {
    this.#seq += 1;
    const line = { at: isoOf(at), body: body as unknown as Json, epoch: this.epoch };
    const text = canonicalJson({ ...line, seq: this.#seq, type });
    this.#last = chainHash(this.#last, text);
    this.#waiting.push({ text, hash: this.#last });
  }

  /** The lines that were not taken yet; the first one's number is `written + 1 − lines.length`. */
  take(): SealedLine[] {
    const lines = this.#waiting;
    this.#waiting = [];
    return lines;
  }
}
