/** What was refused of a device within the last minutes, by reason. */
export type Refused = Readonly<Record<string, number>>;

export type Misconduct = "topic-violations" | "rate-anomaly" | "login-refused";

/** So many within the window are no mistake of the network. */
const limits = { acl: 5, rate: 3, login: 10 } as const;

/** The window over which refusals are summed, in minutes. */
export const conductMinutes = 10;

/** What a device's refusals of the last `conductMinutes` come to; the worst of it. */
export function misconductOf({ acl = 0, rate = 0, login = 0 }: Refused): Misconduct | undefined {
  if (acl >= limits.acl) return "topic-violations";
  if (rate >= limits.rate) return "rate-anomaly";
  return login >= limits.login ? "login-refused" : undefined;
}

/**
 * What follows. Wrong passwords may be somebody else's tries at the device's name, so they never shut the device
 * itself out; and what a lane needs is never taken from it by a rule: a technician decides.
 */
export const consequenceOf = (
  misconduct: Misconduct,
  device: { readonly isOfLane: boolean },
): "quarantine" | "alert" =>
  misconduct === "login-refused" || device.isOfLane ? "alert" : "quarantine";

/** Sums refusals over the last minutes of one device. */
export class ConductWindow {
  readonly #minutes: Refused[] = [];
  #last: Refused | undefined;

  /** Takes what was refused since the start of the daemon, once a minute. @returns the sum over the window */
  take(sinceStart: Refused): Refused {
    const last = this.#last ?? {};
    const fresh = Object.entries(sinceStart).map(
      ([reason, count]) => [reason, Math.max(0, count - (last[reason] ?? 0))] as const,
    );
    this.#last = sinceStart;
    this.#minutes.push(Object.fromEntries(fresh));
    if (this.#minutes.length > conductMinutes) this.#minutes.shift();
    return this.#sum();
  }

  /** What was is forgiven: only what follows counts. */
  forget(): void {
    this.#minutes.length = 0;
  }

  #sum(): Refused {
    const sums: Record<string, number> = {};
    for (const minute of this.#minutes)
      for (const [reason, count] of Object.entries(minute))
        sums[reason] = (sums[reason] ?? 0) + count;
    return sums;
  }
}
