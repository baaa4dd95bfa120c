import {
  getAdvice,
  getForecast,
  getSustainability,
  setSearchTime,
} from "@gatehouse/shared/contracts/v1/outlook";
import { Hono } from "hono";
import { readAdvice } from "../../store/outlook/advice.ts";
import { readForecast } from "../../store/outlook/forecast.ts";
import { orderSearchTime, readSustainability } from "../../store/outlook/sustainability.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { ofPeriod, type ReportPorts, reportsAt } from "../reports/asking.ts";
import { calendarRoutes } from "./calendar.ts";
import { retentionRoutes } from "./retention.ts";

/** Four whole weeks: every hour of the week comes as often as every other. */
const usualDays = 28;

/** What is coming, what head office advises about it, and what stays kept. */
export function outlookRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const { database, door, v1 } = ports;
  const app = new Hono<OfficeEnv>();
  const at = reportsAt(app, ports);
  at(getForecast, (desk, { days }) => readForecast(desk, days ?? 7));
  at(getAdvice, (desk, { days }) => readAdvice(desk, days ?? usualDays));
  at(getSustainability, (desk, asked) => readSustainability(desk, ofPeriod(desk, asked)));
  v1.on(app)(setSearchTime, async ({ c, body }) =>
    answerOutcome(await orderSearchTime(database, placeOf(c), body.settings, door.asking(c, body))),
  );
  app.route("/", calendarRoutes(ports));
  app.route("/", retentionRoutes(ports));
  return app;
}
