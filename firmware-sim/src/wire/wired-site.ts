import { check } from "@gatehouse/shared/check";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { LaneConfig, WireConfig } from "@gatehouse/shared/contracts/lane-config";
import { spacesOf } from "@gatehouse/shared/contracts/facility";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { Barrier } from "../barrier.ts";
import type { Bay } from "../bays.ts";
import type { BaySensor, Board, InputContact } from "../hardware.ts";
import type { LaneSite } from "../lane-queue.ts";
import { buildLoraSite } from "../lora/lora-site.ts";
import type { KeptTown, SimulatorPlan } from "../plan.ts";
import { e1214 } from "./e1214.ts";
import { et2260 } from "./et2260.ts";
import { mr6c } from "./mr6c.ts";
import { GateCamera } from "./gate-camera.ts";
import { MqttBaySensor } from "./mqtt/bay-sensor.ts";
import type { DeviceLink } from "./mqtt/device-link.ts";
import { MqttLoopBoard } from "./mqtt/loop-board.ts";
import { MqttSignDisplay } from "./mqtt/sign-display.ts";
import { isPushMake, pushingCamera } from "./plate-camera.ts";
import { adam6060, wp8026, wp8027 } from "./plain-board.ts";
import { UsbRelay } from "./usb-relay.ts";
import { waveshare8ch } from "./waveshare-8ch.ts";
import { ZvtTerminalSim } from "./zvt-terminal.ts";

export interface WiredSiteParts {
  readonly plan: SimulatorPlan;
  readonly kept: KeptTown | undefined;
  readonly clock: Clock;
  /** Ids of boots and messages: never the same in two runs. */
  readonly random: Random;
}

/** A whole site's devices on real wires, as its configuration places them. */
export interface WiredSite {
  readonly parts: readonly Part[];
  readonly lanes: readonly LaneSite[];
  readonly bays: readonly Bay[];
  readonly terminals: ReadonlyMap<string, ZvtTerminalSim>;
  /** The network side of everything on the broker. */
  readonly links: readonly DeviceLink[];
}

/** @throws Error naming a profile that has no simulated board */
export function buildWiredSite(parts: WiredSiteParts): WiredSite {
  const { plan, clock, random } = parts;
  const { facility, credentials } = plan;
  const boards = new Boards(plan, clock);
  const address = (deviceId: string) => {
    const password = credentials.mqtt[deviceId];
    check(password !== undefined, `device ${deviceId} has a password in the plan`);
    return { deviceId, password, broker: facility.mqtt, random };
  };
  const plain = spacesOf(facility).flatMap(({ spaceId, sensorId }) =>
    sensorId === undefined
      ? []
      : [{ spaceId, sensor: new MqttBaySensor({ ...address(sensorId), clock }) }],
  );
  const lora = buildLoraSite({ facility, clock, random, address });
  const ofSpace = Map.groupBy([...plain, ...lora.sensors], ({ spaceId }) => spaceId);
  const bays = spacesOf(facility).map(({ spaceId, type }) => ({
    spaceId,
    type,
    ...watching(ofSpace.get(spaceId)?.map(({ sensor }) => sensor)),
  }));
  const terminals = new Map<string, ZvtTerminalSim>();
  const lanes = facility.lanes.map((lane) => buildLane(lane, parts, boards, address, terminals));
  const onBroker = [
    ...plain.map(({ sensor }) => sensor),
    ...lora.servers,
    ...lanes.flatMap(({ onBroker }) => onBroker),
  ];
  return {
    parts: [
      ...boards.all,
      ...terminals.values(),
      ...lanes.map(({ camera }) => camera),
      ...onBroker,
      ...lora.sensors.map(({ sensor }) => sensor),
    ],
    lanes: lanes.map(({ site }) => site),
    bays,
    terminals,
    links: onBroker.map(({ link }) => link),
  };
}

/** All sensors of a space see the same. */
const watching = (sensors: readonly BaySensor[] | undefined): Pick<Bay, "sensor"> =>
  sensors === undefined
    ? {}
    : {
        sensor: {
          set: (occupied) => {
            for (const sensor of sensors) sensor.set(occupied);
          },
        },
      };

type OnBroker = Part & { readonly link: DeviceLink };
type AddressOf = (deviceId: string) => ConstructorParameters<typeof MqttSignDisplay>[0];

