import { Qlobber } from "qlobber";

interface Message {
  readonly topic: string;
}
type Done = (error?: Error | null) => void;
type Listener<M> = (message: M, done: () => void) => void;

/**
 * Carries messages from publishers to subscribers inside the broker: aedes' `mq` option.
 *
 * The emitter that aedes brings recurses once for each waiting message that a finished one releases, so a
 * subscriber who leaves while many messages wait for him overflows the stack and the process dies. Here one
 * loop starts every message: a listener that finishes at once, or emits, only finds the loop already running.
 *
 * Messages start in the order emitted, at most `atOnce` are with their listeners, and at most `waiting` wait.
 */
export class TopicEmitter<M extends Message = Message> {
  readonly #topics = new Qlobber<Listener<M>>({
    separator: "/",
    wildcard_one: "+",
    wildcard_some: "#",
    match_empty_levels: true,
  });
  readonly #queue = new Queue<{ readonly message: M; readonly done: Done }>();
  readonly #atOnce: number;
  readonly #waiting: number;
  #current = 0;
  #starting = false;
  #resumes = false;
  #closed = false;

  constructor(limits: { readonly atOnce: number; readonly waiting: number }) {
    this.#atOnce = limits.atOnce;
    this.#waiting = limits.waiting;
  }

  /** Messages with their listeners now. */
  get current(): number {
    return this.#current;
  }

  /** Messages that wait. */
  get length(): number {
    return this.#queue.length;
  }

  on(filter: string, listener: Listener<M>, done?: () => void): this {
    this.#topics.add(filter, listener);
    if (done !== undefined) setImmediate(done);
    return this;
  }

  /** Takes effect in the next turn of the event loop, as aedes expects. */
  removeListener(filter: string, listener: Listener<M>, done?: () => void): this {
    setImmediate(() => {
      this.#topics.remove(filter, listener);
      done?.();
    });
    return this;
  }

  removeAllListeners(filter: string, done?: () => void): this {
    this.#topics.remove(filter);
    if (done !== undefined) setImmediate(done);
    return this;
  }

  /** `done` is called once, when every listener has finished, or with an error when the message was not taken. */
  emit(message: M, done: Done = () => {}): this {
    if (this.#closed) done(new Error("the emitter is closed"));
    else if (this.#queue.length >= this.#waiting) done(new Error(tooManyWaiting));
    else {
      this.#queue.push({ message, done });
      this.#startWaiting();
    }
    return this;
  }

  /** Nothing more is taken; what waits is still delivered. */
  close(done: () => void): this {
    this.#closed = true;
    setImmediate(done);
    return this;
  }

  #startWaiting(): void {
    if (this.#starting) return;
    this.#starting = true;
    try {
      for (let started = 0; this.#current < this.#atOnce; started += 1) {
        if (started === turn) return this.#resumeLater();
        const next = this.#queue.shift();
        if (next === undefined) return;
        this.#start(next.message, next.done);
      }
    } finally {
      this.#starting = false;
    }
  }

  #start(message: M, done: Done): void {
    const listeners = this.#topics.match(message.topic);
    let unfinished = listeners.length;
    if (unfinished === 0) return done();
    this.#current += 1;
    const finished = (): void => {
      unfinished -= 1;
      if (unfinished > 0) return;
      this.#current -= 1;
      done();
      this.#startWaiting();
    };
    for (const listener of listeners) listener.call(this, message, finished);
  }

  #resumeLater(): void {
    if (this.#resumes) return;
    this.#resumes = true;
    setImmediate(() => {
      this.#resumes = false;
      this.#startWaiting();
    });
  }
}

export const tooManyWaiting = "too many messages wait for delivery";

/** Messages started before the event loop gets its turn. */
const turn = 1000;

/** First in, first out, both in constant time on average. */
class Queue<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head >= compactFrom && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

const compactFrom = 1024;
