import type { LanesDesk } from "@gatehouse/edge/flows/lanes-desk";
import type { LaneAnswer } from "@gatehouse/shared/contracts/lanes";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  AlertView,
  KioskChange,
  KioskState,
  LaneView,
  OpenAnswer,
  SpaceView,
  WhyAnswer,
} from "@gatehouse/shared/contracts/kiosk";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { earlier, isoOf, minutes, seconds, type Duration } from "@gatehouse/shared/time";
import { Printers, type PrintersDesk } from "@gatehouse/edge/flows/printers-desk";
import { Terminals, type TerminalsDesk } from "@gatehouse/edge/flows/terminals-desk";
import { ParkingTicketDesk } from "@gatehouse/edge/flows/parking-ticket-desk";
import { Book } from "@gatehouse/edge/store/book";
import type { AccessDesk } from "@gatehouse/edge/flows/access-desk";
import type { AccuracyDesk } from "@gatehouse/edge/flows/accuracy-desk";
import type { CameraDesk } from "@gatehouse/edge/flows/camera/desk";
import type { TrackingDesk } from "@gatehouse/edge/flows/tracking/desk";
import type {
  Desk,
  DoctorCheck,
  FacilityStatus,
  HandOpening,
  Refusal,
  SyncStatus,
} from "@gatehouse/edge/flows/desk";

import type { PlatesDesk } from "@gatehouse/edge/flows/plates-desk";
import type { SignsDesk } from "@gatehouse/edge/flows/signs-desk";
import type { SensorsDesk } from "@gatehouse/edge/flows/sensors-desk";
import type { WatchDesk } from "@gatehouse/edge/flows/watch-desk";
import type { WatchData } from "@gatehouse/shared/contracts/control";
import { supportDesk } from "@gatehouse/edge/flows/support";
import { smallSite } from "../flows/small-site.ts";
import { memoryMoney } from "./memory-money.ts";
import { memoryViolations } from "./memory-violations.ts";
import { memoryAccess } from "./memory-access.ts";
import { placesOf } from "./memory-places.ts";
import { platesOf } from "./memory-plates.ts";
import type { RegistryDesk } from "@gatehouse/edge/flows/registry-desk";
import { tillsOf } from "./memory-tills.ts";
import { memoryRegistry } from "./memory-registry.ts";
import { memoryAccuracy } from "./memory-accuracy.ts";

