import type { Instant } from "@gatehouse/shared/time";

/** `left`: it took its leave, as a sensor does before it sleeps; `lost`: it was cut off, or says it is offline. */
export type Presence = "here" | "left" | "lost";

export interface PresenceChange {
  readonly clientId: string;
  readonly presence: Presence;
  readonly at: Instant;
}
export type PresenceListener = (change: PresenceChange) => void;

/** Which devices are connected; each change is told once. */
export class Presences {
  readonly #of = new Map<string, Presence>();
  readonly #listeners = new Set<PresenceListener>();
  #here = 0;

  get here(): number {
    return this.#here;
  }

  of(clientId: string): Presence | undefined {
    return this.#of.get(clientId);
  }

  set(clientId: string, presence: Presence, at: Instant): void {
    const before = this.#of.get(clientId);
    if (before === presence || (before === "lost" && presence === "left")) return;
    if (before === "here") this.#here -= 1;
    if (presence === "here") this.#here += 1;
    this.#of.set(clientId, presence);
    for (const listener of this.#listeners) listener({ clientId, presence, at });
  }

  listen(listener: PresenceListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Forgets all, and tells nobody. */
  clear(): void {
    this.#of.clear();
    this.#here = 0;
  }
}
