import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import type { PeriodAsked } from "@gatehouse/shared/contracts/reports/asked";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import type { Hono } from "hono";
import type { z } from "zod";
import { type Database, isRefusedValue } from "../../store/database.ts";
import { daysOver, openDesk, type ReportDesk } from "../../store/reports/desk.ts";
import type { OfficeDoor, OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";

export interface ReportPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Pick<OfficeDoor, "asks" | "asking">;
}

/** So many days where nobody says which. */
const usualDays = 30;

/** Puts a report at `/v1/facilities/{facility_id}/reports/{path}`: its right, what may be asked, and its answer. */
export type PutReport = <T>(
  path: string,
  right: Right,
  contract: z.ZodType<T>,
  answer: (desk: ReportDesk, asked: T) => Promise<object>,
) => void;

export function reportsAt(app: Hono<OfficeEnv>, { database, clock, door }: ReportPorts): PutReport {
  return (path, right, contract, answer) => {
    app.get(`/v1/facilities/:facility_id/reports/${path}`, door.asks(right), async (c) => {
      const asked = contract.safeParse(c.req.query());
      if (!asked.success)
        return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
      const desk = await openDesk(database, c.req.param("facility_id"), clock.now());
      if (desk === undefined) return refuse(problems.noFacility);
      try {
        const told = await answer(desk, asked.data);
        c.header("cache-control", "no-store");
        return told instanceof Response ? told : c.json(told);
      } catch (error) {
        // A day that the calendar of PostgreSQL does not have, a character that it cannot hold.
        if (isRefusedValue(error)) return refuse(problems.notUnderstood);
        throw error;
      }
    });
  };
}

/** The days that are asked for, or the last 30 that are over. */
export const ofPeriod = (desk: ReportDesk, { from, to }: PeriodAsked): Period =>
  from === undefined || to === undefined ? daysOver(desk, usualDays) : { from, to };

/** A page, or what to do about a cursor that is none of ours. */
export const paged = (page: object | undefined): object =>
  page ?? refuse({ ...problems.notUnderstood, errors: [notOurs] });

const notOurs = { path: "cursor", message: "write the next_cursor of the page before" };