/** A facility in memory that tells and does what a real one would: the faces cannot know the difference. */
export class TestDesk implements Desk {
  readonly #clock: Clock;
  readonly #listeners = new Set<(change: KioskChange) => void>();
  readonly #answers = new Map<string, OpenAnswer>();
  #access: AccessDesk | undefined;
  #plates: PlatesDesk | undefined;
  #accuracy: AccuracyDesk | undefined;
  readonly lanes: LaneView[];
  readonly spaces: SpaceView[];
  alerts: AlertView[];
  sync: KioskState["sync"];
  readonly registry: RegistryDesk = memoryRegistry(() => this.reports);
  readonly sensors: SensorsDesk = { sensors: () => [], counters: () => [], unread: () => [] };
  signs: SignsDesk = { view: () => undefined, onShow: () => () => {} };
  cameras: CameraDesk | undefined;
  /** What `tracking` is. */
  follows: TrackingDesk | undefined;
  rate = 1;
  name = "Parkhaus am Alten Güterbahnhof";
  level: FacilityStatus["level"] = "healthy";
  verdict = "All 4 lanes work; head office is connected.";
  checks: DoctorCheck[] = [
    { name: "clock", ok: true, detail: "in step with head office" },
    { name: "disk", ok: true, detail: "61 GB free" },
  ];
  reports: DeviceReport[];
  /** What was opened by hand, once each. */
  readonly openings: HandOpening[] = [];
  readonly resolved: { alertId: string; actor: Actor }[] = [];
  /** When set, openings are refused with it. */
  refusal: Refusal | undefined;
  /** When set, the desk throws it. */
  trouble: Error | undefined;
  /** Called before an opening answers: a test holds the answer back here. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();

  get plates(): PlatesDesk {
    this.#plates ??= platesOf(this.#clock);
    return this.#plates;
  }

  set plates(plates: PlatesDesk) {
    this.#plates = plates;
  }

  get access(): AccessDesk {
    this.#access ??= memoryAccess(this.#clock);
    return this.#access;
  }

  get accuracy(): AccuracyDesk {
    this.#accuracy ??= memoryAccuracy(this.#clock, this.spaces);
    return this.#accuracy;
  }

  /** A facility without tickets. */
  parkingTickets: Desk["parkingTickets"] = new ParkingTicketDesk({
    book: new Book(":memory:"),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    lanes: [],
    tickets: undefined,
    clock: { now: () => this.#clock.now() } as Clock,
    timezone: "Europe/Berlin",
  });

  /** A facility where nobody knows who stands where. */
  places: Desk["places"] = placesOf();

  /** A facility that nobody has paid at yet. */
  readonly #purse = memoryMoney({ now: () => this.#clock.now() } as Clock);
  money: Desk["money"] = this.#purse.money;
  accounts: Desk["accounts"] = this.#purse.accounts;

  /** What drivers' phones see of it. */
  drivers: Desk["drivers"] = this.#purse.drivers;

  support: Desk["support"] = supportDesk({
    config: smallSite(10),
    support: undefined,
    version: "0.1.0",
  });

  /** A facility without printers. */
  printers: PrintersDesk = new Printers({
    printers: [],
    facilityName: "Desk",
    clock: { now: () => this.#clock.now() } as Clock,
  });

  /** A facility where nobody is fined. */
  violations: Desk["violations"] = memoryViolations({ now: () => this.#clock.now() } as Clock);

  /** A facility without tills. */
  shifts: Desk["shifts"] = tillsOf([]).shifts;
  books: Desk["books"] = tillsOf([]).books;
  documents: Desk["documents"] = tillsOf([]).documents;

  /** A facility without card terminals. */
  terminals: TerminalsDesk = new Terminals({
    terminals: [],
    book: new Book(":memory:"),
    clock: { now: () => this.#clock.now() } as Clock,
    currency: "EUR",
  });

  /** What was asked of lanes, in order. */
  readonly laneWishes: string[] = [];
  readonly laneOrders: LanesDesk = {
    setMode: (laneId, mode) => this.#laneWish(laneId, mode),
    order: async (laneId, order) => this.#laneWish(laneId, order),
    turn: (laneId, direction) => this.#laneWish(laneId, direction),
    call: (laneId) => this.#laneWish(laneId, "call"),
    transitions: (laneId) =>
      this.lanes.some((lane) => lane.lane_id === laneId)
        ? { lane_id: laneId, transitions: [] }
        : undefined,
  };

  /** What a watcher is told next. */
  watched: WatchData["lines"] = [];
  readonly watching: WatchDesk = {
    since: (laneId, after) => {
      const lanes = this.lanes.filter(({ lane_id }) => laneId === undefined || lane_id === laneId);
      if (lanes.length === 0) return undefined;
      return {
        latest: this.watched.at(-1)?.seq ?? 0,
        missed: 0,
        lines: this.watched.filter(({ seq }) => after !== undefined && seq > after),
        lanes: lanes.map(({ lane_id, state, arming, safety }) => ({
          lane_id,
          phase: state,
          inputs: { arming, safety },
        })),
      };
    },
  };

  get tracking(): TrackingDesk {
    if (this.follows === undefined) throw new Error("nobody gave this desk cameras to follow");
    return this.follows;
  }

  constructor(clock: Clock, options: { spaces?: number; lanes?: number } = {}) {
    this.#clock = clock;
    this.lanes = laneViews(this.#ago).slice(0, options.lanes ?? 4);
    this.spaces = spaceViews(options.spaces ?? 120, this.#ago);
    this.alerts = [];
    this.sync = { state: "connected", queued: 0, last_ack_at: this.#ago(seconds(4)) };
    this.reports = deviceReports(clock);
  }

  #laneWish(laneId: string | undefined, wish: string): LaneAnswer | Refusal {
    if (laneId !== undefined && !this.lanes.some((lane) => lane.lane_id === laneId))
      return { kind: "refused", reason: "unknown-lane", sentence: `There is no lane ${laneId}.` };
    this.laneWishes.push(`${laneId ?? "facility"} ${wish}`);
    return { lane_id: laneId ?? null, sentence: "Done." };
  }

  state(): KioskState {
    return {
      type: "state",
      facility: {
        facility_id: "gueterbahnhof",
        name: this.name,
        timezone: "Europe/Berlin",
        currency: "EUR",
        mode: "open",
      },
      now: isoOf(this.#clock.now()),
      rate: this.rate,
      lanes: structuredClone(this.lanes),
      spaces: structuredClone(this.spaces),
      counts: this.counts(),
      sessions: {
        pending: 1,
        open: this.spaces.filter(({ status }) => status === "occupied").length,
      },
      takings: {
        day: "2026-03-04",
        captured_minor: 128_450,
        payments: 213,
        entries: 248,
        exits: 219,
      },
      alerts: structuredClone(this.alerts),
      sync: { ...this.sync },
    };
  }

  counts(): KioskState["counts"] {
    const zones = Map.groupBy(this.spaces, ({ zone_id }) => zone_id);
    return {
      ...countsOf(this.spaces),
      zones: [...zones].map(([zoneId, spaces]) => ({
        zone_id: zoneId,
        name: `Zone ${zoneId.toUpperCase()}`,
        level: spaces[0]?.level ?? "",
        ...countsOf(spaces),
      })),
    };
  }

  onChange(listener: (change: KioskChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners, as the facility does when something has changed. */
  tell(change: Omit<KioskChange, "type" | "now">): void {
    const whole = { type: "change" as const, now: isoOf(this.#clock.now()), ...change };
    for (const listener of this.#listeners) listener(whole);
  }

  changeLane(laneId: string, change: Partial<LaneView>): void {
    const lane = this.lanes.find((each) => each.lane_id === laneId);
    if (lane === undefined) throw new Error(`no lane ${laneId}`);
    Object.assign(lane, change);
    this.tell({ lanes: [structuredClone(lane)] });
  }

  changeSpaces(ids: readonly string[], status: SpaceView["status"]): void {
    const changed = this.spaces.filter(({ space_id }) => ids.includes(space_id));
    for (const space of changed) Object.assign(space, { status, since: this.#ago(seconds(0)) });
    this.tell({ spaces: structuredClone(changed), counts: this.counts() });
  }

  raise(alert: Partial<AlertView> & { alert_id: string }): void {
    this.alerts.push({
      alert_type: "gate-unreachable",
      severity: "critical",
      subject: "exit-2",
      sentence: "Exit 2 does not answer: check the power, cable and address of its controller.",
      at: this.#ago(minutes(3)),
      ...alert,
    });
    this.tell({ alerts: structuredClone(this.alerts) });
  }

  async openByHand(opening: HandOpening): Promise<OpenAnswer | Refusal> {
    if (this.trouble !== undefined) throw this.trouble;
    const before = this.#answers.get(opening.requestId);
    if (before !== undefined) return before;
    if (this.refusal !== undefined) return this.refusal;
    const lane = this.lanes.find(({ lane_id }) => lane_id === opening.laneId);
    if (lane === undefined) {
      return {
        kind: "refused",
        reason: "unknown-lane",
        sentence: `There is no lane ${opening.laneId}.`,
      };
    }
    const answer: OpenAnswer = {
      decision_id: `d-${this.openings.length + 1}`,
      session_id: opening.sessionId ?? lane.session_id,
      sentence: `${lane.name} opens by hand: ${opening.reason}.`,
    };
    this.#answers.set(opening.requestId, answer);
    this.openings.push(opening);
    await this.beforeAnswer();
    this.changeLane(lane.lane_id, { state: "open-commanded", sentence: answer.sentence });
    return answer;
  }

  acknowledgeAlert(alertId: string, { kind, id }: Actor): boolean {
    const found = this.alerts.find(({ alert_id }) => alert_id === alertId);
    if (found === undefined) return false;
    found.acknowledged_by ??= id ?? kind;
    this.tell({ alerts: structuredClone(this.alerts) });
    return true;
  }

  resolveAlert(alertId: string, actor: Actor): boolean {
    if (!this.alerts.some(({ alert_id }) => alert_id === alertId)) return false;
    this.alerts = this.alerts.filter(({ alert_id }) => alert_id !== alertId);
    this.resolved.push({ alertId, actor });
    this.tell({ alerts: structuredClone(this.alerts) });
    return true;
  }

  why(id: string): WhyAnswer | undefined {
    if (id !== "s-4711") return undefined;
    return {
      id,
      sentence: "M-AB 1234 entered at Entry 1 and owes 4.50 EUR.",
      lines: [
        {
          seq: 812,
          at: this.#ago(minutes(95)),
          type: "lane-decided",
          sentence:
            "Entry 1 opened for M-AB 1234: the plate was read with 97 % and places were free.",
        },
        {
          seq: 816,
          at: this.#ago(minutes(94)),
          type: "session-opened",
          sentence: "The car passed the safety loop: the session began.",
        },
        {
          seq: 2190,
          at: this.#ago(seconds(40)),
          type: "session-quoted",
          sentence: "1 h 34 of parking cost 4.50 EUR.",
        },
      ],
    };
  }

  status(): FacilityStatus {
    const { total, free, unknown } = this.counts();
    return {
      level: this.level,
      verdict: this.verdict,
      facilityId: "gueterbahnhof",
      version: "0.1.0",
      startedAt: this.#ago(minutes(600)),
      lanes: this.lanes.map(({ lane_id, state, health }) => ({ laneId: lane_id, state, health })),
      sessions: { pending: 1, open: 66 },
      spaces: { total, free, unknown },
      ledger: { epoch: 1, written: 2204, acknowledged: 2204 - this.sync.queued },
      alerts: this.alerts.length,
    };
  }

  doctor(): readonly DoctorCheck[] {
    return this.checks;
  }

  devices(): readonly DeviceReport[] {
    return this.reports;
  }

  syncStatus(): SyncStatus {
    return {
      state: this.sync.state,
      queued: this.sync.queued,
      acknowledged: 2204 - this.sync.queued,
      written: 2204,
      lastAckAt: this.sync.last_ack_at ?? undefined,
      lastError:
        this.sync.state === "offline" ? "cloud-unreachable: connection refused" : undefined,
      directivesApplied: 7,
    };
  }

  metrics(): ReturnType<Desk["metrics"]> {
    return [
      { name: "spaces", labels: { status: "free" }, value: this.counts().free },
      { name: "spaces", labels: { status: "occupied" }, value: this.counts().occupied },
      { name: "gate_openings_total", labels: { lane: "entry-1" }, value: 248 },
    ];
  }

  readonly #ago = (ago: Duration): string => isoOf(earlier(this.#clock.now(), ago));
}

type Ago = (ago: Duration) => string;

const noProof = { commanded: null, acknowledged: null, moved: null, passed: null, closed: null };

function laneViews(ago: Ago): LaneView[] {
  const proof = (at: number, evidence: string) => ({ at: ago(seconds(at)), evidence });
  const idle = {
    state: "idle",
    arming: false,
    safety: false,
    due_minor: null,
    session_id: null,
    proofs: noProof,
    health: "online" as const,
    health_detail: "",
    is_reversible: false,
    mode: "open" as const,
    effective_mode: "open" as const,
    hold: "none" as const,
    orders: ["hold-open" as const, "let-go" as const],
    tickets: [],
  };
  return [
    {
      ...idle,
      lane_id: "entry-1",
      name: "Entry 1",
      direction: "entry",
      state_since: ago(seconds(41)),
      sentence: "Opened for B-XK 8805: read with 97 %, 54 places free; the car passed.",
      last_read: { plate: "BXK8805", raw_plate: "BXK88O5", confidence: 0.97, at: ago(seconds(58)) },
      proofs: {
        commanded: proof(57, "ledger line 2196"),
        acknowledged: proof(56, "readback of relay 1"),
        moved: proof(54, "limit switch"),
        passed: proof(47, "safety loop off"),
        closed: proof(41, "limit switch off"),
      },
    },
    {
      ...idle,
      lane_id: "entry-2",
      name: "Entry 2",
      direction: "entry",
      state: "passing",
      state_since: ago(seconds(2)),
      arming: true,
      safety: true,
      sentence: "Opened for HH-QT 204: season permit 1188.",
      last_read: { plate: "HHQT204", raw_plate: "HHQT204", confidence: 0.99, at: ago(seconds(9)) },
      session_id: "s-4790",
      proofs: {
        ...noProof,
        commanded: proof(8, "ledger line 2201"),
        acknowledged: proof(8, "sent"),
        moved: proof(5, "limit switch"),
      },
    },
    {
      ...idle,
      lane_id: "exit-1",
      name: "Exit 1",
      direction: "exit",
      state: "collecting",
      state_since: ago(seconds(40)),
      arming: true,
      sentence: "M-AB 1234 owes 4.50 EUR; the card was declined twice.",
      last_read: { plate: "MAB1234", raw_plate: "MA8I234", confidence: 0.71, at: ago(seconds(52)) },
      session_id: "s-4711",
      due_minor: 450,
    },
    {
      ...idle,
      lane_id: "exit-2",
      name: "Exit 2",
      direction: "exit",
      state: "idle",
      state_since: ago(minutes(12)),
      sentence: "Nobody has come yet since the daemon started.",
      last_read: null,
    },
  ];
}

/** About half occupied; a fixed pattern, so that pictures repeat. */
function spaceViews(count: number, ago: Ago): SpaceView[] {
  const levels = count > 1000 ? 4 : 2;
  return Array.from({ length: count }, (_, index) => {
    const level = Math.floor((index * levels) / count);
    const zone = Math.floor((index * levels * 2) / count);
    const within = index % Math.max(1, Math.floor(count / (levels * 2)));
    const number = `${"ABCDEFGH"[zone]}${String(within + 1).padStart(3, "0")}`;
    const kind = typeOf(within);
    return {
      space_id: number,
      number,
      zone_id: "abcdefgh"[zone] ?? "a",
      level: `U${level + 1}`,
      space_type: kind,
      is_accessible: kind === "accessible",
      status: statusOf(index),
      since: ago(minutes(3 + ((index * 37) % 400))),
    };
  });
}

function typeOf(within: number): string {
  if (within < 3) return "accessible";
  if (within < 7) return "ev";
  if (within === 7) return "family";
  return within === 8 ? "motorcycle" : "standard";
}

function statusOf(index: number): SpaceView["status"] {
  const chance = (index * 7919) % 101;
  if (chance < 56) return "occupied";
  if (chance > 97) return "unknown";
  return index % 97 === 40 ? "out-of-service" : "free";
}

function countsOf(spaces: readonly SpaceView[]) {
  const count = (status: SpaceView["status"]): number =>
    spaces.filter((space) => space.status === status).length;
  return {
    total: spaces.length,
    free: count("free"),
    occupied: count("occupied"),
    unknown: count("unknown"),
  };
}

function deviceReports(clock: Clock): DeviceReport[] {
  return [
    {
      id: "entry-1-gate",
      kind: "gate",
      make: "Waveshare 8ch at 10.0.0.5:4196",
      laneId: "entry-1",
      state: "online",
      lastSeen: earlier(clock.now(), seconds(3)),
      counters: { openings: 248, timeouts: 0 },
    },
    {
      id: "bay-A001",
      kind: "bay-sensor",
      make: "MQTT bay sensor",
      state: "online",
      lastSeen: earlier(clock.now(), minutes(6)),
      counters: { messages: 41 },
    },
  ];
}
