/** One thing that was looked at, as the doctor tells its checks. */
export interface ProbeCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to try when it failed. */
  readonly next?: string;
}

/** What a probe found, and what nobody can ask a device and a person must know. */
export interface Probed {
  readonly checks: readonly ProbeCheck[];
  readonly notes: readonly string[];
}

export const passed = (name: string, detail: string): ProbeCheck => ({ name, ok: true, detail });

export const failed = (name: string, detail: string, next: string): ProbeCheck => ({
  name,
  ok: false,
  detail,
  next,
});

export const together = (all: readonly Probed[]): Probed => ({
  checks: all.flatMap(({ checks }) => checks),
  notes: [...new Set(all.flatMap(({ notes }) => notes))],
});
