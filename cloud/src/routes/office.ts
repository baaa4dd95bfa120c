import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { DirectiveIssued, DirectiveOrder } from "@gatehouse/shared/contracts/office";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { DaysAsked } from "./days-asked.ts";
import { type Database, isRefusedValue } from "../store/database.ts";
import { closeAlert, orderDirective } from "../store/people/office-orders.ts";
import { readFacility } from "../store/facility-detail.ts";
import { readBooks } from "../store/facility-money.ts";
import { readOverview } from "../store/overview.ts";
import { directiveRights } from "../domain/people/directive-rights.ts";
import { reachesOf } from "../domain/people/rights.ts";
import { answerOutcome } from "./people/outcome-answer.ts";
import { allows, placeOf, type OfficeDoor, type OfficeEnv } from "./office-door.ts";
import { orderMax, problems } from "./problems.ts";
import { readBody } from "./request-body.ts";

export interface OfficePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: OfficeDoor;
}

/** Which of them it takes, the kind of the directive tells. */
const sending = ["set-prices", "set-access", "send-notices", "plan-work"] as const;

/** What head office sees and decides. */
export function officeRoutes({ database, clock, door }: OfficePorts): Hono<OfficeEnv> {
  const { asks } = door;
  const app = new Hono<OfficeEnv>();
  const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });

  app.get("/api/overview", asks("see-facilities"), async (c) =>
    c.json(
      await readOverview(
        database,
        clock.now(),
        reachesOf(c.var.person, "see-facilities"),
        c.req.query("search"),
      ),
    ),
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
      const issued = await orderDirective(database, placeOf(c), read.body, door.asking(c));
      return answerOutcome(issued, ({ result }) => c.json(DirectiveIssued.parse(result), 201));
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
      const alertId = c.req.param("alert_id");
      return answerOutcome(await closeAlert(database, placeOf(c), alertId, door.asking(c)));
    },
  );
  return app;
}
