import type { Actor } from "@gatehouse/shared/contracts/actor";
import {
  type DeviceAct,
  type DeviceActAnswer,
  type DeviceRecord,
  type DeviceShowData,
  devicesToldMax,
  type RegistryRules,
  type Ticket,
  type TicketAnswer,
  type TicketRequest,
  type TicketStep,
} from "@gatehouse/shared/contracts/registry";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { DeviceDoor } from "@gatehouse/shared/ports/device-door";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Remedy } from "@gatehouse/shared/ports/remedy";
import type { SensorHealth } from "@gatehouse/shared/ports/sensor-feed";
import { type Duration, minutes, seconds } from "@gatehouse/shared/time";
import { isShutOut, standingAfter, type Standing } from "../domain/device.ts";
import type { Book, Tx } from "../store/book.ts";
import { listDevices, saveDevice } from "../store/devices.ts";
import type { Counters, Metric } from "./counters.ts";
import { type Refusal, refusal } from "./desk.ts";
import { lookAtConduct } from "./device-conduct.ts";
import { DeviceLife, newDevice } from "./device-life.ts";
import { deviceMetrics } from "./device-metrics.ts";
import { deviceRecord, worstFirst } from "./device-views.ts";
import { DevicesTold } from "./devices-told.ts";
import type { LoopWatch } from "./loop-watch.ts";
import { lookAtGone } from "./device-gone.ts";
import { OpenAlerts } from "./open-alerts.ts";
import type { DeviceWish, RegistryDesk } from "./registry-desk.ts";
import { Remedies } from "./remedies.ts";
import type { SensorWatch } from "./sensor-watch.ts";
import { Tickets } from "./tickets.ts";

export interface RegistryDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly rules: RegistryRules;
  /** What every device says of itself now. */
  readonly reports: () => readonly DeviceReport[];
  readonly sensors: () => readonly SensorHealth[];
  readonly doors: readonly DeviceDoor[];
  /** Clients of the broker that the configuration names and that no report tells of: a Frigate is one of its cameras'. */
  readonly namedClients?: ReadonlySet<string>;
  readonly remedies: readonly Remedy[];
  /** What else looks at devices once a minute. */
  readonly sensorWatch: SensorWatch;
  readonly loopWatch: LoopWatch;
}

const every = minutes(1);
/** When there was more to save than one transaction may. */
const soon = seconds(1);
/** So many devices are saved in one transaction; a gate waits no longer than that takes. */
const saveLimit = 500;
/** Counts and last seen may be lost for so long in a crash: 10,000 sensors are not written each minute. */
const saveEvery = minutes(15);

