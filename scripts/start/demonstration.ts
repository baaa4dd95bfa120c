import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { askDaemon } from "@gatehouse/edge/cli/daemon-link";
import type { SimulatorMessage, SimulatorStats } from "@gatehouse/firmware-sim/messages";
import { overheadOutlines } from "@gatehouse/firmware-sim/scene/overhead-view";
import { overheadSpaces } from "@gatehouse/firmware-sim/wire/picture-cameras";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { StatusData } from "@gatehouse/shared/contracts/control";
import { FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import { stringify } from "yaml";
import { buildPages } from "../build-pages.ts";
import type { SpaceSaying } from "./agreement.ts";
import { Child, type ChildMessage } from "./children.ts";
import { lockData } from "./data-lock.ts";
import { demoFacility, overheadCamera, overheadViewFile } from "./demo-facility.ts";
import { learnEmptyLot } from "./empty-lot.ts";
import { type Credentials, credentialsIn, writePrivate } from "./first-start.ts";
import { lastSeqOf } from "./audit.ts";
import { KioskFeed } from "./kiosk-feed.ts";
import type { StartOptions } from "./options.ts";
import { choosePorts, type Ports } from "./ports.ts";
import { nextRun } from "./runs.ts";
import { VirtualDay } from "./virtual-day.ts";

const root = resolve(import.meta.dirname, "../..");
const settledWithinMs = 60_000;

/**
 * One facility, its hardware, its cars and its head office as processes of their own, which meet only on real
 * wires: the daemon is the one a site runs, and is told nothing of being watched.
 */
export class Demonstration {
  readonly options: StartOptions;
  readonly dataDir: string;
  readonly day: VirtualDay;
  readonly truth: SpaceSaying[] = [];
  readonly published: SpaceSaying[] = [];
  /** Those that the overhead camera watches. */
  overheadSpaces: ReadonlySet<string> = new Set();
  ports!: Ports;
  credentials!: Credentials;
  feed!: KioskFeed;
  stats: SimulatorStats | undefined;
  /** The ledger's last line before this run. */
  fromSeq = 0;
  /** Why it must end early. */
  failure: string | undefined;
  readonly #unlock: () => void;
  readonly #children: Child[] = [];
  #simulator: Child | undefined;
  #onFailure: () => void = () => {};

  constructor(options: StartOptions) {
    this.options = options;
    this.dataDir = resolve(options.dataDir);
    mkdirSync(this.dataDir, { recursive: true, mode: 0o700 });
    this.#unlock = lockData(this.dataDir);
    this.day = new VirtualDay(this.dataDir, options.speed);
  }

  /** Resolves when one of the processes has ended by itself. */
  get failed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.failure !== undefined) resolve();
      this.#onFailure = resolve;
    });
  }

  /** Starts everything; cars come once `open` is called. */
  async start(): Promise<void> {
    await buildPages();
    this.ports = await choosePorts(this.options.portBase);
    const facility = this.#facility();
    this.overheadSpaces = new Set(overheadSpaces(facility));
    this.credentials = await credentialsIn(this.dataDir, namesOf(facility));
    writeFileSync(
      join(this.dataDir, "edge", "facility.yaml"),
      stringify(facility, { aliasDuplicateObjects: false }),
    );
    writeFileSync(join(this.dataDir, "edge", overheadViewFile), overheadDrawing(facility));
    writePrivate(join(this.dataDir, "sim", "plan.json"), {
      seed: this.options.seed,
      run: nextRun(this.dataDir),
      facility,
      credentials: this.credentials.devices,
      state_file: join(this.dataDir, "sim", "town.json"),
    });
    const edgeDir = join(this.dataDir, "edge");
    const cloud = this.#child("cloud", [
      "cloud/bin/cloud.mjs",
      "--data",
      this.dataDir,
      "--port",
      String(this.ports["head office"]),
    ]);
    this.#simulator = this.#child("firmware-sim", [
      "firmware-sim/bin/firmware-sim.mjs",
      join(this.dataDir, "sim", "plan.json"),
    ]);
    await Promise.all([cloud.ready(), this.#simulator.ready()]);
    this.fromSeq = lastSeqOf(join(edgeDir, "book.sqlite"));
    const edge = this.#child("edge", [
      "edge/bin/gatehouse.mjs",
      "run",
      "--config",
      join(edgeDir, "facility.yaml"),
      "--data",
      edgeDir,
    ]);
    await edge.ready();
    await this.#watch();
    await this.#settled(facility);
    await this.#teachCamera(facility);
  }

  open(): void {
    this.#simulator?.send({ type: "open" });
  }

  drain(): void {
    this.#simulator?.send({ type: "drain" });
  }

  /** The daemon's own word, over its control socket. */
  async status(): Promise<StatusData> {
    const heard = await askDaemon(join(this.dataDir, "edge"), { verb: "status" });
    if (heard.kind === "unreachable") throw new Error(heard.why);
    return StatusData.parse(heard.answer.data);
  }

  /** Ends the daemon alone, so that its book can be read as it stands. */
  async stopEdge(): Promise<void> {
    this.feed.stop();
    await this.#children.find((child) => child.name === "edge")?.stop();
  }

  async stop(): Promise<void> {
    this.feed?.stop();
    this.day.save();
    for (const name of ["edge", "firmware-sim", "cloud"]) {
      await this.#children.find((child) => child.name === name)?.stop();
    }
    this.day.save();
    this.#unlock();
  }

  #facility(): FacilityConfig {
    const pty = (name: string): string => join(this.dataDir, "sim", name);
    const ptys = { entry2: pty("tty-entry-2"), exit1: pty("tty-exit-1") };
    return FacilityConfig.parse(
      demoFacility({ ports: this.ports, ptys, speed: this.options.speed }),
    );
  }

  #child(name: string, args: readonly string[]): Child {
    const [script = "", ...rest] = args;
    const child = new Child(
      {
        name,
        args: [join(root, script), ...rest],
        env: this.day.environment,
        logDir: join(this.dataDir, "log"),
        onMessage: (message) => this.#hear(message),
      },
      (ended, code, logFile) => {
        this.failure = `${ended} ended by itself (code ${code}); see ${logFile}`;
        this.#onFailure();
      },
    );
    this.#children.push(child);
    return child;
  }

  #hear(message: ChildMessage): void {
    const heard = message as SimulatorMessage;
    if (heard.type === "truth")
      this.truth.push({ spaceId: heard.space_id, occupied: heard.occupied, at: heard.at });
    if (heard.type === "stats") this.stats = heard;
  }

  async #watch(): Promise<void> {
    const operator = this.credentials.firstStart.operators.find(
      ({ role }) => role === "technician",
    );
    if (operator === undefined) throw new Error("first-start.json names no technician");
    this.feed = new KioskFeed(this.ports["kiosk and API"], operator, (spaces) =>
      this.#keepPublished(spaces),
    );
    await this.feed.start();
  }

  #keepPublished(spaces: readonly SpaceView[]): void {
    for (const { space_id, status, since } of spaces) {
      const occupied = status === "occupied" ? true : status === "free" ? false : undefined;
      this.published.push({ spaceId: space_id, occupied, at: Date.parse(since) });
    }
  }

  /** At the first start the lot is still empty: the camera learns how that looks. */
  async #teachCamera({ cameras }: FacilityConfig): Promise<void> {
    const [camera] = cameras;
    const isEmpty = this.truth.every(({ occupied }) => occupied === false);
    const folder = join(this.dataDir, "edge", "cameras", overheadCamera);
    if (camera?.source.kind !== "snapshot" || !isEmpty) return;
    if (existsSync(join(folder, "calibration.json"))) return;
    const signIn = this.credentials.devices.cameras[camera.id];
    const came = await learnEmptyLot(this.feed, camera.id, camera.source.url, signIn);
    console.error(`camera ${camera.id} and its empty lot: ${came ?? "not learnt in time"}`);
  }

  /** Everything is ready when every device is on the broker and every space has its first word. */
  async #settled(facility: FacilityConfig): Promise<void> {
    const spaces = spacesOf(facility);
    const resumed = new Set(this.truth.map(({ spaceId }) => spaceId));
    for (const { spaceId } of spaces) {
      if (!resumed.has(spaceId)) this.truth.push({ spaceId, occupied: false, at: 0 });
    }
    const deadline = Date.now() + settledWithinMs;
    while (Date.now() < deadline && this.failure === undefined) {
      const { stats } = this;
      const known = this.feed.state?.counts.unknown === 0;
      if (known && stats !== undefined && stats.connected === stats.devices) return;
      await sleep(100);
    }
    throw new Error(
      this.failure ??
        `not all devices came up in ${settledWithinMs / 1000} s; see ${join(this.dataDir, "log")}`,
    );
  }
}

/** The overhead camera's spaces as a technician would draw them on the setup page. */
function overheadDrawing(facility: FacilityConfig): string {
  const frame = { file: "live", ...overheadOutlines(overheadSpaces(facility)) };
  return `${JSON.stringify(CameraView.parse({ frames: [frame] }), undefined, 2)}\n`;
}

function namesOf(facility: FacilityConfig) {
  const { lanes } = facility;
  return {
    facilityId: facility.facility.id,
    mqtt: [
      ...spacesOf(facility).flatMap(({ sensorId }) => (sensorId === undefined ? [] : [sensorId])),
      ...facility.network_servers,
      ...lanes.flatMap(({ inputs }) => (inputs.kind === "mqtt" ? [inputs.device] : [])),
      ...lanes.flatMap(({ sign }) => (sign === undefined ? [] : [sign])),
    ],
    readers: lanes.flatMap(({ readers }) => readers.map(({ id }) => id)),
    cameras: facility.cameras.map(({ id }) => id),
    devices: Object.keys(facility.wires).filter((id) => facility.wires[id]?.kind === "http"),
    terminals: lanes.flatMap(({ terminal }) => (terminal === undefined ? [] : [terminal.id])),
  };
}
