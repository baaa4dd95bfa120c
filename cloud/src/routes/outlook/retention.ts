import { getRetention, setRetention } from "@gatehouse/shared/contracts/v1/outlook";
import { Hono } from "hono";
import { readRetention } from "../../store/retention/report.ts";
import { orderRetention } from "../../store/retention/settings.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { type ReportPorts, reportsAt } from "../reports/asking.ts";

/** How long what is kept. */
export function retentionRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const { database, door, v1 } = ports;
  const app = new Hono<OfficeEnv>();
  reportsAt(app, ports)(getRetention, (desk) => readRetention(desk));
  v1.on(app)(setRetention, async ({ c, body }) =>
    answerOutcome(await orderRetention(database, placeOf(c), body.settings, door.asking(c, body))),
  );
  return app;
}
