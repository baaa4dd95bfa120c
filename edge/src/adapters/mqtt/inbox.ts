import type { Instant } from "@gatehouse/shared/time";
import { DurableGroup, type GroupEvents } from "./durable-group.ts";
import type { BrokerLimits } from "./limits.ts";
import type { Reason } from "./refusals.ts";

/** A device's message, as it came in. */
export interface Arrival {
  readonly clientId: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly at: Instant;
}

/** Takes a message at once. @returns why it is none of ours */
export type Inbox = (arrival: Arrival) => Reason | undefined;

/** One inbox a client. */
export class Inboxes {
  readonly #inboxes = new Map<string, Inbox>();

  /** @returns ends it */
  open(clientId: string, inbox: Inbox): () => void {
    this.#inboxes.set(clientId, inbox);
    return () => {
      if (this.#inboxes.get(clientId) === inbox) this.#inboxes.delete(clientId);
    };
  }

  deliver(arrival: Arrival): Reason | undefined {
    const inbox = this.#inboxes.get(arrival.clientId);
    return inbox === undefined ? "unknown_device" : inbox(arrival);
  }
}

/** Several takers of one client's messages; each hears all of them. */
export class SharedInboxes {
  readonly #inboxes = new Map<string, Set<Inbox>>();

  /** @returns ends it */
  open(clientId: string, inbox: Inbox): () => void {
    const takers = this.#inboxes.get(clientId) ?? new Set<Inbox>();
    this.#inboxes.set(clientId, takers.add(inbox));
    return () => void takers.delete(inbox);
  }

  /** @returns why a taker says that it is none of its own */
  deliver(arrival: Arrival): Reason | undefined {
    const takers = [...(this.#inboxes.get(arrival.clientId) ?? [])];
    if (takers.length === 0) return "unknown_device";
    return takers.map((take) => take(arrival)).find((reason) => reason !== undefined);
  }
}

/** Takes the messages that are acknowledged only when they are durable. */
export interface DurableInbox<Message> {
  read(arrival: Arrival): { readonly message: Message } | { readonly refused: Reason };
  /** Returns when all are durable. @throws Fault `disk-full` when none is; they are handed over again later */
  keep(messages: readonly Message[]): void;
}

/** A durable inbox with the group that fills it. */
export interface Intake {
  readonly waiting: number;
  /** @returns why it is refused; otherwise `acknowledge` is called when the message is durable */
  take(arrival: Arrival, acknowledge: () => void): Reason | undefined;
  flush(): void;
  close(): void;
}

export function intakeOf<Message>(
  inbox: DurableInbox<Message>,
  limits: BrokerLimits,
  events: GroupEvents,
): Intake {
  const group = new DurableGroup<Message>((messages) => inbox.keep(messages), limits, events);
  return {
    get waiting() {
      return group.waiting;
    },
    take: (arrival, acknowledge) => {
      const read = inbox.read(arrival);
      if ("refused" in read) return read.refused;
      return group.add(arrival.clientId, read.message, acknowledge) ? undefined : "in_flight";
    },
    flush: () => group.flush(),
    close: () => group.close(),
  };
}
