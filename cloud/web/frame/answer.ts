import type { Problem } from "@gatehouse/shared/contracts/problem";
import { type Signal, signal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { ask, type Contract, type Told } from "../../../shared/web/ask.ts";
import { retryWaitMs } from "../../../shared/web/retry-wait.ts";
import { changed, loginEnded, retryWaits } from "../connection.ts";

/** An answer that is shown is asked for anew so often, however quiet it is. */
const longestPauseMs = 60_000;
/** However fast things change, not more often than this. */
const shortestPauseMs = 5000;

/** What head office has said to a question so far. */
export interface Answer<T> {
  /** The last good answer; it stays while it is asked for anew and while nobody answers. */
  readonly value: T | undefined;
  /** How far it can be trusted. `refused` and `broken` are about the last question; `value` may be an older answer. */
  readonly state: "loading" | "here" | "offline" | "refused" | "broken";
  /** The value answers the question before this one: it is shown dimmed. */
  readonly isFormer: boolean;
  /** `performance.now()` when the value came. */
  readonly cameAtMs: number;
  /** Why it was refused. */
  readonly problem: Problem | undefined;
  /** Asks once more, at once. */
  readonly again: () => void;
}

/** How often something is asked for while it is shown. */
export type Pace = "live" | "minute" | "once";

type Kept<T> = Omit<Answer<T>, "again">;

const nothingYet: Kept<never> = {
  value: undefined,
  state: "loading",
  isFormer: false,
  cameAtMs: 0,
  problem: undefined,
};

/**
 * Asks head office, and again when something has changed there, and after a minute. The old answer stays until the new
 * one is here. Nothing is asked any more when the page is left.
 *
 * @param path undefined asks nothing (yet)
 * @param pace `live`: asked again when something has changed there, and each minute; `minute`: each minute; `once`
 */
export function useAnswer<T>(
  path: string | undefined,
  contract: Contract<T>,
  pace: Pace = "live",
): Answer<T> {
  const kept = useMemo(() => signal<Kept<T>>(nothingYet), []);
  const asker = useMemo(
    () => (path === undefined ? undefined : new Asker(path, contract, kept, pace)),
    [path],
  );
  useEffect(() => {
    asker?.begin();
    return () => asker?.end();
  }, [asker]);
  useSignalEffect(() => {
    const facilityIds = changed.value;
    asker?.hear(facilityIds);
  });
  return { ...kept.value, again: () => asker?.again() };
}

/** One question, asked for as long as its answer is shown. */
class Asker<T> {
  readonly #path: string;
  readonly #contract: Contract<T>;
  readonly #kept: Signal<Kept<T>>;
  readonly #pace: Pace;
  readonly #facilityId: string | undefined;
  #stop = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #isBehind = false;
  #askedAtMs = 0;
  #failures = 0;

  constructor(path: string, contract: Contract<T>, kept: Signal<Kept<T>>, pace: Pace) {
    this.#path = path;
    this.#contract = contract;
    this.#kept = kept;
    this.#pace = pace;
    const named = /\/facilities\/([^/?]+)/.exec(path)?.[1];
    this.#facilityId = named === undefined ? undefined : decodeURIComponent(named);
  }

  begin(): void {
    this.#stop = new AbortController();
    const { value } = this.#kept.peek();
    this.#kept.value = { ...this.#kept.peek(), state: "loading", isFormer: value !== undefined };
    void this.#ask();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  again(): void {
    void this.#ask();
  }

  /** Something has changed at these facilities; an empty id is any of them. */
  hear(facilityIds: readonly string[]): void {
    if (this.#pace !== "live" || this.#askedAtMs === 0 || this.#failures > 0) return;
    const isMine =
      facilityIds.includes("") ||
      (this.#facilityId === undefined
        ? facilityIds.length > 0
        : facilityIds.includes(this.#facilityId));
    if (!isMine) return;
    // The answer under way may have been made before the change.
    if (this.#isAsking) this.#isBehind = true;
    else this.#plan(shortestPauseMs - (performance.now() - this.#askedAtMs));
  }

  #plan(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), Math.max(0, waitMs));
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    clearTimeout(this.#timer);
    const stop = this.#stop;
    this.#isAsking = true;
    this.#isBehind = false;
    this.#askedAtMs = performance.now();
    const told = await ask("GET", this.#path, this.#contract, undefined, {}, stop.signal);
    this.#isAsking = false;
    if (stop.signal.aborted) return;
    this.#take(told);
  }

  #take(told: Told<T>): void {
    if (told.kind === "refused" && told.problem.status === 401) return loginEnded();
    const isAway =
      told.kind === "unreachable" || (told.kind === "refused" && told.problem.status >= 500);
    if (isAway) {
      const waitMs = retryWaitMs(this.#failures, retryWaits);
      this.#failures += 1;
      this.#kept.value = { ...this.#kept.peek(), state: "offline" };
      return this.#plan(waitMs);
    }
    this.#failures = 0;
    if (told.kind === "ok")
      this.#kept.value = {
        value: told.value,
        state: "here",
        isFormer: false,
        cameAtMs: performance.now(),
        problem: undefined,
      };
    else
      this.#kept.value = {
        ...this.#kept.peek(),
        state: told.kind === "refused" ? "refused" : "broken",
        problem: told.kind === "refused" ? told.problem : undefined,
      };
    if (this.#pace !== "once" && told.kind === "ok")
      this.#plan(this.#isBehind ? shortestPauseMs : longestPauseMs);
  }
}
