import {
  getActiveSessions,
  getCompletedSessions,
  getDashboard,
  getPaymentAnalytics,
  getPayments,
  getPeakHours,
  getPeakOccupancy,
  getRevenue,
  getSession,
  getSessions,
  getSlots,
  getVehicle,
  getZones,
} from "@gatehouse/shared/contracts/v1/reports";
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

  at(getDashboard, (desk) => new AnalyticsService(desk).getDashboardSummary());
  at(getZones, (desk) => new AnalyticsService(desk).getZoneOccupancy());
  at(getRevenue, (desk, asked) =>
    new AnalyticsService(desk).getRevenueReport(ofPeriod(desk, asked)),
  );
  at(getPeakHours, (desk, { days }) => new AnalyticsService(desk).getPeakHours(days));
  at(getPeakOccupancy, (desk, { days }) => readPeakOccupancy(desk, days ?? 7));
  at(getActiveSessions, async (desk, asked) =>
    paged(await new AnalyticsService(desk).getActiveSessions(asked)),
  );
  at(getCompletedSessions, async (desk, asked) =>
    paged(await new AnalyticsService(desk).getCompletedSessions(asked)),
  );
  at(getSessions, async (desk, asked) => paged(await readSessions(desk, asked)));
  at(
    getSession,
    async (desk, asked) =>
      (await readStory(desk, asked.session_id)) ?? refuse(problems.noSuchSession),
  );
  at(getVehicle, (desk, { plate }) => new AnalyticsService(desk).getVehicleAnalytics(plate));
  at(getPaymentAnalytics, (desk, asked) =>
    new AnalyticsService(desk).getPaymentAnalytics(ofPeriod(desk, asked)),
  );
  at(getPayments, async (desk, asked) => paged(await readPayments(desk, asked)));
  at(getSlots, (desk, asked) => new AnalyticsService(desk).getSlotUsage(ofPeriod(desk, asked)));
  return app;
}
