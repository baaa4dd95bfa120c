import {
  getDailyReport,
  getDwell,
  getFlow,
  getHourlyOccupancy,
  getKeyFigures,
  getOutcomes,
  getSpaceUtilization,
  getStaff,
  getSuccess,
  getTakingHours,
  getUsers,
  getWeek,
} from "@gatehouse/shared/contracts/v1/reports";
import { Hono } from "hono";
import { readDailyReport, readHourlyOccupancy } from "../../store/reports/days.ts";
import { readKeyFigures, readSuccess } from "../../store/reports/figures.ts";
import { readOutcomes } from "../../store/reports/outcomes.ts";
import { readStaff, readUsers } from "../../store/reports/people.ts";
import { readDwell, readFlow, readSpaceUtilization } from "../../store/reports/use.ts";
import { readTakingHours } from "../../store/reports/taking-hours.ts";
import { readWeek } from "../../store/reports/week.ts";
import type { OfficeEnv } from "../office-door.ts";
import { ofPeriod, type ReportPorts, reportsAt } from "./asking.ts";

/** The tracking guide's analytics on a whole facility, and those of the people there. */
export function analyticsRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const at = reportsAt(app, ports);

  at(getHourlyOccupancy, (desk, { date }) => readHourlyOccupancy(desk, date ?? desk.today));
  at(getTakingHours, (desk, { date }) => readTakingHours(desk, date ?? desk.today));
  at(getWeek, (desk, { days }) => readWeek(desk, days ?? 28));
  at(getDailyReport, (desk, { date }) => readDailyReport(desk, date ?? desk.today));
  at(getSpaceUtilization, (desk, { days }) => readSpaceUtilization(desk, days ?? 30));
  at(getDwell, (desk, asked) => readDwell(desk, ofPeriod(desk, asked)));
  at(getFlow, (desk, asked) => readFlow(desk, ofPeriod(desk, asked)));
  at(getStaff, (desk, asked) => readStaff(desk, ofPeriod(desk, asked)));
  at(getUsers, (desk, asked) => readUsers(desk, ofPeriod(desk, asked)));
  at(getKeyFigures, (desk, asked) => readKeyFigures(desk, ofPeriod(desk, asked)));
  at(getSuccess, (desk, asked) => readSuccess(desk, ofPeriod(desk, asked)));
  at(getOutcomes, (desk, asked) => readOutcomes(desk, ofPeriod(desk, asked)));
  return app;
}
