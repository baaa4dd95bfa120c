import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { RegistryRules } from "@gatehouse/shared/contracts/registry";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import { Counters } from "@gatehouse/edge/flows/counters";
import { LoopWatch } from "@gatehouse/edge/flows/loop-watch";
import { Registry, type RegistryDeps } from "@gatehouse/edge/flows/registry";
import { SensorWatch } from "@gatehouse/edge/flows/sensor-watch";
import { Book } from "@gatehouse/edge/store/book";

/** A real registry over a book in memory, of devices that a test makes up. Not started: it looks when it is asked. */
export function memoryRegistry(
  reports: () => readonly DeviceReport[],
  more: Partial<RegistryDeps> = {},
): Registry {
  const book = more.book ?? new Book(":memory:");
  const clock = more.clock ?? new VirtualClock(instantOf("2026-06-01T05:30:00Z") as Instant);
  const random = new SeededRandom(7);
  const rules = more.rules ?? RegistryRules.parse({});
  const shared = { book, clock, random, rules };
  return new Registry({
    ...shared,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    counters: new Counters(),
    reports,
    sensors: () => [],
    doors: [],
    remedies: [],
    sensorWatch: new SensorWatch({ ...shared, spaces: [], words: () => [] }),
    loopWatch: new LoopWatch([]),
    ...more,
  });
}
