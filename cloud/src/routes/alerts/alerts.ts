import { Acknowledge, alertStates } from "@gatehouse/shared/contracts/alerts/at-office";
import { alertTopics, tiers } from "@gatehouse/shared/contracts/alerts/tiers";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { z } from "zod";
import { may, reachesOf } from "../../domain/people/rights.ts";
import { acknowledgeAlert } from "../../store/alerts/acknowledge.ts";
import { readAlert } from "../../store/alerts/detail.ts";
import { readAlerts } from "../../store/alerts/list.ts";
import type { Database } from "../../store/database.ts";
import { visibleFacilityIds } from "../../store/people/visible-facilities.ts";
import { allows, type OfficeDoor, type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { inBounds } from "../people/people-ports.ts";
import { problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { nameOf } from "./name-of.ts";

export interface AlertPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: OfficeDoor;
}

const text = z.string().min(1).max(100).optional();
const moment = z.iso.datetime({ offset: true }).optional();
const Asked = z.object({
  state: z.enum(["now", ...alertStates, "all"]).default("now"),
  tier: z.enum(tiers).optional(),
  type: text,
  topic: z.enum(alertTopics).optional(),
  facility: text,
  from: moment,
  until: moment,
  cursor: z.string().max(500).optional(),
});

/** Alerts of every facility that one may see: listed, opened, looked after. */
export function alertRoutes({ database, clock, door }: AlertPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();

  app.get("/api/alerts", door.asks("see-facilities"), async (c) => {
    const asked = Asked.safeParse(c.req.query());
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const visible = await visibleFacilityIds(database, reachesOf(c.var.person, "see-facilities"));
    const page = await readAlerts(database, visible, asked.data, clock.now());
    return page === undefined ? refuse(problems.notUnderstood) : c.json(page);
  });

  app.get(
    "/api/facilities/:facility_id/alerts/:alert_id",
    door.asks("see-facilities"),
    async (c) => {
      const { facility_id, alert_id } = c.req.param();
      const { organisationId } = placeOf(c);
      const place = { kind: "organisation", organisationId } as const;
      const withTold = may(c.var.person, "set-notifications", place);
      const alert = await readAlert(database, facility_id, alert_id, { withTold });
      if (alert === undefined) return refuse(problems.noSuchAlert);
      // What a line says of vehicles and money is for whoever may see sessions.
      return c.json(allows(c, "see-sessions") ? alert : { ...alert, lines: [] });
    },
  );

  app.post(
    "/api/facilities/:facility_id/alerts/:alert_id/acknowledge",
    door.asks("close-alerts"),
    inBounds,
    async (c) => {
      const read = await readBody(c.req, Acknowledge);
      if (read.kind === "problem") return refuse(read.problem);
      const by = await nameOf(database, c.var.person);
      const word = { by, note: read.body.note };
      const asking = door.asking(c, read.body);
      const alertId = c.req.param("alert_id");
      return answerOutcome(await acknowledgeAlert(database, placeOf(c), alertId, word, asking));
    },
  );
  return app;
}
