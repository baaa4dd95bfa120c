import { Fault } from "@gatehouse/shared/fault";
import type { BrokerLimits } from "./limits.ts";

type Limits = Pick<BrokerLimits, "group" | "heldPerClient" | "held" | "heldRetryMs">;

interface Waiting<M> {
  readonly clientId: string;
  readonly message: M;
  readonly acknowledge: () => void;
}

export interface GroupEvents {
  onKept(messages: number): void;
  /** The disk is full: nothing is acknowledged until it has room. Told at each try that fails. */
  onFull(fault: Fault, first: boolean): void;
  onRoom(): void;
}

/**
 * Collects the messages of one turn of the event loop, keeps them in one call, and only then acknowledges each.
 *
 * While the disk is full they wait unacknowledged and keeping is tried again; a client that reconnects meanwhile
 * sends them once more, which the (boot, sequence) of a message makes harmless.
 */
export class DurableGroup<M> {
  readonly #keep: (messages: readonly M[]) => void;
  readonly #limits: Limits;
  readonly #events: GroupEvents;
  #waiting: Waiting<M>[] = [];
  readonly #ofClient = new Map<string, number>();
  #planned: NodeJS.Immediate | undefined;
  #retry: NodeJS.Timeout | undefined;
  #flushing = false;
  #full = false;

  /** @param keep returns when all are durable; throws a Fault when none is, anything else is a bug */
  constructor(keep: (messages: readonly M[]) => void, limits: Limits, events: GroupEvents) {
    this.#keep = keep;
    this.#limits = limits;
    this.#events = events;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns false when too many messages of this client or of all wait: this one was not taken */
  add(clientId: string, message: M, acknowledge: () => void): boolean {
    const ofClient = this.#ofClient.get(clientId) ?? 0;
    const { heldPerClient, held, group } = this.#limits;
    if (ofClient >= heldPerClient || this.#waiting.length >= held) return false;
    this.#ofClient.set(clientId, ofClient + 1);
    this.#waiting.push({ clientId, message, acknowledge });
    // An acknowledgement can make the client's next message arrive at once: the loop below sees it.
    if (this.#retry !== undefined || this.#flushing) return true;
    if (this.#waiting.length >= group) this.flush();
    else this.#planned ??= setImmediate(() => this.flush());
    return true;
  }

  /** Keeps and acknowledges all that waits, as far as the disk has room. */
  flush(): void {
    clearImmediate(this.#planned);
    clearTimeout(this.#retry);
    this.#planned = undefined;
    this.#retry = undefined;
    this.#flushing = true;
    while (this.#waiting.length > 0 && this.#retry === undefined) this.#keepNext();
    this.#flushing = false;
    if (!this.#full || this.#retry !== undefined) return;
    this.#full = false;
    this.#events.onRoom();
  }

  /** Drops what waits, unacknowledged: its senders still have it. */
  close(): void {
    clearImmediate(this.#planned);
    clearTimeout(this.#retry);
    this.#waiting = [];
    this.#ofClient.clear();
  }

  #keepNext(): void {
    const group = this.#waiting.slice(0, this.#limits.group);
    if (!this.#kept(group)) return;
    this.#waiting = this.#waiting.slice(group.length);
    for (const { clientId } of group) this.#forget(clientId);
    for (const { acknowledge } of group) acknowledge();
  }

  #kept(group: readonly Waiting<M>[]): boolean {
    try {
      this.#keep(group.map(({ message }) => message));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#events.onFull(error, !this.#full);
      this.#full = true;
      this.#retry = setTimeout(() => this.flush(), this.#limits.heldRetryMs);
      return false;
    }
    this.#events.onKept(group.length);
    return true;
  }

  #forget(clientId: string): void {
    const left = (this.#ofClient.get(clientId) ?? 1) - 1;
    if (left > 0) this.#ofClient.set(clientId, left);
    else this.#ofClient.delete(clientId);
  }
}
