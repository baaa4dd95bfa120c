import type { PeriodAsked } from "@gatehouse/shared/contracts/reports/asked";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { AnswerOf, QueryOf, V1Route } from "@gatehouse/shared/contracts/v1/route";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import type { Hono } from "hono";
import type { Database } from "../../store/database.ts";
import { daysOver, openDesk, type ReportDesk } from "../../store/reports/desk.ts";
import type { OfficeDoor, OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import type { V1Call, V1Desk } from "../v1/v1-desk.ts";

export interface ReportPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Pick<OfficeDoor, "asking">;
  readonly v1: V1Desk;
}

/** So many days where nobody says which. */
const usualDays = 30;

/** Puts a report of a facility where its route says (`reportRoute`). */
export type PutReport = <Route extends V1Route>(
  route: Route,
  answer: (
    desk: ReportDesk,
    asked: QueryOf<Route>,
    call: V1Call<Route>,
  ) => Promise<AnswerOf<Route> | Response>,
) => void;

export function reportsAt(app: Hono<OfficeEnv>, { database, clock, v1 }: ReportPorts): PutReport {
  const put = v1.on(app);
  return (route, answer) =>
    put(route, async (call) => {
      const { c, query } = call;
      const desk = await openDesk(database, c.req.param("facility_id") ?? "", clock.now());
      return desk === undefined ? refuse(problems.noFacility) : answer(desk, query, call);
    });
}

/** The days that are asked for, or the last 30 that are over. */
export const ofPeriod = (desk: ReportDesk, { from, to }: PeriodAsked): Period =>
  from === undefined || to === undefined ? daysOver(desk, usualDays) : { from, to };

/** A page, or what to do about a cursor that is none of ours. */
export const paged = <Page extends object>(page: Page | undefined): Page | Response =>
  page ?? refuse({ ...problems.notUnderstood, errors: [notOurs] });

const notOurs = { path: "cursor", message: "write the next_cursor of the page before" };
