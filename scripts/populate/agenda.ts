import type { Instant } from "@gatehouse/shared/time";

interface Entry {
  readonly at: Instant;
  readonly order: number;
  readonly act: (at: Instant) => void;
}

/** What is to happen, the earliest first; what was planned first of what is at one moment. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #planned = 0;

  plan(at: Instant, act: (at: Instant) => void): void {
    this.#heap.push({ at, order: this.#planned++, act });
    let child = this.#heap.length - 1;
    for (let parent = (child - 1) >> 1; child > 0; parent = (child - 1) >> 1) {
      if (!this.#swapIfSooner(child, parent)) return;
      child = parent;
    }
  }

  /** Lets everything before `end` happen, what that plans too. */
  runUntil(end: Instant): void {
    for (let first = this.#heap[0]; first !== undefined && first.at < end; first = this.#heap[0]) {
      this.#drop();
      first.act(first.at);
    }
  }

  #drop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const sooner = this.#isSooner(right, left) ? right : left;
      if (!this.#swapIfSooner(sooner, parent)) return;
      parent = sooner;
    }
  }

  #isSooner(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swapIfSooner(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined || !this.#isSooner(one, other)) return false;
    this.#heap[one] = b;
    this.#heap[other] = a;
    return true;
  }
}
