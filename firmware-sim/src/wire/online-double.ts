import type { Part } from "@gatehouse/shared/part";
import type { Instant } from "@gatehouse/shared/time";
import type { OnlineBank } from "./online-bank.ts";
import type { OnlineServer } from "./online-server.ts";

/** An event that waits to be delivered, as it was when it happened. */
export interface QueuedEvent {
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

/** How a callback is signed; left out: rightly, now. */
export interface Signing {
  /** One signature each, while a secret is changed. */
  readonly secrets?: readonly string[];
  readonly at?: Instant;
}

export interface SignedCallback {
  readonly body: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A simulated payment gateway: its API on a port, its money, and the callbacks that it would send. */
export interface OnlineDouble extends Part {
  readonly server: OnlineServer;
  readonly bank: OnlineBank;
  /** Oldest first; whoever delivers them may take, repeat and swap them. */
  readonly events: QueuedEvent[];
  /** How the gateway's names of refunds and disputes begin. */
  readonly prefixes: { readonly refund: string; readonly dispute: string };
  sign(event: QueuedEvent, signing?: Signing): SignedCallback;
}

/** Sends a callback to a door. @returns its status, or undefined when nobody answered in time */
export async function sendCallback(
  url: string,
  { body, headers }: SignedCallback,
  timeoutMs = 5000,
): Promise<number | undefined> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: "POST", body: Buffer.from(body), headers, signal });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof Error && error.name === "TimeoutError")) {
      return undefined;
    }
    throw error;
  }
}
