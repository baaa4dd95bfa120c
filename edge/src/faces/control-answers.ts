import type { AccuracyData } from "@gatehouse/shared/contracts/accuracy";
import type {
  ControlAnswer,
  ControlRequest,
  DevicesData,
  DoctorData,
  RefusedData,
  StatusData,
  SyncData,
} from "@gatehouse/shared/contracts/control";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf } from "@gatehouse/shared/time";
import type { Desk, FacilityStatus, SyncStatus } from "../flows/desk.ts";
import { booksAnswer } from "./books-routes.ts";
import {
  calibrateAnswer,
  calibrationAnswer,
  camerasAnswer,
  cameraTestAnswer,
} from "./camera-answers.ts";
import { dumpAnswer } from "./dump-answers.ts";
import { exitCodes, healthy, refused } from "./control-outcome.ts";
import { deviceView } from "./device-views.ts";
import { registryAnswer } from "./registry-answers.ts";
import { sensorsAnswer, unreadAnswer } from "./sensor-answers.ts";
import { accountAnswer } from "./account-answers.ts";
import { accessAnswer } from "./access-answers.ts";
import { laneAnswer } from "./lane-answers.ts";
import { violationAnswer } from "./violation-answers.ts";
import { watchAnswer } from "./watch-answers.ts";
import { parkingTicketAnswer } from "./parking-ticket-answers.ts";
import { terminalAnswer } from "./terminal-answers.ts";
import { moneyAnswer } from "./money-answers.ts";
import { platesAnswer } from "./plate-answers.ts";
import { spaceAnswer } from "./space-answers.ts";

/** Answers one request of the control socket. A fault is an answer too. */
export async function answerControl(
  desk: Desk,
  request: ControlRequest,
  clock: Clock,
): Promise<ControlAnswer> {
  try {
    return await answer(desk, request, clock);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return refused(exitCodes.fault, error.message, error.code, error.hint);
  }
}

/** What a request gets that does not fit its contract. */
export const notUnderstood = (complaint: string): ControlAnswer =>
  refused(
    exitCodes.usage,
    `The daemon does not understand this request: ${complaint}`,
    "not-understood",
    "The command line and the daemon may be of different versions: restart the daemon.",
  );

export const bug: ControlAnswer = {
  exit_code: exitCodes.fault,
  verdict: "The daemon could not answer; this is a bug, and its log tells what happened.",
  data: {
    reason: "bug",
    hint: "Send the log to whoever looks after this system.",
  } satisfies RefusedData,
};

async function answer(desk: Desk, request: ControlRequest, clock: Clock): Promise<ControlAnswer> {
  const now = isoOf(clock.now());
  switch (request.verb) {
    case "status":
      return statusAnswer(desk.status());
    case "doctor":
      return doctorAnswer({ checks: desk.doctor().map((check) => ({ ...check })) });
    case "devices":
      return devicesAnswer({ now, devices: desk.devices().map(deviceView) });
    case "dump":
      return dumpAnswer(desk, clock, {
        status: statusData(desk.status()),
        sync: syncData(desk.syncStatus()),
      });
    case "watch":
      return watchAnswer(desk.watching, request);
    case "sync-status":
      return syncAnswer(desk.syncStatus());
    case "why":
      return whyAnswer(desk, request.id);
    case "gate-open":
      return openAnswer(desk, request);
    case "lane-mode":
    case "lane-order":
    case "lane-turn":
    case "lane-log":
      return laneAnswer(desk.laneOrders, request);
    case "access-lists":
    case "access-list":
    case "access-unlist":
    case "access-visitors":
    case "access-visitor":
    case "access-visitor-end":
    case "access-permits":
    case "access-neutral":
      return accessAnswer(desk.access, request);
    case "merchant-list":
    case "merchant-add":
    case "merchant-change":
    case "merchant-token":
    case "account-list":
    case "account-open":
    case "account-change":
    case "account-statement":
    case "account-top-up":
    case "account-close":
    case "subscription-list":
    case "subscription-add":
    case "subscription-act":
      return accountAnswer(desk, request);
    case "money-balance":
    case "money-payments":
    case "money-refunds":
    case "money-debts":
    case "money-refund":
    case "money-decide":
      return moneyAnswer(desk.money, request);
    case "plates-search":
    case "plates-correct":
    case "plates-reviews":
      return platesAnswer(desk.plates, request);
    case "terminal-status":
    case "terminal-totals":
    case "terminal-end-of-day":
      return terminalAnswer(desk.terminals, request);
    case "parking-ticket-check":
    case "parking-ticket-reprint":
    case "parking-ticket-lost":
    case "printer-test":
      return parkingTicketAnswer(desk, request);
    case "device-show":
    case "device-act":
    case "tickets":
    case "ticket-open":
    case "ticket-close":
      return registryAnswer(desk.registry, request);
    case "books-export":
      return booksAnswer(desk.books, request);
    case "violations-list":
    case "violations-show":
      return violationAnswer(desk.violations, request);
    case "space-show":
    case "space-vehicle":
    case "space-end":
      return spaceAnswer(desk.places, request);
    case "accuracy":
      return accuracyAnswer(desk.accuracy.report());
    case "sensors":
      return sensorsAnswer(desk.sensors, now);
    case "sensors-raw":
      return unreadAnswer(desk.sensors);
    case "cameras":
      return camerasAnswer(desk, now);
    case "camera-test":
      return cameraTestAnswer(desk, request);
    case "camera-calibrate":
      return calibrateAnswer(desk, request);
    case "camera-calibration":
      return calibrationAnswer(desk, request.camera_id, clock);
  }
}

