import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Counters } from "@gatehouse/edge/flows/counters";
import { TrackingFlow } from "@gatehouse/edge/flows/tracking/flow";
import { Book } from "@gatehouse/edge/store/book";
import { TrackingRules } from "@gatehouse/shared/contracts/facility";
import type { Clock } from "@gatehouse/shared/ports/clock";

/** The tracking of a facility without a camera. */
export const trackingWithoutCameras = (clock: Clock): TrackingFlow =>
  new TrackingFlow({
    book: new Book(":memory:"),
    clock,
    stopwatch: { read: () => clock.monotonic() },
    random: new SeededRandom(1),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    counters: new Counters(),
    cameras: [],
    spaces: [],
    timezone: "Europe/Berlin",
    calendar: { timezone: "Europe/Berlin", holidays: [] },
    currency: "EUR",
    rules: TrackingRules.parse({}),
    feeds: [],
    views: undefined,
    pictures: undefined,
    wire: undefined,
    observe: () => {},
    lose: () => {},
    changed: () => {},
  });
