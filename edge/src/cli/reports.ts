import {
  DevicesData,
  DoctorData,
  RefusedData,
  StatusData,
  SyncData,
  type ControlAnswer,
  type ControlRequest,
  type DeviceView,
} from "@gatehouse/shared/contracts/control";
import { OpenAnswer, WhyAnswer } from "@gatehouse/shared/contracts/kiosk";
import { ParkingTicketAnswer } from "@gatehouse/shared/contracts/parking-tickets";
import { listLines, permitLines, visitorLines } from "./access-report.ts";
import { accountLines, statementLines, subscriptionLines } from "./account-report.ts";
import { accuracyLines } from "./accuracy-report.ts";
import { ageText } from "./age.ts";
import { calibrationLines, cameraLines, cameraTestLines } from "./camera-report.ts";
import { laneLogLines, sentenceOnly } from "./lanes.ts";
import { deviceShowLines, ticketLines, ticketsLines } from "./registry-report.ts";
import { sensorLines, unreadLines } from "./sensor-report.ts";
import { merchantKeptLines, merchantLines } from "./merchants.ts";
import { balanceLines, debtLines, paymentLines, refundLines } from "./money.ts";
import { correctedLines, reviewLines, sessionLines } from "./plates.ts";
import { terminalStatusLines, terminalTotalsLines } from "./card-terminals.ts";
import { spaceToldLines, spaceVehicleLines } from "./spaces.ts";
import { violationLines, violationsLines } from "./violations.ts";
import { type Cell, table } from "./table.ts";
import { plain, shape, toned, type Terminal, type Tone } from "./terminal.ts";

export interface ReportOptions {
  /** Every device and every check, also the many that are well. */
  readonly all: boolean;
}

type Verb = ControlRequest["verb"];
type Report = (data: unknown, terminal: Terminal, options: ReportOptions) => string[];

const tones: readonly Tone[] = ["ok", "warn", "bad", "bad"];

/** What a person reads: the verdict in the first line, then what it rests on, then what to try next. */
export function printAnswer(
  terminal: Terminal,
  verb: Verb,
  answer: ControlAnswer,
  options: ReportOptions,
): void {
  const tone = tones[answer.exit_code] ?? "bad";
  terminal.print(toned(terminal, tone, plain(answer.verdict)));
  const refused = RefusedData.safeParse(answer.data);
  if (refused.success) {
    if (refused.data.hint !== null) terminal.print(plain(refused.data.hint));
    return;
  }
  for (const line of reports[verb](answer.data, terminal, options)) terminal.print(line);
}

/** Where to read more of the session that a ticket stands for. */
function ticketFollowLines(data: unknown): string[] {
  const { session_id: id } = ParkingTicketAnswer.parse(data);
  return id === null ? [] : [`Follow it: npx gatehouse why ${plain(id)}`];
}

const reports: Readonly<Record<Verb, Report>> = {
  status: (data, terminal) => statusLines(StatusData.parse(data), terminal),
  doctor: (data, terminal, { all }) => doctorLines(DoctorData.parse(data), terminal, all),
  devices: (data, terminal, { all }) => deviceLines(DevicesData.parse(data), terminal, all),
  // Written into a file, and never printed.
  dump: sentenceOnly,
  watch: sentenceOnly,
  "sync-status": (data, terminal) => syncLines(SyncData.parse(data), terminal),
  why: (data, terminal) => whyLines(WhyAnswer.parse(data), terminal),
  "gate-open": (data) => [
    `Follow it: npx gatehouse why ${plain(OpenAnswer.parse(data).decision_id)}`,
  ],
  "lane-mode": sentenceOnly,
  "lane-order": sentenceOnly,
  "lane-turn": sentenceOnly,
  "lane-log": laneLogLines,
  "access-lists": listLines,
  "access-list": sentenceOnly,
  "access-unlist": sentenceOnly,
  "access-visitors": visitorLines,
  "access-visitor": sentenceOnly,
  "access-visitor-end": sentenceOnly,
  "access-permits": permitLines,
  "access-neutral": sentenceOnly,
  "terminal-status": terminalStatusLines,
  "terminal-totals": terminalTotalsLines,
  "terminal-end-of-day": terminalTotalsLines,
  "parking-ticket-check": ticketFollowLines,
  "parking-ticket-reprint": ticketFollowLines,
  "parking-ticket-lost": ticketFollowLines,
  "printer-test": sentenceOnly,
  "books-export": sentenceOnly,
  "merchant-list": merchantLines,
  "merchant-add": sentenceOnly,
  "merchant-change": sentenceOnly,
  "merchant-token": merchantKeptLines,
  "account-list": accountLines,
  "account-open": sentenceOnly,
  "account-change": sentenceOnly,
  "account-statement": statementLines,
  "account-top-up": sentenceOnly,
  "account-close": sentenceOnly,
  "subscription-list": subscriptionLines,
  "subscription-add": sentenceOnly,
  "subscription-act": sentenceOnly,
  "money-balance": balanceLines,
  "money-payments": paymentLines,
  "money-refunds": refundLines,
  "money-debts": debtLines,
  "money-refund": sentenceOnly,
  "money-decide": sentenceOnly,
  "plates-search": sessionLines,
  "plates-correct": correctedLines,
  "plates-reviews": reviewLines,
  "device-show": deviceShowLines,
  "device-act": sentenceOnly,
  tickets: ticketsLines,
  "ticket-open": ticketLines,
  "ticket-close": ticketLines,
  "violations-list": violationsLines,
  "violations-show": violationLines,
  "space-show": spaceVehicleLines,
  "space-vehicle": spaceToldLines,
  "space-end": spaceToldLines,
  accuracy: accuracyLines,
  sensors: sensorLines,
  "sensors-raw": unreadLines,
  cameras: cameraLines,
  "camera-test": cameraTestLines,
  "camera-calibrate": calibrationLines,
  "camera-calibration": calibrationLines,
};

