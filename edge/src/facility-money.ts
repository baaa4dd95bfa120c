import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import type { PaymentTerminal } from "@gatehouse/shared/ports/terminal";
import type { HandOpening } from "./flows/desk.ts";
import type { LaneRoute } from "./flows/lane-route.ts";
import { AccountsDesk } from "./flows/money/accounts-desk.ts";
import { DriversDesk } from "./flows/money/drivers-desk.ts";
import { type LaneMoney, laneMoney } from "./flows/money/lane-money.ts";
import { refundLate } from "./flows/money/late-payments.ts";
import type { MoneyDeps, MoneyListeners } from "./flows/money/money-deps.ts";
import { MoneyDesk } from "./flows/money/money-desk.ts";
import { OnFile } from "./flows/money/on-file.ts";
import { OnlineCallbacks } from "./flows/money/online-callbacks.ts";
import { OnlineMoney } from "./flows/money/online-offers.ts";
import { OnlinePayments } from "./flows/money/online-payments.ts";
import { settleOnline } from "./flows/money/online-settling.ts";
import { PaymentFlow } from "./flows/money/payment.ts";
import { Refunds } from "./flows/money/refund-flow.ts";
import { renewalPaid } from "./flows/money/renewal-crediting.ts";
import { Renewals } from "./flows/money/renewals.ts";
import { TopUps } from "./flows/money/top-ups.ts";
import { endLeftOver } from "./flows/money/validations.ts";
import { Terminals } from "./flows/terminals-desk.ts";
import type { FacilityTools } from "./facility-tools.ts";

export interface FacilityMoneyDeps {
  readonly config: FacilityConfig;
  readonly ports: FacilityPorts;
  readonly tools: FacilityTools;
  /** Papers, and whatever else follows a payment in its transaction. */
  readonly also: MoneyListeners;
  readonly lanes: () => readonly LaneRoute[];
  readonly open: (opening: HandOpening) => Promise<object>;
  readonly changed: () => void;
}

/** The wiring of everything that takes money or gives it back. */
export class FacilityMoney {
  /** Card terminals, for who looks after them. */
  readonly terminals: Terminals;
  readonly payment: PaymentFlow;
  readonly lanes: LaneMoney;
  readonly desk: MoneyDesk;
  readonly accounts: AccountsDesk;
  readonly drivers: DriversDesk;
  /** Means that their holders left with gateways. */
  readonly onFile: OnFile;
  /** What gateways call. */
  readonly callbacks: OnlineCallbacks;
  readonly #deps: MoneyDeps;
  readonly #rules: MoneyRules;
  readonly #refunds: Refunds;
  readonly #online: OnlineMoney;
  readonly #renewals: Renewals;
  readonly #topUps: TopUps;
  readonly #lanes: () => readonly LaneRoute[];

  constructor({ config, ports, tools, also, lanes, open, changed }: FacilityMoneyDeps) {
    const rules = config.money;
    this.#lanes = lanes;
    const deps: MoneyDeps = {
      ...tools,
      cashStep: rules.cash_step_minor,
      also: {
        ...also,
        paid: {
          ...also.paid,
          renewal: renewalPaid(tools),
        },
        captured: (tx, payment, at) => {
          also.captured?.(tx, payment, at);
          const { paymentMethod, sessionId } = payment;
          if (paymentMethod === "online" && sessionId !== null)
            tx.afterCommit(() => void this.#letGo(sessionId));
        },
      },
    };
    const terminals = terminalsOf(ports);
    const gateways = ports.gateways ?? [];
    const onlineDeps = {
      ...tools,
      gateways: new Map(gateways.map(({ gateway }) => [gateway.name, gateway])),
      settle: settleOnline(deps),
    };
    const online = new OnlinePayments(onlineDeps);
    this.callbacks = new OnlineCallbacks(onlineDeps, online);
    this.#online = new OnlineMoney({
      ...deps,
      rules,
      facilityName: config.facility.name,
      online,
      returnUrls: new Map(gateways.map(({ gateway, returnUrl }) => [gateway.name, returnUrl])),
    });
    this.drivers = new DriversDesk({
      ...deps,
      facilityName: config.facility.name,
      gateways: gateways.map(({ gateway }) => gateway.name),
      offers: this.#online,
      online,
    });
    const charging = { ...deps, online };
    this.onFile = new OnFile(charging);
    this.#renewals = new Renewals(charging, this.onFile);
    this.#topUps = new TopUps(charging, this.onFile);
    this.terminals = new Terminals({ ...tools, terminals: [...terminals.values()] });
    this.#deps = deps;
    this.#rules = rules;
    this.payment = new PaymentFlow({ ...deps, terminals });
    this.#refunds = new Refunds({ ...deps, rules, terminals, online });
    this.lanes = laneMoney(deps, this.onFile);
    this.accounts = new AccountsDesk({
      ...deps,
      renewals: this.#renewals,
      topUps: this.#topUps,
      changed,
    });
    this.desk = new MoneyDesk({
      ...deps,
      rules,
      payment: this.payment,
      terminals,
      refunds: this.#refunds,
      online: this.#online,
      lanes,
      open,
      changed,
    });
  }

  /** Somebody paid by phone: a vehicle that stands at an exit meanwhile leaves, and its terminal asks no more. */
  async #letGo(sessionId: string): Promise<void> {
    for (const lane of this.#lanes()) lane.standDown?.(sessionId);
    if (!(await this.payment.release(sessionId))) return;
    for (const lane of this.#lanes()) lane.resume?.(sessionId, { kind: "system", id: "phone" });
  }

  /** What must happen now and then. @throws Fault `disk-full` */
  async upkeep(): Promise<void> {
    const { book, clock } = this.#deps;
    book.write((tx) => endLeftOver(tx, clock.now()), "plain");
    await this.callbacks.handleAll();
    await this.#online.resolveAll();
    await this.onFile.settleAll();
    await this.#renewals.renewDue();
    await this.#topUps.loadDue();
    if (this.#rules.refund_late_payments) await refundLate(this.#deps, this.#refunds);
    await this.#refunds.resolveAll();
  }
}

const terminalsOf = ({ lanes }: FacilityPorts): ReadonlyMap<string, PaymentTerminal> =>
  new Map(
    [...lanes.values()].flatMap(({ terminal }) =>
      terminal === undefined ? [] : [[terminal.id, terminal] as const],
    ),
  );
