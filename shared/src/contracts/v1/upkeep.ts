import { z } from "zod";
import { Acknowledge, AlertDetail, AlertPage, alertStates } from "../alerts/at-office.ts";
import { alertTopics, tiers } from "../alerts/tiers.ts";
import {
  DevicesView,
  DeviceView,
  MaintenanceView,
  PlanMade,
  PlanOrder,
} from "../devices-at-office.ts";
import { penaltyStatuses, violationTypes } from "../money-terms.ts";
import { ViolationDetail, ViolationPage } from "../violations-at-office.ts";
import { listPage } from "./lists.ts";
import { takes, v1Route } from "./route.ts";

/* What needs somebody: alerts, devices and the work on them, violations. */

const [alerts, devices, violations] = ["Alerts", "Devices", "Violations"];
const facility = "/v1/facilities/{facility_id}";
const word = z.string().min(1).max(100).optional();
const moment = z.iso.datetime({ offset: true }).optional();
const { cursor } = listPage;

export const listAlerts = v1Route({
  id: "listAlerts",
  method: "GET",
  path: "/v1/alerts",
  area: alerts,
  summary: "The alerts of every facility that one may see.",
  access: takes("see-facilities"),
  query: z.object({
    /** `now`: open or acknowledged. */
    state: z.enum(["now", ...alertStates, "all"]).optional(),
    tier: z.enum(tiers).optional(),
    type: word,
    topic: z.enum(alertTopics).optional(),
    facility: word,
    from: moment,
    until: moment,
    cursor: z.string().max(500).optional(),
  }),
  answer: AlertPage,
});

export const getAlert = v1Route({
  id: "getAlert",
  method: "GET",
  path: `${facility}/alerts/{alert_id}`,
  area: alerts,
  summary: "An alert with its evidence.",
  access: takes("see-facilities"),
  answer: AlertDetail,
  problems: ["no-such-alert"],
});

export const acknowledgeAlert = v1Route({
  id: "acknowledgeAlert",
  method: "POST",
  path: `${facility}/alerts/{alert_id}/acknowledge`,
  area: alerts,
  summary: "Says that somebody looks after an alert.",
  access: takes("close-alerts"),
  body: Acknowledge,
  answer: "nothing",
  problems: ["no-such-alert"],
});

export const listDevices = v1Route({
  id: "listDevices",
  method: "GET",
  path: `${facility}/devices`,
  area: devices,
  summary: "The facility's devices, and how they are.",
  access: takes("see-facilities"),
  query: z.object({ search: z.string().max(200).optional() }),
  answer: DevicesView,
});

export const getDevice = v1Route({
  id: "getDevice",
  method: "GET",
  path: `${facility}/devices/{device_id}`,
  area: devices,
  summary: "One device with its past.",
  access: takes("see-facilities"),
  answer: DeviceView,
  problems: ["no-such-device"],
});

export const getMaintenance = v1Route({
  id: "getMaintenance",
  method: "GET",
  path: `${facility}/maintenance`,
  area: devices,
  summary: "Work orders and the plans that make them.",
  access: takes("see-facilities"),
  answer: MaintenanceView,
});

const plans = `${facility}/maintenance-plans` as const;

export const makePlan = v1Route({
  id: "makePlan",
  method: "POST",
  path: plans,
  area: devices,
  summary: "Plans work that comes again and again.",
  access: takes("plan-work"),
  body: PlanOrder,
  answer: PlanMade,
  status: 201,
});

export const changePlan = v1Route({
  id: "changePlan",
  method: "POST",
  path: `${plans}/{plan_id}`,
  area: devices,
  summary: "Changes such a plan.",
  access: takes("plan-work"),
  body: PlanOrder,
  answer: "nothing",
  problems: ["no-such-plan"],
});

export const deletePlan = v1Route({
  id: "deletePlan",
  method: "DELETE",
  path: `${plans}/{plan_id}`,
  area: devices,
  summary: "Ends such a plan.",
  access: takes("plan-work"),
  answer: "nothing",
  problems: ["no-such-plan"],
});

export const listViolations = v1Route({
  id: "listViolations",
  method: "GET",
  path: `${facility}/violations`,
  area: violations,
  summary: "The facility's violations, the newest first.",
  access: takes("see-sessions"),
  query: z.object({
    status: z.enum(penaltyStatuses).optional(),
    type: z.enum(violationTypes).optional(),
    plate: z.string().max(20).optional(),
    from: moment,
    until: moment,
    cursor,
  }),
  answer: ViolationPage,
});

export const getViolation = v1Route({
  id: "getViolation",
  method: "GET",
  path: `${facility}/violations/{violation_id}`,
  area: violations,
  summary: "One violation with its evidence and its steps.",
  access: takes("see-sessions"),
  answer: ViolationDetail,
  problems: ["no-such-violation"],
});
