import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { DaysAsked } from "./days-asked.ts";
import { resolveAlert } from "../store/alerts.ts";
import { type Database, isRefusedValue } from "../store/database.ts";
import { issueDirective } from "../store/directives.ts";
import { readFacility } from "../store/facility-detail.ts";
import { readBooks } from "../store/facility-money.ts";
import { readOverview } from "../store/overview.ts";
import { directiveRights } from "../domain/people/directive-rights.ts";
import { allows, type Asks, type OfficeEnv } from "./office-door.ts";
import { orderMax, problems } from "./problems.ts";
import { readBody } from "./request-body.ts";

export interface OfficePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly asks: Asks;
}

/** Which of them it takes, the kind of the directive tells. */
const sending = ["set-prices", "set-access", "send-notices"] as const;

/** What head office sees and decides. */
export function officeRoutes({ database, clock, asks }: OfficePorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });

  app.get("/api/overview", asks("see-facilities"), async (c) =>
    c.json(await readOverview(database, clock.now(), c.req.query("search"))),
  );

  app.get("/api/facilities/:facility_id", asks("see-facilities"), async (c) => {
    const facility = await readFacility(database, c.req.param("facility_id"), clock.now());
    return facility === undefined ? refuse(problems.noFacility) : c.json(facility);
  });

  app.get("/api/facilities/:facility_id/books", asks("see-money"), async (c) => {
    const { from, to } = c.req.query();
    const asked = DaysAsked.safeParse({ from, to });
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const days = asked.data.from === undefined ? undefined : asked.data;
    const books = await readBooks(database, c.req.param("facility_id"), days, clock.now());
    return books === undefined ? refuse(problems.noFacility) : c.json(books);
  });

  app.post("/api/facilities/:facility_id/directives", asks(...sending), inBounds, async (c) => {
    const read = await readBody(c.req, DirectiveOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const right = directiveRights[read.body.kind];
    if (!allows(c, right)) return refuse(problems.notAllowed([right]));
    try {
      const id = c.req.param("facility_id");
      const number = await issueDirective(database, id, read.body, clock.now());
      return number === undefined ? refuse(problems.noFacility) : c.json({ number }, 201);
    } catch (error) {
      if (isRefusedValue(error)) return refuse(problems.notStorable);
      throw error;
    }
  });

  app.post(
    "/api/facilities/:facility_id/alerts/:alert_id/resolve",
    asks("close-alerts"),
    inBounds,
    async (c) => {
      const { facility_id, alert_id } = c.req.param();
      const isResolved = await resolveAlert(database, facility_id, alert_id, clock.now());
      return isResolved ? c.body(null, 204) : refuse(problems.noSuchAlert);
    },
  );
  return app;
}
