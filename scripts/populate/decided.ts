import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Instant } from "@gatehouse/shared/time";
import { officeTokenBearer } from "../../cloud/src/domain/people/person.ts";
import type { AnyRule } from "../../cloud/src/domain/rules/rule-row.ts";
import type { Database } from "../../cloud/src/store/database.ts";
import { issueDirectives } from "../../cloud/src/store/directives.ts";
import { giveRules } from "../../cloud/src/store/rules/keep-rules.ts";
import { keepTariffVersion } from "../../cloud/src/store/rules/tariff-rows.ts";
import { pricesOf, tariffOf } from "./tariff-plan.ts";
import type { FacilityPlan } from "./plan.ts";
import { rulesOf } from "./rules-plan.ts";

/** What head office has decided for a facility when its history begins; they are its first directives, in this order. */
export interface Decided {
  readonly tariffs: readonly Tariff[];
  readonly rules: readonly AnyRule[];
}

/** @param random its own: the same seed decides the same */
export const decidedFor = (plan: FacilityPlan, begin: Instant, random: SeededRandom): Decided => ({
  tariffs: pricesOf(plan, begin).map((prices) =>
    tariffOf(prices, { currency: plan.card.currency, taxPercent: plan.taxPercent }),
  ),
  rules: rulesOf(plan, begin, random),
});

/** Sends it to a facility that has been told nothing yet, as head office does: all of it or nothing. */
export async function sendDecided(
  { drizzle }: Database,
  facilityId: string,
  { tariffs, rules }: Decided,
  now: Instant,
): Promise<void> {
  await drizzle.transaction(async (tx) => {
    const queries = { drizzle: tx };
    for (const tariff of tariffs) {
      const order = { kind: "tariff", body: tariff } as const;
      const number = await issueDirectives(queries, facilityId, [order], now);
      if (number === undefined) throw new Error(`${facilityId} is not enrolled`);
      await keepTariffVersion(queries, facilityId, tariff, { number, now, by: null });
    }
    await giveRules(queries, facilityId, rules, { now, who: officeTokenBearer.who });
  });
}