function statusAnswer(status: FacilityStatus): ControlAnswer {
  const { level, verdict } = status;
  return { exit_code: exitCodes[level], verdict, data: statusData(status) };
}

function statusData(status: FacilityStatus): StatusData {
  return {
    level: status.level,
    facility_id: status.facilityId,
    version: status.version,
    started_at: status.startedAt,
    lanes: status.lanes.map(({ laneId, state, health }) => ({ lane_id: laneId, state, health })),
    sessions: { ...status.sessions },
    spaces: { ...status.spaces },
    ledger: { ...status.ledger },
    alerts: status.alerts,
  };
}

function doctorAnswer(data: DoctorData): ControlAnswer {
  const failed = data.checks.filter(({ ok }) => !ok).length;
  const verdict =
    failed === 0
      ? `All ${data.checks.length} checks passed.`
      : `${failed} of ${data.checks.length} checks failed.`;
  return { exit_code: failed === 0 ? exitCodes.healthy : exitCodes.refused, verdict, data };
}

/** What people found within the longest window, over the whole facility. */
function accuracyAnswer(data: AccuracyData): ControlAnswer {
  const { days = 0, scores = [] } = data.windows.at(-1) ?? {};
  const published = scores.find(({ source, zone_id }) => source === "fused" && zone_id === null);
  const drifting = data.cameras.filter(({ drift }) => drift !== null);
  const verdict =
    published?.accuracy === undefined || published.accuracy === null
      ? `Nobody has counted spaces within ${days} days.`
      : `${(published.accuracy * 100).toFixed(1)} % of ${published.right + published.wrong} spaces were right when people looked, within ${days} days.`;
  const code = drifting.length === 0 ? exitCodes.healthy : exitCodes.attention;
  return { exit_code: code, verdict, data };
}

function devicesAnswer(data: DevicesData): ControlAnswer {
  const unwell = data.devices.filter(({ state, fault }) => state !== "online" || fault !== null);
  const verdict =
    unwell.length === 0
      ? `All ${data.devices.length} devices are online.`
      : `${unwell.length} of ${data.devices.length} devices need attention.`;
  return {
    exit_code: unwell.length === 0 ? exitCodes.healthy : exitCodes.attention,
    verdict,
    data,
  };
}

const syncVerdicts: Record<SyncStatus["state"], (queued: number) => string> = {
  connected: (queued) => `Head office is connected; ${queued} facts wait to be sent.`,
  waiting: (queued) => `Head office is asked again soon; ${queued} facts wait to be sent.`,
  offline: (queued) => `Head office is not reachable; ${queued} facts are kept and sent later.`,
  none: () => "No head office is configured; this facility keeps everything itself.",
};

const syncData = (sync: SyncStatus): SyncData => ({
  state: sync.state,
  queued: sync.queued,
  acknowledged: sync.acknowledged,
  written: sync.written,
  last_ack_at: sync.lastAckAt ?? null,
  last_error: sync.lastError ?? null,
  directives_applied: sync.directivesApplied,
});

function syncAnswer(sync: SyncStatus): ControlAnswer {
  const isWell = sync.state === "connected" || sync.state === "none";
  return {
    exit_code: isWell ? exitCodes.healthy : exitCodes.attention,
    verdict: syncVerdicts[sync.state](sync.queued),
    data: syncData(sync),
  };
}

function whyAnswer(desk: Desk, id: string): ControlAnswer {
  const told = desk.why(id);
  if (told !== undefined) return healthy(told.sentence, told);
  return refused(
    exitCodes.refused,
    "The ledger knows no decision, session, passage, payment or command with this id.",
    "no-such-fact",
    "Ids are printed by `gatehouse gate open` and shown on the kiosk.",
  );
}

async function openAnswer(
  desk: Desk,
  request: Extract<ControlRequest, { verb: "gate-open" }>,
): Promise<ControlAnswer> {
  const answered = await desk.openByHand({
    laneId: request.lane_id,
    requestId: request.request_id,
    reason: request.reason,
    actor: { kind: "technician", id: request.actor },
  });
  if ("kind" in answered) {
    return refused(exitCodes.refused, answered.sentence, answered.reason, null);
  }
  return healthy(answered.sentence, answered);
}
