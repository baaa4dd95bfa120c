import { checkTariffDraft, replayTariff, testStays } from "@gatehouse/shared/contracts/v1/tariffs";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { tryStay } from "../../domain/rules/draft-trial.ts";
import { openDesk } from "../../store/reports/desk.ts";
import { ownHolidays, replaySessions } from "../../store/rules/replay-sessions.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { ofPeriod, type ReportPorts } from "../reports/asking.ts";
import { checkForFacility, notATariff } from "./tariffs.ts";

/** What a draft would do, before anybody is told of it; nothing is changed. */
export function tariffTrialRoutes({ database, clock, v1 }: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const put = v1.on(app);
  const deskAt = (facilityId: string) => openDesk(database, facilityId, clock.now());

  put(checkTariffDraft, async ({ params, body }) => {
    const desk = await deskAt(params.facility_id);
    if (desk === undefined) return refuse(problems.noFacility);
    const checked = checkForFacility(body.tariff, desk.about.currency);
    return { complaints: "complaints" in checked ? [...checked.complaints] : [] };
  });

  put(testStays, async ({ params, body }) => {
    const desk = await deskAt(params.facility_id);
    if (desk === undefined) return refuse(problems.noFacility);
    const checked = checkForFacility(body.tariff, desk.about.currency);
    if ("complaints" in checked)
      return { currency: null, complaints: [...checked.complaints], stays: [] };
    const { tariff } = checked;
    const zone = { timezone: desk.timezone, holidays: await ownHolidays(desk) };
    const stays = body.stays.map((stay) => tryStay(tariff, zone, stay));
    return { currency: tariff.currency, complaints: [], stays };
  });

  put(replayTariff, async ({ params, body }) => {
    const desk = await deskAt(params.facility_id);
    if (desk === undefined) return refuse(problems.noFacility);
    const { tariff, ...days } = body;
    const checked = checkForFacility(tariff, desk.about.currency);
    if ("complaints" in checked) return refuse(notATariff(checked.complaints));
    const told = await replaySessions(desk, checked.tariff, ofPeriod(desk, days));
    return told ?? refuse(problems.tooManyStays);
  });
  return app;
}
