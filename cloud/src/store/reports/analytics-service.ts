import type { PageAsked } from "@gatehouse/shared/contracts/reports/asked";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type {
  ActiveSessions,
  DashboardSummary,
  PaymentAnalytics,
  PeakHours,
  RevenueReport,
  SessionPage,
  SlotUsage,
  VehicleAnalytics,
  ZoneOccupancy,
} from "@gatehouse/shared/contracts/reports/services";
import { readDashboard } from "./dashboard.ts";
import type { ReportDesk } from "./desk.ts";
import { readPaymentAnalytics } from "./payments.ts";
import { readPeakHours } from "./peaks.ts";
import { readRevenueReport } from "./revenue.ts";
import { readActiveSessions, readCompletedSessions } from "./sessions.ts";
import { readSlotUsage } from "./slots.ts";
import { readVehicle } from "./vehicle.ts";
import { readZoneOccupancy } from "./zones.ts";

/** The nine services of the analytics backend (requirements A16) on one facility, under their names. */
export class AnalyticsService {
  readonly #desk: ReportDesk;

  constructor(desk: ReportDesk) {
    this.#desk = desk;
  }

  getDashboardSummary(): Promise<DashboardSummary> {
    return readDashboard(this.#desk);
  }

  getZoneOccupancy(): Promise<ZoneOccupancy> {
    return readZoneOccupancy(this.#desk);
  }

  getRevenueReport(period: Period): Promise<RevenueReport> {
    return readRevenueReport(this.#desk, period);
  }

  /** @param days that are over */
  getPeakHours(days = 30): Promise<PeakHours> {
    return readPeakHours(this.#desk, days);
  }

  /** @returns undefined where the cursor is none of ours */
  getActiveSessions(page: PageAsked = {}): Promise<ActiveSessions | undefined> {
    return readActiveSessions(this.#desk, page);
  }

  /** @returns undefined where the cursor is none of ours */
  getCompletedSessions(page: PageAsked = {}): Promise<SessionPage | undefined> {
    return readCompletedSessions(this.#desk, { limit: 100, ...page });
  }

  getVehicleAnalytics(vehicleNumber: string): Promise<VehicleAnalytics> {
    return readVehicle(this.#desk, vehicleNumber);
  }

  getPaymentAnalytics(period: Period): Promise<PaymentAnalytics> {
    return readPaymentAnalytics(this.#desk, period);
  }

  getSlotUsage(period: Period): Promise<SlotUsage> {
    return readSlotUsage(this.#desk, period);
  }
}
