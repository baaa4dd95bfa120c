import type { RegistryRules, RemedyAction } from "@gatehouse/shared/contracts/registry";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { DeviceDoor } from "@gatehouse/shared/ports/device-door";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Remedy } from "@gatehouse/shared/ports/remedy";
import { elapsed, hours, type Instant, minutes } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import type { Counters } from "./counters.ts";
import type { DeviceLife } from "./device-life.ts";

export interface RemediesDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: Counters;
  readonly rules: RegistryRules;
  readonly reports: () => readonly DeviceReport[];
  readonly doors: readonly DeviceDoor[];
  readonly remedies: readonly Remedy[];
}

/** A device gets so long to come back by itself. */
const unwellFor = minutes(5);

/** Tries what may be tried by itself: named acts, each at most a few times an hour, each in the ledger. */
export class Remedies {
  readonly #deps: RemediesDeps;
  readonly #remedies: readonly Remedy[];
  /** When each act was tried of each device, monotonic; those of the last hour. */
  readonly #tried = new Map<string, number[]>();

  constructor(deps: RemediesDeps) {
    this.#deps = deps;
    const { doors, remedies, rules } = deps;
    this.#remedies = [reconnectClient(doors), ...remedies].filter(({ action }) =>
      rules.remedies.includes(action),
    );
  }

  /** Once a minute. Resolves when everything that was begun has ended. */
  async look(lives: ReadonlyMap<string, DeviceLife>): Promise<void> {
    const { clock, reports } = this.#deps;
    const now = clock.now();
    const all = reports();
    const unwell = all.filter(({ id, state }) => {
      const row = lives.get(id)?.row;
      const isAway = state === "stale" || state === "offline";
      if (!isAway || row?.standing !== "approved") return false;
      return elapsed(row.healthSince as Instant, now) >= unwellFor;
    });
    if (unwell.length === 0) return;
    for (const remedy of this.#remedies) {
      for (const patient of remedy.patients(unwell, all)) {
        if (this.#mayTry(remedy.action, patient)) await this.#try(remedy, patient);
      }
    }
  }

  #mayTry(action: RemedyAction, deviceId: string): boolean {
    const { clock, rules } = this.#deps;
    const now = clock.monotonic();
    const key = `${action} ${deviceId}`;
    const recent = (this.#tried.get(key) ?? []).filter((at) => now - at < hours(1));
    const last = recent.at(-1);
    const isTooSoon = last !== undefined && now - last < unwellFor;
    if (isTooSoon || recent.length >= rules.remedies_per_hour) return false;
    this.#tried.set(key, [...recent, now]);
    return true;
  }

  async #try(remedy: Remedy, deviceId: string): Promise<void> {
    const { book, clock, log, counters } = this.#deps;
    const { action } = remedy;
    const told = await outcomeOf(remedy, deviceId);
    log.warn("remedy-tried", { action, device: deviceId, ...told });
    counters.count("remedies_total", { action, outcome: told.outcome });
    try {
      book.write(
        (tx) =>
          tx.append(clock.now(), {
            type: "remedy-tried",
            body: { device_id: deviceId, action, because: "it did not come back", ...told },
          }),
        "plain",
      );
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      counters.count("writes_failed_total", { route: "remedies" });
    }
  }
}

async function outcomeOf(remedy: Remedy, deviceId: string) {
  try {
    const outcome = (await remedy.apply(deviceId)) ? ("done" as const) : ("nothing-to-do" as const);
    return { outcome, detail: "" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { outcome: "failed" as const, detail: error.message };
  }
}

/** A client that is connected and says nothing: half open, or hanging. It must come anew. */
const reconnectClient = (doors: readonly DeviceDoor[]): Remedy => ({
  action: "reconnect-client",
  patients: (unwell) => {
    const inside = new Set(
      doors.flatMap((door) =>
        door.visitors().flatMap(({ id, isInside }) => (isInside ? [id] : [])),
      ),
    );
    return unwell.flatMap(({ id }) => (inside.has(id) ? [id] : []));
  },
  apply: async (deviceId) => doors.some((door) => door.putOut(deviceId)),
});
