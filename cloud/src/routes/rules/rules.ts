import { Hono } from "hono";
import type { OfficeEnv } from "../office-door.ts";
import type { ReportPorts } from "../reports/asking.ts";
import { accessRuleRoutes } from "./access-rules.ts";
import { tariffDraftRoutes } from "./tariff-drafts.ts";
import { tariffTrialRoutes } from "./tariff-trials.ts";
import { tariffRoutes } from "./tariffs.ts";

/** What head office decides for a facility: its prices, and who may park there. */
export function ruleRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.route("/", accessRuleRoutes(ports));
  app.route("/", tariffTrialRoutes(ports));
  app.route("/", tariffDraftRoutes(ports));
  app.route("/", tariffRoutes(ports));
  return app;
}
