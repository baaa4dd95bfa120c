import type { z } from "zod";
import {
  DailyReport,
  DwellReport,
  FlowReport,
  HourlyOccupancy,
  SpaceUtilization,
  StaffAnalytics,
  TakingHours,
  UserAnalytics,
  WeekPattern,
} from "../reports/analytics.ts";
import {
  DateAsked,
  DaysOverAsked,
  PageAsked,
  PaymentsAsked,
  PeriodAsked,
  SessionsAsked,
  VehicleAsked,
} from "../reports/asked.ts";
import { FigureReport, OutcomeReport } from "../reports/figures.ts";
import {
  ActiveSessions,
  DashboardSummary,
  PaymentAnalytics,
  PaymentPage,
  PeakHours,
  PeakOccupancy,
  RevenueReport,
  SessionPage,
  SlotUsage,
  VehicleAnalytics,
  ZoneOccupancy,
} from "../reports/services.ts";
import { SessionStory, StoryAsked } from "../reports/story.ts";
import type { Right } from "../rights-at-office.ts";
import { NoQuery, takes } from "./route.ts";

/**
 * A report of a facility: `GET /v1/facilities/{facility_id}/reports/{path}`.
 *
 * @param id its name, as in `V1Route`
 */
export const reportRoute = <
  const Id extends string,
  const Path extends string,
  Query extends z.ZodType,
  Answer extends z.ZodType<object>,
>(
  id: Id,
  path: Path,
  right: Right,
  summary: string,
  { query, answer }: { readonly query: Query; readonly answer: Answer },
) =>
  ({
    id,
    method: "GET",
    path: `/v1/facilities/{facility_id}/reports/${path}` as const,
    area: "Reports",
    summary,
    access: takes(right),
    query,
    answer,
  }) as const;

export const getDashboard = reportRoute(
  "getDashboard",
  "dashboard",
  "see-reports",
  "The present, and the present day at the facility.",
  { query: NoQuery, answer: DashboardSummary },
);
export const getZones = reportRoute(
  "getZones",
  "zones",
  "see-reports",
  "Each zone as it stands now.",
  { query: NoQuery, answer: ZoneOccupancy },
);
export const getRevenue = reportRoute(
  "getRevenue",
  "revenue",
  "see-money",
  "Takings of some days by method, zone and day, and what went back.",
  { query: PeriodAsked, answer: RevenueReport },
);
export const getPeakHours = reportRoute(
  "getPeakHours",
  "peak-hours",
  "see-reports",
  "When vehicles come in.",
  { query: DaysOverAsked, answer: PeakHours },
);
export const getPeakOccupancy = reportRoute(
  "getPeakOccupancy",
  "peak-occupancy",
  "see-reports",
  "When spaces are full.",
  { query: DaysOverAsked, answer: PeakOccupancy },
);
export const getActiveSessions = reportRoute(
  "getActiveSessions",
  "sessions/active",
  "see-sessions",
  "The vehicles inside, the longest first.",
  { query: PageAsked, answer: ActiveSessions },
);
export const getCompletedSessions = reportRoute(
  "getCompletedSessions",
  "sessions/completed",
  "see-sessions",
  "The sessions that ended, the newest first.",
  { query: PageAsked, answer: SessionPage },
);
export const getSessions = reportRoute(
  "getSessions",
  "sessions",
  "see-sessions",
  "The sessions that a number counts, the newest first.",
  { query: SessionsAsked, answer: SessionPage },
);
export const getSession = reportRoute(
  "getSession",
  "session",
  "see-sessions",
  "One session opened whole, told from the lines of its ledger.",
  { query: StoryAsked, answer: SessionStory },
);
export const getVehicle = reportRoute(
  "getVehicle",
  "vehicle",
  "see-sessions",
  "What one vehicle did and paid here.",
  { query: VehicleAsked, answer: VehicleAnalytics },
);
export const getPaymentAnalytics = reportRoute(
  "getPaymentAnalytics",
  "payments",
  "see-money",
  "How payments went on some days, and the last ten.",
  { query: PeriodAsked, answer: PaymentAnalytics },
);
export const getPayments = reportRoute(
  "getPayments",
  "payment-list",
  "see-money",
  "The payments that a number counts, the newest first.",
  { query: PaymentsAsked, answer: PaymentPage },
);
export const getSlots = reportRoute(
  "getSlots",
  "slots",
  "see-reports",
  "How much each space was used, the one with the most stays first.",
  { query: PeriodAsked, answer: SlotUsage },
);
export const getHourlyOccupancy = reportRoute(
  "getHourlyOccupancy",
  "hourly-occupancy",
  "see-reports",
  "A day by its hours.",
  { query: DateAsked, answer: HourlyOccupancy },
);
export const getTakingHours = reportRoute(
  "getTakingHours",
  "taking-hours",
  "see-money",
  "What was taken in each hour of a day.",
  { query: DateAsked, answer: TakingHours },
);
export const getWeek = reportRoute(
  "getWeek",
  "week",
  "see-reports",
  "An average week by its hours: entries, and how full it was.",
  { query: DaysOverAsked, answer: WeekPattern },
);
export const getDailyReport = reportRoute(
  "getDailyReport",
  "daily",
  "see-money",
  "A day in sum and by its hours, with its takings.",
  { query: DateAsked, answer: DailyReport },
);
export const getSpaceUtilization = reportRoute(
  "getSpaceUtilization",
  "space-utilization",
  "see-reports",
  "How much of the time each space was occupied, with advice on its price.",
  { query: DaysOverAsked, answer: SpaceUtilization },
);
export const getDwell = reportRoute(
  "getDwell",
  "dwell",
  "see-reports",
  "How long vehicles stayed.",
  { query: PeriodAsked, answer: DwellReport },
);
export const getFlow = reportRoute(
  "getFlow",
  "flow",
  "see-reports",
  "Entries and exits by hour and lane, and from which lane to which.",
  { query: PeriodAsked, answer: FlowReport },
);
export const getStaff = reportRoute(
  "getStaff",
  "staff",
  "see-people",
  "What attendants did, and how their shifts counted.",
  { query: PeriodAsked, answer: StaffAnalytics },
);
export const getUsers = reportRoute(
  "getUsers",
  "users",
  "see-reports",
  "How many vehicles came, came again, and hold permits.",
  { query: PeriodAsked, answer: UserAnalytics },
);
export const getKeyFigures = reportRoute(
  "getKeyFigures",
  "kpis",
  "see-money",
  "The twelve key figures, and the time to decide at a gate.",
  { query: PeriodAsked, answer: FigureReport },
);
export const getSuccess = reportRoute(
  "getSuccess",
  "success",
  "see-reports",
  "The success metrics against their targets.",
  { query: PeriodAsked, answer: FigureReport },
);
export const getOutcomes = reportRoute(
  "getOutcomes",
  "outcomes",
  "see-money",
  "Every business outcome with its definition and its evidence.",
  { query: PeriodAsked, answer: OutcomeReport },
);
