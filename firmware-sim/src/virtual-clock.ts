import { check } from "@gatehouse/shared/check";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Duration, Instant } from "@gatehouse/shared/time";

/**
 * The clock of one machine in time that moves only when a test moves it. Wall time may be stepped; monotonic
 * time never is, and begins anew only with a power cut.
 */
export class VirtualClock implements Clock {
  readonly #start: Instant;
  readonly #world: World;
  #stepped = 0;
  #poweredOn: number;
  #boot = 1;

  constructor(start: Instant, world = new World()) {
    this.#start = start;
    this.#world = world;
    this.#poweredOn = world.passed;
  }

  /** The clock of another machine in the same world: its own wall time, steps and boots, the same timers. */
  beside(): VirtualClock {
    return new VirtualClock(this.#start, this.#world);
  }

  now(): Instant {
    return (this.#start + this.#world.passed + this.#stepped) as Instant;
  }

  monotonic(): Duration {
    return (this.#world.passed - this.#poweredOn) as Duration;
  }

  get bootId(): string {
    return `boot-${this.#boot}`;
  }

  /** Timers of the whole world that are not yet due, cancelled ones included until their time comes. */
  get waiting(): number {
    return this.#world.waiting;
  }

  /** Moves wall time by so many milliseconds, forward or back; timers do not notice. */
  stepWall(byMs: number): void {
    this.#stepped += Math.round(byMs);
  }

  /** The machine lost its power and comes up again: another boot, monotonic time from 0. */
  cutPower(): void {
    this.#boot++;
    this.#poweredOn = this.#world.passed;
  }

  after(delay: Duration, action: () => void): () => void {
    return this.#world.after(delay, action);
  }

  sleep(delay: Duration): Promise<void> {
    return new Promise((resolve) => void this.#world.after(delay, resolve));
  }

  /**
   * Lets a call leave virtual time, for a real server for example: time stands still until it has ended,
   * so its answer always arrives at the same virtual moment.
   */
  whileStill<T>(call: () => Promise<T>): Promise<T> {
    return this.#world.whileStill(call);
  }

  /** Runs every timer due within `span`; promises settle before and after each moment. @returns timers run */
  advance(span: Duration): Promise<number> {
    return this.#world.advance(span);
  }
}

/** A heap of timers, run in the order of their due time, equal ones in the order they were set. */
class World {
  /** Milliseconds since the world began. */
  passed = 0;
  #order = 0;
  readonly #heap: Timer[] = [];
  readonly #inFlight = new Set<Promise<unknown>>();

  get waiting(): number {
    return this.#heap.length;
  }

  after(delay: Duration, action: () => void): () => void {
    const due = this.passed + Math.max(0, Math.ceil(delay));
    const timer: Timer = { due, order: this.#order++, action };
    this.#push(timer);
    return () => {
      timer.action = undefined;
    };
  }

  whileStill<T>(call: () => Promise<T>): Promise<T> {
    const running = call();
    this.#inFlight.add(running);
    const forget = (): void => void this.#inFlight.delete(running);
    running.then(forget, forget);
    return running;
  }

  async advance(span: Duration): Promise<number> {
    const end = this.passed + span;
    let count = 0;
    await this.#settle();
    for (let next = this.#heap[0]; next !== undefined && next.due <= end; next = this.#heap[0]) {
      this.passed = next.due;
      count += this.#runDue();
      await this.#settle();
    }
    check(this.passed <= end, "only one caller moves virtual time");
    this.passed = end;
    return count;
  }

  #runDue(): number {
    let count = 0;
    while (this.#heap[0]?.due === this.passed) {
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
