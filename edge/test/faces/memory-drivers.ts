import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Counters } from "@gatehouse/edge/flows/counters";
import { refusal } from "@gatehouse/edge/flows/desk";
import { DriversDesk } from "@gatehouse/edge/flows/money/drivers-desk";
import { SteadyTime } from "@gatehouse/edge/flows/steady-time";
import { Book } from "@gatehouse/edge/store/book";
import type { Clock } from "@gatehouse/shared/ports/clock";

/** What drivers see of a car park that nobody has come into, and where no gateway takes money. */
export function memoryDrivers(clock: Clock): DriversDesk {
  const book = new Book(":memory:");
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  return new DriversDesk({
    book,
    clock,
    log,
    random: new SeededRandom(1),
    counters: new Counters(),
    steady: new SteadyTime(book, clock, log),
    currency: "EUR",
    calendar: { timezone: "Europe/Berlin", holidays: [] },
    cashStep: 1,
    facilityName: "Parkhaus",
    gateways: [],
    offers: { offer: async () => refusal("no-such-gateway", "There is no such gateway.") },
    online: { enquire: async () => undefined },
  });
}
