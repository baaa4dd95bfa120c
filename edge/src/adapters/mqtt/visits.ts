import type { DoorVisitor } from "@gatehouse/shared/ports/device-door";
import type { Instant } from "@gatehouse/shared/time";
import type { Reason } from "./refusals.ts";

interface Visit {
  lastSeen: Instant | undefined;
  messages: number;
  readonly refused: Partial<Record<Reason, number>>;
}

/** What each known client has done since the start, and who of them is shut out. Strangers leave no trace here. */
export class Visits {
  readonly #known: ReadonlySet<string>;
  readonly #visits = new Map<string, Visit>();
  #shutOut: ReadonlySet<string> = new Set();

  constructor(known: Iterable<string>) {
    this.#known = new Set(known);
  }

  knows(id: string): boolean {
    return this.#known.has(id);
  }

  isShutOut(id: string): boolean {
    return this.#shutOut.has(id);
  }

  /** @returns those that were not shut out before */
  shutOut(ids: ReadonlySet<string>): string[] {
    const fresh = [...ids].filter((id) => !this.#shutOut.has(id));
    this.#shutOut = new Set(ids);
    return fresh;
  }

  /** It came in, or said something. */
  saw(id: string, at: Instant, messages: 0 | 1): void {
    const visit = this.#of(id);
    if (visit === undefined) return;
    visit.lastSeen = at;
    visit.messages += messages;
  }

  /** @param id a client's, or an address: those are strangers' */
  refused(id: string, reason: Reason): void {
    const visit = this.#of(id);
    if (visit !== undefined) visit.refused[reason] = (visit.refused[reason] ?? 0) + 1;
  }

  all(isInside: (id: string) => boolean): DoorVisitor[] {
    return [...this.#visits].map(([id, { lastSeen, messages, refused }]) => ({
      id,
      isInside: isInside(id),
      lastSeen,
      messages,
      refused: { ...refused },
    }));
  }

  #of(id: string): Visit | undefined {
    if (!this.#known.has(id)) return undefined;
    const visit = this.#visits.get(id) ?? { lastSeen: undefined, messages: 0, refused: {} };
    this.#visits.set(id, visit);
    return visit;
  }
}
