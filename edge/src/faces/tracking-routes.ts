import { readFrame } from "@gatehouse/shared/contracts/tracking";
import { refuse } from "@gatehouse/shared/refusal";
import type { Refusal } from "../flows/desk.ts";
import type { TrackingDesk } from "../flows/tracking/desk.ts";
import type { RouteName } from "./access.ts";
import { cameraIn, type Handler, type KioskContext } from "./kiosk-context.ts";
import { badQuestion, problems } from "./problems.ts";
import { readJson } from "./request-body.ts";

type TrackingRoute =
  | Extract<RouteName, `GET /api/analytics/${string}`>
  | "POST /api/process-tracking-data"
  | "GET /api/parking-sessions";

/** Frames of one camera that are being received at a time: each may be 8 MiB. */
const receivingMost = 2;
const longestPeriodDays = 366;
const peakDays = 7;
const utilizationDays = 30;

const statuses: Readonly<Record<string, 404 | 409>> = {
  "unknown-camera": 404,
  "camera-not-pushed": 409,
};

/** The tracking guide's addresses (requirements T31–T35). */
export function trackingRoutes(tracking: () => TrackingDesk): Record<TrackingRoute, Handler> {
  const receiving = new Map<string, number>();
  const about =
    (answer: (desk: TrackingDesk, cameraId: string, context: KioskContext) => Answer): Handler =>
    (context) => {
      const cameraId = cameraIn(context) ?? "";
      const desk = tracking();
      if (!desk.cameraIds.includes(cameraId)) return refuse(problems.noSuchCamera);
      const answered = answer(desk, cameraId, context);
      if (typeof answered === "string") return refuse(badQuestion(answered));
      return context.json(answered);
    };
  return {
    "POST /api/process-tracking-data": (c) => receive(c, tracking(), receiving),
    "GET /api/parking-sessions": (c) => c.json(tracking().parkingSessions()),
    "GET /api/analytics/occupancy/:camera_id": about(({ reports }, cameraId, c) => {
      const days = daysIn(c, peakDays);
      return days === undefined ? "days" : reports.occupancy(cameraId, days);
    }),
    "GET /api/analytics/space-utilization/:camera_id": about(({ reports }, cameraId, c) => {
      const days = daysIn(c, utilizationDays);
      return days === undefined ? "days" : reports.utilization(cameraId, days);
    }),
    "GET /api/analytics/hourly-occupancy/:camera_id": about(
      ({ reports }, cameraId, c) =>
        reports.hourly(cameraId, c.req.query("date") ?? reports.today()) ?? "date",
    ),
    "GET /api/analytics/daily-report/:camera_id": about(
      ({ reports }, cameraId, c) =>
        reports.daily(cameraId, c.req.query("date") ?? reports.today()) ?? "date",
    ),
    "GET /api/analytics/dwell/:camera_id": about(({ reports }, cameraId, c) => {
      const to = c.req.query("to") ?? reports.today();
      return reports.dwell(cameraId, c.req.query("from") ?? to, to) ?? "from";
    }),
  };
}

/** What is answered, or the name of the question's part that is wrong. */
type Answer = object | string;

async function receive(
  context: KioskContext,
  desk: TrackingDesk,
  receiving: Map<string, number>,
): Promise<Response> {
  const cameraId = cameraIn(context);
  if (cameraId === undefined) return refuse(badQuestion("camera_id"));
  const under = receiving.get(cameraId) ?? 0;
  if (under >= receivingMost) return refuse(problems.cameraBusy, { "retry-after": "1" });
  receiving.set(cameraId, under + 1);
  try {
    const body = await readJson(context.req);
    if (body.kind === "problem") return refuse(body.problem);
    const read = readFrame(cameraId, body.body);
    if (read.kind === "complaints") return refuse({ ...problems.noFrame, errors: read.errors });
    const answer = desk.receive(read.frame);
    return "kind" in answer ? refused(answer) : context.json(answer);
  } finally {
    const left = (receiving.get(cameraId) ?? 1) - 1;
    if (left > 0) receiving.set(cameraId, left);
    else receiving.delete(cameraId);
  }
}

const refused = ({ reason, sentence }: Refusal): Response =>
  refuse({ type: reason, title: sentence, status: statuses[reason] ?? 409 });

function daysIn(context: KioskContext, usual: number): number | undefined {
  const said = context.req.query("days");
  if (said === undefined) return usual;
  const days = /^\d{1,3}$/.test(said) ? Number(said) : 0;
  return days >= 1 && days <= longestPeriodDays ? days : undefined;
}
