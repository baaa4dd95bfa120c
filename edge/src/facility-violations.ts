import type { FacilityConfig, SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import type { PaidListener } from "./flows/money/money-deps.ts";
import { FraudWatch } from "./flows/money/fraud.ts";
import { settleViolation } from "./flows/money/violation-settling.ts";
import { ViolationsDesk } from "./flows/money/violations-desk.ts";
import { ViolationWatch } from "./flows/money/violations.ts";
import { lookAtOverstays } from "./flows/overstay.ts";
import type { SteadyTime } from "./flows/steady-time.ts";
import type { Book } from "./store/book.ts";

interface ViolationTools {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly steady: SteadyTime;
  readonly currency: string;
  readonly spaces: readonly SpaceSpec[];
  readonly pictures: ReadPictures | undefined;
  readonly changed: () => void;
}

/** The wiring of what breaks the facility's rules: who finds it, who decides about it, who hears that it is paid. */
export class FacilityViolations {
  readonly desk: ViolationsDesk;
  /** For payments whose purpose is a violation. */
  readonly paid: PaidListener;
  readonly #look: () => Promise<void>;

  constructor(config: FacilityConfig, tools: ViolationTools) {
    const { book, clock, random, steady, spaces } = tools;
    const rules = config.violations;
    const deps = { ...tools, rules, timezone: config.facility.timezone };
    const watch = new ViolationWatch(deps);
    const bySpace = new Map(spaces.map((space) => [space.spaceId, space]));
    const overstay = { book, random, rules: rules.overstay, spaces: bySpace };
    const fraud = new FraudWatch({ ...tools, rules: config.fraud });
    this.desk = new ViolationsDesk(deps);
    this.paid = (tx, payment, amount, at) => settleViolation(tx, deps, payment, amount, at);
    this.#look = async () => {
      lookAtOverstays(overstay, clock.now(), steady.now());
      await watch.look();
      fraud.look();
    };
  }

  /** What must happen now and then. @throws Fault `disk-full` */
  upkeep(): Promise<void> {
    return this.#look();
  }
}
