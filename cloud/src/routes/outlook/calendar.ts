import { CalendarKept, EventTold } from "@gatehouse/shared/contracts/reports/outlook";
import {
  deleteEvent,
  deleteHoliday,
  getCalendar,
  keepEvent,
  keepHoliday,
} from "@gatehouse/shared/contracts/v1/outlook";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
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
import { problems } from "../problems.ts";
import { type ReportPorts, reportsAt } from "../reports/asking.ts";

/** The public holidays and events that head office keeps for a facility. */
export function calendarRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const { database, door, v1 } = ports;
  const app = new Hono<OfficeEnv>();
  const put = v1.on(app);
  const orderingOf = (
    c: Context<OfficeEnv>,
    body?: { readonly request_id: string },
  ): CalendarOrdering => ({ database, ...placeOf(c), asking: door.asking(c, body) });

  reportsAt(app, ports)(getCalendar, async (desk) =>
    CalendarKept.parse({
      about: desk.about,
      holidays: await readHolidays(desk),
      events: await readEvents(desk, new Date(0)),
    }),
  );

  put(keepHoliday, async ({ c, body }) =>
    answerOutcome(await orderHoliday(orderingOf(c, body), body)),
  );

  put(deleteHoliday, async ({ c, params }) => {
    const day = z.iso.date().safeParse(params.day);
    if (!day.success) return refuse(problems.noSuchHoliday);
    return answerOutcome(await removeHoliday(orderingOf(c), day.data));
  });

  put(keepEvent, async ({ c, body }) =>
    answerOutcome(await orderEvent(orderingOf(c, body), body), ({ result }) =>
      c.json(EventTold.parse(result), 201),
    ),
  );

  put(deleteEvent, async ({ c, params }) =>
    answerOutcome(await removeEvent(orderingOf(c), params.event_id)),
  );
  return app;
}
