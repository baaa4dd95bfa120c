import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Agenda } from "./agenda.ts";
import type { ChainedLedger } from "./chained-ledger.ts";
import type { FacilityPlan } from "./plan.ts";
import type { PriceList } from "./tariff-plan.ts";

/** What everybody who tells of a facility's past writes with; `random` is each one's own. */
export interface Past {
  readonly plan: FacilityPlan;
  /** What stays cost, from when on. */
  readonly prices: readonly PriceList[];
  readonly ledger: ChainedLedger;
  readonly random: SeededRandom;
  readonly agenda: Agenda;
}
