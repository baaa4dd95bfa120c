import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SensorHealth } from "@gatehouse/shared/ports/sensor-feed";
import { Fault } from "@gatehouse/shared/fault";
import { subjectsOfOpen } from "../store/alerts.ts";
import type { Book } from "../store/book.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";

/** A sensor whose battery must be changed. */
const batteryLow = "sensor-battery-low";

export interface SensorHealthDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly counters: Counters;
}

/** How the sensors are: a battery that runs out becomes an alert, a new one ends it. */
export class SensorHealthFlow implements Part {
  readonly name = "sensor health";
  readonly #deps: SensorHealthDeps;
  readonly #healths = new Map<string, SensorHealth>();
  /** Those whose alert is open. */
  #low = new Set<string>();

  constructor(deps: SensorHealthDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#low = subjectsOfOpen(this.#deps.book, batteryLow);
  }

  async stop(): Promise<void> {}

  /** What is known of a sensor since the daemon started; undefined before it has spoken. */
  of(sensorId: string): SensorHealth | undefined {
    return this.#healths.get(sensorId);
  }

  hear(health: SensorHealth): void {
    this.#healths.set(health.sensorId, health);
    const { sensorId, batteryLow: isLow } = health;
    if (isLow !== undefined && isLow !== this.#low.has(sensorId)) this.#tell(health, isLow);
  }

  #tell({ sensorId, space, batteryPercent, batteryVolts }: SensorHealth, isLow: boolean): void {
    const { book, clock, random, counters } = this.#deps;
    const now = clock.now();
    try {
      book.write((tx) => {
        if (!isLow) return clearAlert(tx, now, batteryLow, sensorId);
        const details = {
          ...(space !== undefined && { space }),
          ...(batteryPercent !== undefined && { battery_pct: batteryPercent }),
          ...(batteryVolts !== undefined && { battery_v: batteryVolts }),
        };
        return raiseAlert(tx, random, now, {
          type: batteryLow,
          subject: sensorId,
          severity: "warning",
          details,
        });
      });
    } catch (error) {
      // Its next message tries again.
      if (!(error instanceof Fault)) throw error;
      counters.count("writes_failed_total", { route: "sensor-health" });
      return;
    }
    if (isLow) this.#low.add(sensorId);
    else this.#low.delete(sensorId);
  }
}
