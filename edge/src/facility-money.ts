import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import type { PaymentTerminal } from "@gatehouse/shared/ports/terminal";
import type { HandOpening } from "./flows/desk.ts";
import type { LaneRoute } from "./flows/lane-route.ts";
import { type LaneMoney, laneMoney } from "./flows/money/lane-money.ts";
import type { MoneyDeps, MoneyListeners } from "./flows/money/money-deps.ts";
import { MoneyDesk } from "./flows/money/money-desk.ts";
import { PaymentFlow } from "./flows/money/payment.ts";
import { Refunds } from "./flows/money/refund-flow.ts";
import { endLeftOver } from "./flows/money/validations.ts";

export interface FacilityMoneyDeps {
  readonly config: FacilityConfig;
  readonly ports: FacilityPorts;
  readonly shared: Omit<MoneyDeps, "cashStep" | "also">;
  /** Papers, and whatever else follows a payment in its transaction. */
  readonly also: MoneyListeners;
  readonly lanes: () => readonly LaneRoute[];
  readonly open: (opening: HandOpening) => Promise<object>;
  readonly changed: () => void;
}

/** The wiring of everything that takes money or gives it back. */
export class FacilityMoney {
  /** Every card terminal by its id. */
  readonly terminals: ReadonlyMap<string, PaymentTerminal>;
  readonly payment: PaymentFlow;
  readonly lanes: LaneMoney;
  readonly desk: MoneyDesk;
  readonly #deps: MoneyDeps;
  readonly #refunds: Refunds;

  constructor({ config, ports, shared, also, lanes, open, changed }: FacilityMoneyDeps) {
    const rules = config.money;
    const deps: MoneyDeps = { ...shared, cashStep: rules.cash_step_minor, also };
    const terminals = terminalsOf(ports);
    this.terminals = terminals;
    this.#deps = deps;
    this.payment = new PaymentFlow({ ...deps, terminals });
    this.#refunds = new Refunds({ ...deps, rules, terminals });
    this.lanes = laneMoney(deps);
    this.desk = new MoneyDesk({
      ...deps,
      rules,
      payment: this.payment,
      refunds: this.#refunds,
      lanes,
      open,
      changed,
    });
  }

  /** What must happen now and then. @throws Fault `disk-full` */
  async upkeep(): Promise<void> {
    const { book, clock } = this.#deps;
    book.write((tx) => endLeftOver(tx, clock.now()), "plain");
    await this.#refunds.resolveAll();
  }
}

const terminalsOf = ({ lanes }: FacilityPorts): ReadonlyMap<string, PaymentTerminal> =>
  new Map(
    [...lanes.values()].flatMap(({ terminal }) =>
      terminal === undefined ? [] : [[terminal.id, terminal] as const],
    ),
  );
