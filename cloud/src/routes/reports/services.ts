import {
  DaysOverAsked,
  PageAsked,
  PaymentsAsked,
  PeriodAsked,
  SessionsAsked,
  VehicleAsked,
} from "@gatehouse/shared/contracts/reports/asked";
import { StoryAsked } from "@gatehouse/shared/contracts/reports/story";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { AnalyticsService } from "../../store/reports/analytics-service.ts";
import { readPayments } from "../../store/reports/payments.ts";
import { readPeakOccupancy } from "../../store/reports/peaks.ts";
import { readSessions } from "../../store/reports/sessions.ts";
import { readStory } from "../../store/reports/story.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { ofPeriod, paged, type ReportPorts, reportsAt } from "./asking.ts";

/** The nine services of the analytics backend, and the lists that their numbers open. */
export function serviceRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const at = reportsAt(app, ports);

  at("dashboard", "see-reports", PageAsked, (desk) =>
    new AnalyticsService(desk).getDashboardSummary(),
  );
  at("zones", "see-reports", PageAsked, (desk) => new AnalyticsService(desk).getZoneOccupancy());
  at("revenue", "see-money", PeriodAsked, (desk, asked) =>
    new AnalyticsService(desk).getRevenueReport(ofPeriod(desk, asked)),
  );
  at("peak-hours", "see-reports", DaysOverAsked, (desk, { days }) =>
    new AnalyticsService(desk).getPeakHours(days),
  );
  at("peak-occupancy", "see-reports", DaysOverAsked, (desk, { days }) =>
    readPeakOccupancy(desk, days ?? 7),
  );
  at("sessions/active", "see-sessions", PageAsked, async (desk, asked) =>
    paged(await new AnalyticsService(desk).getActiveSessions(asked)),
  );
  at("sessions/completed", "see-sessions", PageAsked, async (desk, asked) =>
    paged(await new AnalyticsService(desk).getCompletedSessions(asked)),
  );
  at("sessions", "see-sessions", SessionsAsked, async (desk, asked) =>
    paged(await readSessions(desk, asked)),
  );
  at(
    "session",
    "see-sessions",
    StoryAsked,
    async (desk, asked) =>
      (await readStory(desk, asked.session_id)) ?? refuse(problems.noSuchSession),
  );
  at("vehicle", "see-sessions", VehicleAsked, (desk, { plate }) =>
    new AnalyticsService(desk).getVehicleAnalytics(plate),
  );
  at("payments", "see-money", PeriodAsked, (desk, asked) =>
    new AnalyticsService(desk).getPaymentAnalytics(ofPeriod(desk, asked)),
  );
  at("payment-list", "see-money", PaymentsAsked, async (desk, asked) =>
    paged(await readPayments(desk, asked)),
  );
  at("slots", "see-reports", PeriodAsked, (desk, asked) =>
    new AnalyticsService(desk).getSlotUsage(ofPeriod(desk, asked)),
  );
  return app;
}
