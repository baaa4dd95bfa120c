import type { Complaint, Problem } from "@gatehouse/shared/contracts/problem";
import { checkTariff, type Tariff } from "@gatehouse/shared/contracts/tariff";
import {
  getTariff,
  listTariffs,
  publishTariff,
  setTariffNotice,
  withdrawTariff,
} from "@gatehouse/shared/contracts/v1/tariffs";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { openDesk } from "../../store/reports/desk.ts";
import { findTariff, readTariffsOf } from "../../store/rules/tariff-overview.ts";
import { orderNoticeDays, orderTariff, takeTariffBack } from "../../store/rules/tariff-orders.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { problems } from "../problems.ts";
import type { ReportPorts } from "../reports/asking.ts";

/** A facility's tariffs: which holds when, publishing one, and taking back one that is not in force yet. */
export function tariffRoutes({ database, clock, door, v1 }: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const put = v1.on(app);
  const deskAt = (facilityId: string) => openDesk(database, facilityId, clock.now());

  put(listTariffs, async ({ params }) => {
    const desk = await deskAt(params.facility_id);
    return desk === undefined ? refuse(problems.noFacility) : readTariffsOf(desk);
  });

  put(getTariff, async ({ params }) => {
    const desk = await deskAt(params.facility_id);
    if (desk === undefined) return refuse(problems.noFacility);
    const found = await findTariff(desk, params.tariff_id, Number(params.version));
    return found ?? refuse(problems.noSuchTariff);
  });

  put(publishTariff, async ({ c, params, body }) => {
    const desk = await deskAt(params.facility_id);
    if (desk === undefined) return refuse(problems.noFacility);
    const checked = checkForFacility(body.tariff, desk.about.currency);
    if ("complaints" in checked) return refuse(notATariff(checked.complaints));
    const asking = door.asking(c, body);
    const done = await orderTariff(database, placeOf(c), checked.tariff, body.draft_id, asking);
    return answerOutcome(done, ({ result }) => c.json(result as object, 201));
  });

  put(withdrawTariff, async ({ c, params, body }) => {
    const version = { tariff_id: params.tariff_id, version: Number(params.version) };
    const done = await takeTariffBack(database, placeOf(c), version, door.asking(c, body));
    return answerOutcome(done, ({ result }) => c.json(result as object, 201));
  });

  put(setTariffNotice, async ({ c, body }) => {
    const asking = door.asking(c, body);
    return answerOutcome(await orderNoticeDays(database, placeOf(c), body.notice_days, asking));
  });
  return app;
}

/** What is wrong with a tariff, also for this very facility. @param currency of the facility; empty where not told yet */
export function checkForFacility(
  written: unknown,
  currency: string,
): { readonly tariff: Tariff } | { readonly complaints: readonly Complaint[] } {
  const checked = checkTariff(written);
  const asked: unknown = Object(written)["currency"];
  if (currency === "" || asked === currency || typeof asked !== "string") return checked;
  const foreign = { path: "currency", message: `this facility takes ${currency}` };
  const others = "complaints" in checked ? checked.complaints : [];
  return { complaints: [...others.filter(({ path }) => path !== "currency"), foreign] };
}

/** A tariff's complaints as a problem: its paths begin at the request. */
export const notATariff = (complaints: readonly Complaint[]): Problem => ({
  ...problems.notUnderstood,
  errors: complaints.map(({ path, message }) => ({ path: `tariff.${path}`, message })),
});
