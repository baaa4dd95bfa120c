import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Counters } from "@gatehouse/edge/flows/counters";
import { refusal } from "@gatehouse/edge/flows/desk";
import { AccountsDesk } from "@gatehouse/edge/flows/money/accounts-desk";
import { DriversDesk } from "@gatehouse/edge/flows/money/drivers-desk";
import { MoneyDesk } from "@gatehouse/edge/flows/money/money-desk";
import { OnFile } from "@gatehouse/edge/flows/money/on-file";
import { OnlinePayments } from "@gatehouse/edge/flows/money/online-payments";
import { settleOnline } from "@gatehouse/edge/flows/money/online-settling";
import { PaymentFlow } from "@gatehouse/edge/flows/money/payment";
import { Refunds } from "@gatehouse/edge/flows/money/refund-flow";
import { Renewals } from "@gatehouse/edge/flows/money/renewals";
import { TopUps } from "@gatehouse/edge/flows/money/top-ups";
import { SteadyTime } from "@gatehouse/edge/flows/steady-time";
import { Book } from "@gatehouse/edge/store/book";
import { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import type { Clock } from "@gatehouse/shared/ports/clock";

export interface MemoryMoney {
  readonly money: MoneyDesk;
  readonly accounts: AccountsDesk;
  readonly drivers: DriversDesk;
}

/** The desks of money over an empty book, without terminals, gateways or lanes: nobody has come in yet. */
export function memoryMoney(clock: Clock): MemoryMoney {
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
  const changed = (): void => {};
  const offers = { offer: async () => refusal("no-such-gateway", "There is no such gateway.") };
  const gateways = { ...deps, gateways: new Map(), settle: settleOnline(deps) };
  const charging = { ...deps, online: new OnlinePayments(gateways) };
  const onFile = new OnFile(charging);
  const accounts = new AccountsDesk({
    ...deps,
    renewals: new Renewals(charging, onFile),
    topUps: new TopUps(charging, onFile),
    changed,
  });
  const money = new MoneyDesk({
    ...deps,
    payment: new PaymentFlow(deps),
    refunds: new Refunds(deps),
    online: offers,
    lanes: () => [],
    open: async () => ({}),
    changed,
  });
  const drivers = new DriversDesk({
    ...deps,
    facilityName: "Parkhaus",
    gateways: [],
    offers,
    online: { enquire: async () => undefined },
  });
  return { money, accounts, drivers };
}
