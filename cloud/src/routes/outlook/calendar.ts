import {
  CalendarKept,
  EventOrder,
  EventTold,
  HolidayOrder,
} from "@gatehouse/shared/contracts/reports/outlook";
import { PageAsked } from "@gatehouse/shared/contracts/reports/asked";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import {
  type CalendarOrdering,
  orderEvent,
  orderHoliday,
  removeEvent,
  removeHoliday,
} from "../../store/outlook/calendar-orders.ts";
import { readEvents, readHolidays } from "../../store/outlook/calendar.ts";
import { type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { orderMax, problems } from "../problems.ts";
import { type ReportPorts, reportsAt } from "../reports/asking.ts";
import { readBody } from "../request-body.ts";

const facility = "/v1/facilities/:facility_id";

/** The public holidays and events that head office keeps for a facility. */
export function calendarRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const { database, door } = ports;
  const app = new Hono<OfficeEnv>();
  const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });
  const orderingOf = (
    c: Context<OfficeEnv>,
    body?: { readonly request_id: string },
  ): CalendarOrdering => ({ database, ...placeOf(c), asking: door.asking(c, body) });

  reportsAt(app, ports)("calendar", "see-reports", PageAsked, async (desk) =>
    CalendarKept.parse({
      about: desk.about,
      holidays: await readHolidays(desk),
      events: await readEvents(desk, new Date(0)),
    }),
  );

  app.post(`${facility}/holidays`, door.asks("make-reports"), inBounds, async (c) => {
    const read = await readBody(c.req, HolidayOrder);
    if (read.kind === "problem") return refuse(read.problem);
    return answerOutcome(await orderHoliday(orderingOf(c, read.body), read.body));
  });

  app.delete(`${facility}/holidays/:day`, door.asks("make-reports"), async (c) => {
    const day = z.iso.date().safeParse(c.req.param("day"));
    if (!day.success) return refuse(problems.noSuchHoliday);
    return answerOutcome(await removeHoliday(orderingOf(c), day.data));
  });

  app.post(`${facility}/events`, door.asks("make-reports"), inBounds, async (c) => {
    const read = await readBody(c.req, EventOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const kept = await orderEvent(orderingOf(c, read.body), read.body);
    return answerOutcome(kept, ({ result }) => c.json(EventTold.parse(result), 201));
  });

  app.delete(`${facility}/events/:event_id`, door.asks("make-reports"), async (c) =>
    answerOutcome(await removeEvent(orderingOf(c), c.req.param("event_id"))),
  );
  return app;
}