function buildLane(
  lane: LaneConfig,
  parts: WiredSiteParts,
  boards: Boards,
  address: AddressOf,
  terminals: Map<string, ZvtTerminalSim>,
) {
  const { plan, clock, kept } = parts;
  const { facility, credentials } = plan;
  const sign = lane.sign === undefined ? undefined : new MqttSignDisplay(address(lane.sign));
  const loops =
    lane.inputs.kind === "mqtt"
      ? new MqttLoopBoard({ ...address(lane.inputs.device), clock })
      : undefined;
  const contact = (input: "arming" | "safety" | "limit-open"): InputContact | undefined => {
    if (loops !== undefined) return { set: (active) => loops.set(input, active) };
    if (lane.inputs.kind === "mqtt") return undefined;
    const number = {
      arming: lane.inputs.arming,
      safety: lane.inputs.safety,
      "limit-open": lane.inputs.limit_open,
    }[input];
    return number === undefined
      ? undefined
      : boards.at(lane.inputs.wire, lane.inputs.profile).input(number);
  };
  const limitOpen = contact("limit-open");
  const { relay, close_relay } = lane.gate;
  const board = boards.at(lane.gate.wire, lane.gate.profile);
  const close =
    board instanceof GateCamera
      ? board.closeRelay(relay)
      : close_relay === undefined
        ? undefined
        : board.relay(close_relay);
  const barrier = new Barrier({
    clock,
    open: board.relay(relay),
    ...(close === undefined ? {} : { close }),
    ...(limitOpen === undefined ? {} : { limitOpen }),
  });
  if (lane.terminal !== undefined) {
    const { id, host, port } = lane.terminal;
    const password = credentials.terminals[id];
    const lastReceipt = kept?.receipts[id];
    terminals.set(
      id,
      new ZvtTerminalSim({
        name: id,
        host,
        port,
        clock,
        timezone: facility.facility.timezone,
        terminalId: `2900${String(terminals.size + 1).padStart(4, "0")}`,
        ...(password === undefined ? {} : { password }),
        ...(lastReceipt === undefined ? {} : { lastReceipt }),
      }),
    );
  }
  const [reader] = lane.readers;
  check(reader !== undefined, `lane ${lane.id} has a plate camera`);
  const { host, port } = facility.http.cameras;
  check(isPushMake(reader.format), `reader ${reader.id} has a simulated camera that pushes`);
  const camera = pushingCamera(reader.format, {
    id: reader.id,
    timezone: facility.facility.timezone,
    target: `http://${host}:${port}`,
    token: credentials.readers[reader.id] ?? "",
    clock,
  });
  const [arming, safety] = [contact("arming"), contact("safety")];
  check(arming !== undefined && safety !== undefined, `lane ${lane.id} has its loops`);
  const terminal = lane.terminal === undefined ? undefined : terminals.get(lane.terminal.id);
  const site: LaneSite = {
    laneId: lane.id,
    direction: lane.direction === "exit" ? "exit" : "entry",
    arming,
    safety,
    barrier,
    camera,
    turnsAway: () => sign?.shown?.tone === "stop",
    ...(terminal === undefined ? {} : { terminal }),
  };
  const onBroker: OnBroker[] = [sign, loops].filter((part) => part !== undefined);
  return { site, camera, onBroker };
}

/** One simulated board for each wire, of the make that the profile names. */
class Boards {
  readonly #facility: FacilityConfig;
  readonly #accounts: SimulatorPlan["credentials"]["devices"];
  readonly #clock: Clock;
  readonly #made = new Map<string, Board>();

  constructor({ facility, credentials }: SimulatorPlan, clock: Clock) {
    this.#facility = facility;
    this.#accounts = credentials.devices;
    this.#clock = clock;
  }

  get all(): readonly Board[] {
    return [...this.#made.values()];
  }

  at(wireId: string, profile: string): Board {
    const found = this.#made.get(wireId);
    if (found !== undefined) return found;
    const wire = this.#facility.wires[wireId];
    check(wire !== undefined, `wire ${wireId} is in the configuration`);
    const made = makeBoard(profile, wire, this.#clock, this.#accounts[wireId]);
    this.#made.set(wireId, made);
    return made;
  }
}

function makeBoard(
  profile: string,
  wire: WireConfig,
  clock: Clock,
  account: { readonly user: string; readonly password: string } | undefined,
): Board {
  if (wire.kind === "http") {
    const make = profile.startsWith("hikvision") ? "hikvision" : "dahua";
    const port = Number(new URL(wire.url).port);
    return new GateCamera({ make, clock, port, ...(account === undefined ? {} : { account }) });
  }
  const serial = wire.kind === "serial" ? { pty: { link: wire.path } } : undefined;
  const network = wire.kind === "serial" ? undefined : { port: wire.port };
  const side = serial ?? network;
  if (profile === "waveshare-8ch" && side !== undefined) return waveshare8ch({ clock }, side);
  if (profile === "wirenboard-mr6c" && side !== undefined) return mr6c({ clock }, side);
  if (profile === "wellpro-wp8026" && side !== undefined) return wp8026({ clock }, side);
  if (profile === "wellpro-wp8027" && side !== undefined) return wp8027({ clock }, side);
  if (profile === "icpdas-et2260" && network !== undefined) return et2260({ clock }, network);
  if (profile === "moxa-e1214" && network !== undefined) return e1214({ clock }, network);
  if (profile === "adam-6060" && network !== undefined) return adam6060({ clock }, network);
  if (profile === "lcus-ch340" && serial !== undefined)
    return new UsbRelay({ frame: "lcus", ...serial });
  if (profile === "cp210x-at" && serial !== undefined)
    return new UsbRelay({ frame: "at", ...serial });
  throw new Error(`no simulated board for profile ${profile} on a wire of kind ${wire.kind}`);
}
