import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Counters } from "@gatehouse/edge/flows/counters";
import { refusal } from "@gatehouse/edge/flows/desk";
import { MoneyDesk } from "@gatehouse/edge/flows/money/money-desk";
import { PaymentFlow } from "@gatehouse/edge/flows/money/payment";
import { Refunds } from "@gatehouse/edge/flows/money/refund-flow";
import { SteadyTime } from "@gatehouse/edge/flows/steady-time";
import { Book } from "@gatehouse/edge/store/book";
import { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import type { Clock } from "@gatehouse/shared/ports/clock";

/** The desk of money over an empty book, without terminals or lanes. */
export function memoryMoney(clock: Clock): MoneyDesk {
  const book = new Book(":memory:");
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const rules = MoneyRules.parse({});
  const deps = {
    book,
    clock,
    log,
    random: new SeededRandom(1),
    counters: new Counters(),
    steady: new SteadyTime(book, clock, log),
    currency: "EUR",
    calendar: { timezone: "Europe/Berlin", holidays: [] },
    cashStep: 1,
    rules,
    terminals: new Map(),
  };
  return new MoneyDesk({
    ...deps,
    payment: new PaymentFlow(deps),
    refunds: new Refunds(deps),
    online: { offer: async () => refusal("no-such-gateway", "There is no such gateway.") },
    lanes: () => [],
    open: async () => ({}),
    changed: () => {},
  });
}
