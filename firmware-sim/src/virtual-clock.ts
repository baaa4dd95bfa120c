import { check } from "@gatehouse/shared/check";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration, Instant } from "@gatehouse/shared/time";

/**
 * Time that moves only when a test moves it: a heap of timers, run in the order of their due time.
 * Wall time may be stepped; monotonic time never is.
 */
export class VirtualClock implements Clock {
  readonly #start: Instant;
  /** Milliseconds since the world began: what timers count. */
  #passed = 0;
  #stepped = 0;
  #poweredOn = 0;
  #boot = 1;
  #order = 0;
  readonly #heap: Timer[] = [];
  readonly #inFlight = new Set<Promise<unknown>>();

  constructor(start: Instant) {
    this.#start = start;
  }

  now(): Instant {
    return (this.#start + this.#passed + this.#stepped) as Instant;
  }

  /** The wall time of a clock that nobody ever stepped. */
  trueTime(): Instant {
    return (this.#start + this.#passed) as Instant;
  }

  monotonic(): Duration {
    return (this.#passed - this.#poweredOn) as Duration;
  }

  get bootId(): string {
    return `boot-${this.#boot}`;
  }

  /** Timers not yet due, cancelled ones included until their time comes. */
  get waiting(): number {
    return this.#heap.length;
  }

  /** Moves wall time by so many milliseconds, forward or back; timers do not notice. */
  stepWall(byMs: number): void {
    this.#stepped += Math.round(byMs);
  }

  /** The machine lost its power and comes up again: another boot, monotonic time from 0. */
  cutPower(): void {
    this.#boot++;
    this.#poweredOn = this.#passed;
  }

  after(delay: Duration, action: () => void): () => void {
    const due = this.#passed + Math.max(0, Math.ceil(delay));
    const timer: Timer = { due, order: this.#order++, action };
    this.#push(timer);
    return () => {
      timer.action = undefined;
    };
  }

  sleep(delay: Duration): Promise<void> {
    return new Promise((resolve) => void this.after(delay, resolve));
  }

  /**
   * Lets a call leave virtual time, for a real server for example: time stands still until it has ended,
   * so its answer always arrives at the same virtual moment.
   */
  whileStill<T>(call: () => Promise<T>): Promise<T> {
    const running = call();
    this.#inFlight.add(running);
    const forget = (): void => void this.#inFlight.delete(running);
    running.then(forget, forget);
    return running;
  }

  /** Runs every timer due within `span`; promises settle before and after each moment. @returns timers run */
  async advance(span: Duration): Promise<number> {
    const end = this.#passed + span;
    let count = 0;
    await this.#settle();
    for (let next = this.#heap[0]; next !== undefined && next.due <= end; next = this.#heap[0]) {
      this.#passed = next.due;
      count += this.#runDue();
      await this.#settle();
    }
    check(this.#passed <= end, "only one caller moves virtual time");
    this.#passed = end;
    return count;
  }

  #runDue(): number {
    let count = 0;
    while (this.#heap[0]?.due === this.#passed) {
      const { action } = this.#pop();
      if (action === undefined) continue;
      action();
      count++;
    }
    return count;
  }

  /** One turn of the event loop settles every promise that waits for nothing outside. */
  async #settle(): Promise<void> {
    await turn();
    while (this.#inFlight.size > 0) {
      await Promise.allSettled(this.#inFlight);
      await turn();
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Timer;
      if (!before(timer, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): Timer {
    const heap = this.#heap;
    const top = heap[0] as Timer;
    const last = heap.pop() as Timer;
    if (heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, heap[child] as Timer)) child++;
      const smaller = heap[child] as Timer;
      if (!before(smaller, last)) break;
      heap[index] = smaller;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

interface Timer {
  readonly due: number;
  readonly order: number;
  /** undefined: cancelled. */
  action: (() => void) | undefined;
}

const before = (a: Timer, b: Timer): boolean =>
  a.due < b.due || (a.due === b.due && a.order < b.order);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
