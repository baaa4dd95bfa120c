import type { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import { isoOf } from "@gatehouse/shared/time";
import type { Queries } from "../database.ts";
import type { Asking } from "../people/audited.ts";
import { deciderOf, keepGiven } from "./keep-rules.ts";
import { keepTariffVersion } from "./tariff-rows.ts";

/** What a directive decides stands in the registry too. @param number it has got */
export async function registerOrder(
  queries: Queries,
  facilityId: string,
  order: DirectiveOrder,
  number: number,
  { now, who, why }: Pick<Asking, "now" | "who" | "why">,
): Promise<void> {
  const by = deciderOf(who);
  if (order.kind === "notice" || order.kind === "work-order") return;
  if (order.kind === "tariff")
    await keepTariffVersion(queries, facilityId, order.body, { number, now, by, why });
  else await keepGiven(queries, facilityId, [order], { first: number, at: isoOf(now), by });
}
