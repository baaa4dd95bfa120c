import { getForecast } from "@gatehouse/shared/contracts/v1/outlook";
import { Hono } from "hono";
import { readForecast } from "../../store/outlook/forecast.ts";
import type { OfficeEnv } from "../office-door.ts";
import { type ReportPorts, reportsAt } from "../reports/asking.ts";
import { calendarRoutes } from "./calendar.ts";
import { retentionRoutes } from "./retention.ts";

/** What is coming, and what head office advises about it. */
export function outlookRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const at = reportsAt(app, ports);
  at(getForecast, (desk, { days }) => readForecast(desk, days ?? 7));
  app.route("/", calendarRoutes(ports));
  app.route("/", retentionRoutes(ports));
  return app;
}
