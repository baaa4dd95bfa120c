import { DateAsked, DaysOverAsked, PeriodAsked } from "@gatehouse/shared/contracts/reports/asked";
import { Hono } from "hono";
import { readDailyReport, readHourlyOccupancy } from "../../store/reports/days.ts";
import { readKeyFigures, readSuccess } from "../../store/reports/figures.ts";
import { readOutcomes } from "../../store/reports/outcomes.ts";
import { readStaff, readUsers } from "../../store/reports/people.ts";
import { readDwell, readFlow, readSpaceUtilization } from "../../store/reports/use.ts";
import type { OfficeEnv } from "../office-door.ts";
import { ofPeriod, type ReportPorts, reportsAt } from "./asking.ts";

/** The tracking guide's analytics on a whole facility, and those of the people there. */
export function analyticsRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const at = reportsAt(app, ports);

  at("hourly-occupancy", "see-reports", DateAsked, (desk, { date }) =>
    readHourlyOccupancy(desk, date ?? desk.today),
  );
  at("daily", "see-money", DateAsked, (desk, { date }) =>
    readDailyReport(desk, date ?? desk.today),
  );
  at("space-utilization", "see-reports", DaysOverAsked, (desk, { days }) =>
    readSpaceUtilization(desk, days ?? 30),
  );
  at("dwell", "see-reports", PeriodAsked, (desk, asked) => readDwell(desk, ofPeriod(desk, asked)));
  at("flow", "see-reports", PeriodAsked, (desk, asked) => readFlow(desk, ofPeriod(desk, asked)));
  at("staff", "see-people", PeriodAsked, (desk, asked) => readStaff(desk, ofPeriod(desk, asked)));
  at("users", "see-reports", PeriodAsked, (desk, asked) => readUsers(desk, ofPeriod(desk, asked)));
  at("kpis", "see-money", PeriodAsked, (desk, asked) =>
    readKeyFigures(desk, ofPeriod(desk, asked)),
  );
  at("success", "see-reports", PeriodAsked, (desk, asked) =>
    readSuccess(desk, ofPeriod(desk, asked)),
  );
  at("outcomes", "see-money", PeriodAsked, (desk, asked) =>
    readOutcomes(desk, ofPeriod(desk, asked)),
  );
  return app;
}