/** Every device over all its days: looked at once a minute, kept in the book. */
export class Registry implements Part, RegistryDesk {
  readonly name = "registry";
  readonly #deps: RegistryDeps;
  readonly #lives = new Map<string, DeviceLife>();
  readonly #tickets: Tickets;
  readonly #remedies: Remedies;
  readonly #told = new DevicesTold();
  #cancel: () => void = () => {};
  #stopped = true;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
    this.#tickets = new Tickets(deps);
    this.#remedies = new Remedies(deps);
  }

  async start(): Promise<void> {
    this.#stopped = false;
    for (const row of listDevices(this.#deps.book))
      this.#lives.set(row.deviceId, new DeviceLife(row));
    this.#deps.sensorWatch.start(this.#lives);
    this.#shutOut();
    this.#plan(every);
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancel();
    for (const life of this.#lives.values()) if (life.unsaved === "some-time") life.unsaved = "now";
    while (this.#quietly(() => this.#save())) continue;
  }

  /** Whether a device's word counts. */
  isHeard(deviceId: string): boolean {
    const life = this.#lives.get(deviceId);
    return life === undefined || !isShutOut(life.row.standing);
  }

  devices(): readonly DeviceRecord[] {
    this.#note();
    return worstFirst([...this.#lives.values()].map(deviceRecord));
  }

  device(deviceId: string): DeviceShowData | undefined {
    this.#note();
    const life = this.#lives.get(deviceId);
    if (life === undefined) return undefined;
    return { device: deviceRecord(life), tickets: [...this.#tickets.of(deviceId)] };
  }

  act(deviceId: string, act: DeviceAct, wish: DeviceWish): DeviceActAnswer | Refusal {
    this.#note();
    const life = this.#lives.get(deviceId);
    if (life === undefined)
      return refusal("unknown-device", `No device ${deviceId} was ever known.`);
    const { row } = life;
    const to = standingAfter(row.standing, act);
    if (to === undefined) return refusal("no-change", `${deviceId} is ${row.standing} already.`);
    if (act === "retire" && row.configured)
      return refusal(
        "configured",
        `facility.yaml names ${deviceId}: take it out there first, or quarantine it.`,
      );
    if (act === "quarantine" && !this.#canShutOut(life))
      return refusal(
        "not-at-a-door",
        `${deviceId} does not come to us, we ask it: take it out of facility.yaml instead.`,
      );
    this.#deps.book.write((tx) => this.#become(tx, life, to, wish));
    this.#shutOut();
    return { device_id: deviceId, sentence: `${deviceId} is ${to}.` };
  }

  tickets(all: boolean): readonly Ticket[] {
    return this.#tickets.list(all);
  }

  openTicket(asked: TicketRequest, actor: Actor): TicketAnswer | Refusal {
    return this.#tickets.open(asked, actor);
  }

  stepTicket(ticketId: string, step: TicketStep, actor: Actor): TicketAnswer | Refusal {
    return this.#tickets.step(ticketId, step, actor);
  }

  metrics(): Metric[] {
    return deviceMetrics([...this.#lives.values()], this.#deps.clock.now());
  }

  #plan(delay: Duration): void {
    if (this.#stopped) return;
    this.#cancel = this.#deps.clock.after(delay, () => this.#round());
  }

  #round(): void {
    const hasMore = this.#quietly(() => {
      this.#note();
      this.#judge();
      const isAllTold = this.#tell();
      return this.#save() || !isAllTold;
    });
    this.#plan(hasMore ? soon : every);
  }

  /** What went wrong in the world is tried again a minute later. */
  #quietly(work: () => boolean): boolean {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#deps.counters.count("writes_failed_total", { route: "registry" });
      return false;
    }
  }

  /** Takes what every device says now. */
  #note(): void {
    const { reports, sensors, doors, clock, namedClients } = this.#deps;
    const now = clock.now();
    const healths = new Map(sensors().map((each) => [each.sensorId, each]));
    const heard = new Set<string>();
    for (const report of reports()) {
      if (heard.has(report.id)) continue;
      heard.add(report.id);
      const life = this.#lifeOf(report.id, true);
      life.hear(report, healths.get(report.id), now);
    }
    for (const visitor of doors.flatMap((door) => door.visitors())) {
      if (heard.has(visitor.id) || visitor.lastSeen === undefined) continue;
      heard.add(visitor.id);
      const isNamed = namedClients?.has(visitor.id) === true;
      this.#lifeOf(visitor.id, isNamed).visit(visitor, isNamed, now);
    }
    for (const [id, life] of this.#lives) if (!heard.has(id)) life.vanish(now);
  }

  #lifeOf(id: string, named: boolean): DeviceLife {
    const known = this.#lives.get(id);
    if (known !== undefined) return known;
    const life = new DeviceLife(newDevice(id, named, this.#deps.clock.now()));
    life.unsaved = "now";
    this.#lives.set(id, life);
    return life;
  }

  /** What follows from what was seen: quarantine, alerts, tickets, remedies. */
  #judge(): void {
    const { book, clock, random, doors, sensorWatch, loopWatch } = this.#deps;
    const visitors = doors.flatMap((door) => door.visitors());
    const alerts = new OpenAlerts(book);
    const now = clock.now();
    lookAtConduct(alerts, this.#lives, visitors, (life, reason) =>
      alerts.also((tx) => this.#become(tx, life, "quarantined", { actor: rule, reason })),
    );
    lookAtGone(alerts, this.#lives.values(), now);
    sensorWatch.look(alerts);
    loopWatch.look(alerts);
    // An alert that is raised now opens its ticket with the next look.
    this.#tickets.openFor(alerts);
    if (alerts.hasNews) book.write((tx) => alerts.write(tx, random, now), "plain");
    this.#shutOut();
    void this.#remedies.look(this.#lives);
  }

  #become(tx: Tx, life: DeviceLife, to: Standing, { actor, reason }: DeviceWish): void {
    const now = this.#deps.clock.now();
    const { deviceId, standing: from } = life.row;
    const standing = {
      standing: to,
      standingSince: now,
      standingBy: actor.id ?? actor.kind,
      standingReason: reason,
    };
    saveDevice(tx, { ...life.row, ...standing });
    tx.append(now, {
      type: "device-state-changed",
      body: { device_id: deviceId, from, to, actor, reason },
    });
    tx.afterCommit(() => {
      life.become(standing);
      life.conduct.forget();
    });
  }

  #canShutOut({ row }: DeviceLife): boolean {
    const { doors } = this.#deps;
    return doors.some((door) => door.knows(row.deviceId)) || comes.has(row.kind);
  }

  #shutOut(): void {
    const ids = [...this.#lives.values()]
      .filter(({ row }) => isShutOut(row.standing))
      .map(({ row }) => row.deviceId);
    for (const door of this.#deps.doors) door.shutOut(new Set(ids));
  }

  /** Tells head office of devices that are new or changed. @returns whether that was all */
  #tell(): boolean {
    const { book, clock } = this.#deps;
    const now = clock.now();
    const devices = this.#told.due(this.#lives.values(), now);
    if (devices.length > 0) book.write((tx) => this.#told.tell(tx, devices, now), "plain");
    return devices.length < devicesToldMax;
  }

  /** @returns whether there is more to save at once */
  #save(): boolean {
    const { book, clock } = this.#deps;
    const now = clock.monotonic();
    const due = [...this.#lives.values()].filter(
      ({ unsaved, savedAt }) =>
        unsaved === "now" || (unsaved === "some-time" && now - savedAt >= saveEvery),
    );
    const batch = due.slice(0, saveLimit);
    if (batch.length === 0) return false;
    book.write((tx) => {
      for (const { row } of batch) saveDevice(tx, row);
    }, "plain");
    for (const life of batch) {
      life.unsaved = "no";
      life.savedAt = now;
    }
    return due.length > batch.length;
  }
}

/** Kinds whose words are dropped here, whatever way they come. */
const comes = new Set(["bay-sensor", "plate-camera"]);

const rule: Actor = { kind: "system", id: "device-conduct" };