function statusLines(status: StatusData, terminal: Terminal): string[] {
  const { spaces, sessions, ledger } = status;
  const waiting = ledger.written - ledger.acknowledged;
  const next = status.level === "healthy" ? [] : ["", "Next: npx gatehouse doctor"];
  return [
    "",
    table(
      terminal,
      ["lane", "state", "devices"],
      status.lanes.map(({ lane_id, state, health }) => [lane_id, state, stateCell(health)]),
    ),
    "",
    table(terminal, undefined, [
      ["spaces", `${spaces.free} free of ${spaces.total}, ${spaces.unknown} unknown`],
      ["cars", `${sessions.open} inside, ${sessions.pending} on their way in`],
      [
        "ledger",
        `${ledger.written} facts, ${waiting} not yet with head office (epoch ${ledger.epoch})`,
      ],
      ["alerts", String(status.alerts)],
      ["daemon", `${status.version}, ${status.facility_id}, since ${status.started_at}`],
    ]),
    ...next,
  ];
}

/** More passed checks of one kind than these are told in one line. */
const passedEachMax = 5;

function doctorLines({ checks }: DoctorData, terminal: Terminal, all: boolean): string[] {
  const failedFirst = checks.toSorted((a, b) => Number(a.ok) - Number(b.ok));
  const told = all ? failedFirst : inFewLines(failedFirst);
  return told.flatMap(({ name, ok, detail, next }) => {
    const tone = ok ? "ok" : "bad";
    const line = `${toned(terminal, tone, shape(tone))} ${plain(name)}: ${plain(detail)}`;
    return ok || next === undefined ? [line] : [line, `  Next: ${plain(next)}`];
  });
}

/** A kind of check is the first word of its name: 120 bay sensors that are well are one line. */
function inFewLines(checks: DoctorData["checks"]): DoctorData["checks"] {
  const kindOf = ({ name }: { name: string }): string => name.split(" ")[0] ?? name;
  const passed = Map.groupBy(
    checks.filter(({ ok }) => ok),
    kindOf,
  );
  return checks.flatMap((check) => {
    const alike = passed.get(kindOf(check)) ?? [];
    if (!check.ok || alike.length <= passedEachMax) return [check];
    if (alike[0] !== check) return [];
    return [
      { name: kindOf(check), ok: true, detail: `${alike.length} checks passed (--all shows them)` },
    ];
  });
}

function deviceLines({ devices, now }: DevicesData, terminal: Terminal, all: boolean): string[] {
  const isWell = ({ state, fault }: DeviceView): boolean => state === "online" && fault === null;
  const quiet = all ? [] : devices.filter((each) => each.kind === "bay-sensor" && isWell(each));
  const shown = devices.filter((each) => !quiet.includes(each));
  const unwellFirst = shown.toSorted((a, b) => Number(isWell(a)) - Number(isWell(b)));
  const rows = unwellFirst.map((each) => [
    each.device_id,
    each.kind,
    each.lane_id ?? "–",
    stateCell(each.state),
    ageText(each.last_seen, now),
    each.make,
    [each.fault, each.detail].filter((part) => part !== null).join(": ") || "–",
  ]);
  const hints = new Set(unwellFirst.flatMap(({ hint }) => (hint === null ? [] : [hint])));
  return [
    "",
    table(terminal, ["device", "kind", "lane", "state", "seen", "make", "notes"], rows),
    ...(quiet.length === 0
      ? []
      : [`and ${quiet.length} bay sensors that are well (--all shows them)`]),
    ...(hints.size === 0 ? [] : ["", ...[...hints].map((hint) => `Next: ${plain(hint)}`)]),
  ];
}

function syncLines(sync: SyncData, terminal: Terminal): string[] {
  const next =
    sync.state === "offline" || sync.state === "waiting" ? ["", "Next: npx gatehouse doctor"] : [];
  return [
    "",
    table(terminal, undefined, [
      ["state", sync.state],
      ["waiting", `${sync.queued} facts`],
      ["acknowledged", `${sync.acknowledged} of ${sync.written}`],
      ["last answer", sync.last_ack_at ?? "–"],
      ["last trouble", sync.last_error ?? "–"],
      ["directives applied", String(sync.directives_applied)],
    ]),
    ...next,
  ];
}

function whyLines({ lines }: WhyAnswer, terminal: Terminal): string[] {
  return [
    "",
    table(
      terminal,
      ["line", "time (UTC)", "what happened"],
      lines.map(({ seq, at, sentence }) => [String(seq), at, sentence]),
    ),
  ];
}

const deviceTones: Readonly<Record<string, Tone>> = {
  online: "ok",
  stale: "warn",
  offline: "bad",
};

function stateCell(state: string): Cell {
  const tone = deviceTones[state] ?? "unknown";
  return { tone, text: `${shape(tone)} ${state}` };
}
