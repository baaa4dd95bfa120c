import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import { readCursors } from "../store/outbox.ts";
import { listEnded } from "../store/passages.ts";
import { countInside } from "../store/sessions.ts";
import { tariffInForce } from "../store/rights.ts";
import type { Counters, Metric } from "./counters.ts";
import type { DoctorCheck, FacilityStatus } from "./desk.ts";
import { laneChecks } from "./lane-doctor.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { Overview } from "./overview.ts";
import type { SteadyTime } from "./steady-time.ts";
import type { WiringFacts } from "./wiring-watch.ts";

/** Passages of all lanes together that a doctor looks at. */
const passagesMax = 500;

export interface DoctorDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly steady: SteadyTime;
  readonly counters: Counters;
  readonly overview: Overview;
  readonly lanes: readonly LaneRoute[];
  readonly wiringOf: (laneId: string) => WiringFacts;
  /** What does not hold between the books and the tables of money. */
  readonly moneyComplaints: () => readonly string[];
  readonly facilityId: string;
  readonly version: string;
}

/** How the facility is, in one verdict, and the checks a technician walks through. */
export class Doctor {
  readonly #deps: DoctorDeps;
  readonly #startedAt: Instant;

  constructor(deps: DoctorDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock.now();
  }

  status(): FacilityStatus {
    const { book, overview, facilityId, version } = this.#deps;
    const alerts = overview.alerts();
    const lanes = overview
      .lanes()
      .map((lane) => ({ laneId: lane.lane_id, state: lane.state, health: lane.health }));
    const away = lanes.filter((lane) => lane.health === "offline" || lane.health === "stale");
    // Worth knowing, and nothing to do about.
    const telling = alerts.filter((alert) => alert.severity !== "info");
    const critical = alerts.filter((alert) => alert.severity === "critical");
    const level =
      critical.length > 0
        ? "fault"
        : away.length > 0 || telling.length > 0
          ? "attention"
          : "healthy";
    const worst = critical[0] ?? telling[0];
    const verdict =
      worst?.sentence ??
      (away.length > 0
        ? `A device of ${away.map((lane) => lane.laneId).join(", ")} is away.`
        : "All lanes work.");
    const { total, free, unknown } = overview.counts();
    return {
      level,
      verdict,
      facilityId,
      version,
      startedAt: isoOf(this.#startedAt),
      lanes,
      sessions: countInside(book),
      spaces: { total, free, unknown },
      ledger: {
        epoch: book.epoch,
        written: book.written,
        acknowledged: readCursors(book).acknowledged,
      },
      alerts: alerts.length,
    };
  }

  checks(): DoctorCheck[] {
    const { book, clock, steady, overview } = this.#deps;
    const whole = book.integrity();
    const sync = overview.sync();
    const tariff = tariffInForce(book, clock.now());
    const devices = overview.devices().map((device) => ({
      name: `${device.kind} ${device.id}`,
      ok: device.state === "online" || device.state === "unknown",
      detail: device.detail ?? device.state,
      next:
        device.laneId === undefined
          ? "npx gatehouse devices"
          : `npx gatehouse devices; with the daemon stopped: npx gatehouse probe ${device.laneId} --config facility.yaml`,
    }));
    const checks: DoctorCheck[] = [
      {
        name: "book",
        ok: whole === "ok",
        detail: whole === "ok" ? "SQLite finds the file whole" : whole,
        next: "stop the daemon, keep the file, put the last copy back",
      },
      {
        name: "room on the disk",
        ok: book.takeBallast(),
        detail: "reserve for money and gates",
        next: "df -h",
      },
      {
        name: "clock",
        ok: !steady.suspect,
        detail: steady.suspect ? "it went backwards over a power cut" : "runs forward",
        next: "timedatectl",
      },
      {
        name: "tariff",
        ok: tariff !== undefined,
        detail: tariff === undefined ? "none in force" : `${tariff.name} v${tariff.version}`,
        next: "gatehouse sync status",
      },
      {
        name: "head office",
        ok: sync.state !== "offline",
        detail: `${sync.state}, ${sync.queued} lines waiting`,
        next: "gatehouse sync status",
      },
      this.#booksCheck(),
      ...this.#laneChecks(),
      ...devices,
    ];
    return checks.map((check) =>
      check.ok ? { name: check.name, ok: true, detail: check.detail } : check,
    );
  }

  #booksCheck(): DoctorCheck {
    const [first] = this.#deps.moneyComplaints();
    const detail = first ?? "they balance, and sessions, drawers and accounts agree with them";
    return { name: "books", ok: first === undefined, detail, next: "npx gatehouse money balance" };
  }

  #laneChecks(): DoctorCheck[] {
    const { book, lanes, wiringOf } = this.#deps;
    const ended = listEnded(book, passagesMax).toReversed();
    return lanes.flatMap(({ lane: { deps } }) => {
      const { lane } = deps;
      const passages = ended.filter(({ laneId }) => laneId === lane.id);
      return laneChecks({ lane, passages, wiring: wiringOf(lane.id) });
    });
  }

  gauges(): Metric[] {
    const { book, overview } = this.#deps;
    const { total, free, occupied, unknown } = overview.counts();
    const { pending, open } = countInside(book);
    const gauge = (name: string, value: number, labels: Record<string, string> = {}): Metric => ({
      name,
      labels,
      value,
    });
    return [
      gauge("spaces", total, { status: "all" }),
      gauge("spaces", free, { status: "free" }),
      gauge("spaces", occupied, { status: "occupied" }),
      gauge("spaces", unknown, { status: "unknown" }),
      gauge("sessions", pending, { status: "pending" }),
      gauge("sessions", open, { status: "open" }),
      gauge("ledger_written", book.written),
      gauge("ledger_acknowledged", readCursors(book).acknowledged),
      gauge("alerts_open", overview.alerts().length),
    ];
  }
}
