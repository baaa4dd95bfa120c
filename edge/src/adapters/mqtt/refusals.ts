import type { Log } from "@gatehouse/shared/ports/log";

/** Why the broker refused something; each is counted as `refused_<reason>`. */
export const reasons = [
  /** Too many connections at once, or too many new ones a second. */
  "connections",
  "connect_rate",
  /** Too many bytes, or too long, before the login. */
  "before_login",
  /** Unknown device, wrong password, or client id and user name differ. */
  "login",
  /** A technician, or a rule, has shut the device out. */
  "shut_out",
  "keep_alive",
  /** Bytes that are no MQTT 3.1.1. */
  "malformed",
  "packet_size",
  "topic_levels",
  "rate",
  /** Another device's topic, or one that only the facility may use. */
  "acl",
  /** No topic of ours. */
  "unknown_topic",
  "retained",
  "not_json",
  "schema",
  /** A device that has no place in this facility's configuration. */
  "unknown_device",
  /** The part that keeps such messages does not run (yet). */
  "not_ready",
  /** Too many of the client's messages wait unacknowledged. */
  "in_flight",
  /** Too many messages wait for subscribers. */
  "overload",
] as const;
export type Reason = (typeof reasons)[number];

/** Ends a client's connection; already counted where it was made. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(`refused: ${reason}`);
    this.reason = reason;
  }
}

/** Counts refusals, and logs the first of each reason and then at most one a minute with the number since. */
export class Refusals {
  readonly #log: Log;
  readonly #counts = new Map<Reason, number>(reasons.map((reason) => [reason, 0]));
  readonly #logged = new Map<Reason, { readonly atMs: number; readonly count: number }>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** @param who client id or address */
  note(reason: Reason, who: string): void {
    const count = (this.#counts.get(reason) ?? 0) + 1;
    this.#counts.set(reason, count);
    const last = this.#logged.get(reason);
    const nowMs = performance.now();
    if (last !== undefined && nowMs - last.atMs < quietMs) return;
    this.#logged.set(reason, { atMs: nowMs, count });
    this.#log.warn("mqtt-refused", { reason, client: who, since_last: count - (last?.count ?? 0) });
  }

  counters(): Record<string, number> {
    return Object.fromEntries(
      [...this.#counts].map(([reason, count]) => [`refused_${reason}`, count]),
    );
  }
}

const quietMs = 60_000;
