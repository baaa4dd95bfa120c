import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import { Fault } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import { loadBarrierPreset } from "../gate/barrier-preset.ts";
import {
  type GatePlan,
  type LaneHardwarePlan,
  planLaneHardware,
  type WirePlan,
} from "../lane-plan.ts";
import { BusAsker } from "../wire/bus-asker.ts";
import { serialEndpoint, tcpEndpoint } from "../wire/endpoints.ts";
import { openPorts } from "../wire/open-ports.ts";
import { RtuFraming } from "../wire/rtu-framing.ts";
import { TcpFraming } from "../wire/tcp-framing.ts";
import { probeGateBoard, probeInputBoard } from "./probe-board.ts";
import { probeCamera } from "./probe-camera.ts";
import { failed, passed, type Probed, together } from "./probe-check.ts";

export interface ProbeTools {
  readonly secrets: Pick<Secrets, "devices" | "cameras">;
  readonly newNonce: () => string;
  readonly now: Instant;
}

/** Real milliseconds that a board, and a terminal's port, have to answer. */
const patienceMs = 800;

/** What can be read without moving anything, of one lane or of everything on one wire. */
export async function probeSite(
  config: FacilityConfig,
  what: string,
  tools: ProbeTools,
): Promise<Probed | undefined> {
  const plan = planLaneHardware(config);
  const lane = config.lanes.find(({ id }) => id === what);
  const isMeant = ({ laneId, wire }: { laneId: string; wire: string }): boolean =>
    lane === undefined ? wire === what : laneId === what;
  const gates = plan.gates.filter(({ laneId, gate }) => isMeant({ laneId, wire: gate.wire }));
  const inputs = plan.inputs.filter((each) =>
    isMeant({ laneId: each.laneId, wire: each.inputs.wire }),
  );
  const names = new Set([
    ...gates.map(({ gate }) => gate.wire),
    ...inputs.map((each) => each.inputs.wire),
  ]);
  if (lane === undefined && names.size === 0) return undefined;
  const wires = plan.wires.filter(({ id }) => names.has(id));
  const found: Probed[] = [];
  for (const wire of wires) found.push(await probeWire(wire, { ...plan, gates, inputs }, tools));
  if (lane !== undefined) {
    found.push(...(await probeAround(lane, tools)), presetOf(lane));
  }
  return together(found);
}

/** Everything on one wire that was asked for. */
function probeWire(
  wire: WirePlan,
  plan: Pick<LaneHardwarePlan, "gates" | "inputs">,
  tools: ProbeTools,
): Promise<Probed> {
  const gates = plan.gates.filter(({ gate }) => gate.wire === wire.id);
  switch (wire.speaks) {
    case "modbus":
      return probeBus(wire, gates, plan.inputs);
    case "frames":
      return probeFrames(wire, gates);
    case "http":
      return probeHttp(wire, gates, tools);
  }
}

async function probeBus(
  { id, config }: WirePlan,
  gates: readonly GatePlan[],
  inputs: LaneHardwarePlan["inputs"],
): Promise<Probed> {
  if (config.kind === "http") throw new Error(`invariant broken: ${id} carries no Modbus`);
  const endpoint =
    config.kind === "serial"
      ? serialEndpoint(config.path, config.baud)
      : tcpEndpoint(config.host, config.port);
  const framing = config.kind === "modbus-tcp" ? new TcpFraming() : new RtuFraming();
  const asker = new BusAsker(endpoint, framing, patienceMs);
  const found: Probed[] = [];
  try {
    await asker.open();
    found.push({ checks: [passed(`wire ${id}`, `${asker.address} is open`)], notes: [] });
    for (const plan of gates) {
      const { gate, profile } = plan;
      const place = { asker, wire: id, unit: gate.unit };
      if (profile.transport === "modbus") found.push(await probeGateBoard(place, plan, profile));
    }
    for (const plan of inputs.filter((each) => each.inputs.wire === id)) {
      found.push(await probeInputBoard({ asker, wire: id, unit: plan.inputs.unit }, plan));
    }
  } catch (error) {
    found.push(unreachable(id, error));
  } finally {
    await asker.close();
  }
  return together(found);
}

/** A board that never answers: its port is opened, and nothing is sent. */
async function probeFrames({ id, config }: WirePlan, gates: readonly GatePlan[]): Promise<Probed> {
  if (config.kind !== "serial") throw new Error(`invariant broken: ${id} is no serial line`);
  try {
    const connection = await serialEndpoint(config.path, config.baud).open(patienceMs);
    await connection.close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unreachable(id, new Fault("wire-unreachable", `${config.path}: ${why}`));
  }
  const notes = gates.map(
    ({ laneId, profile }) =>
      `${profile.make} never answers: only npx gatehouse pulse ${laneId} --confirm shows whether it is there`,
  );
  return { checks: [passed(`wire ${id}`, `${config.path} can be opened`)], notes };
}

async function probeHttp(
  { id, config }: WirePlan,
  gates: readonly GatePlan[],
  { secrets, newNonce, now }: ProbeTools,
): Promise<Probed> {
  if (config.kind !== "http") throw new Error(`invariant broken: ${id} is no camera`);
  const found: Probed[] = [];
  for (const { laneId, profile } of gates) {
    if (profile.transport === "modbus" || profile.transport === "frames") continue;
    const { path } = profile.greeting;
    const name = `${laneId} camera ${id}`;
    const credentials = secrets.devices[id];
    found.push(await probeCamera({ name, url: config.url, path, credentials, newNonce, now }));
  }
  return together(found);
}

/** A lane's terminal and those of its cameras that have an address; the others push, or wait for the daemon. */
async function probeAround(
  { id, terminal, readers, inputs }: LaneConfig,
  { secrets, newNonce, now }: ProbeTools,
): Promise<Probed[]> {
  const found: Probed[] = [];
  if (terminal !== undefined) {
    const { host, port } = terminal;
    const [open] = await openPorts([host], [port], patienceMs);
    const name = `${id} terminal`;
    const check =
      open === undefined
        ? failed(
            name,
            `nothing listens at ${host}:${port}`,
            `npx gatehouse detect --network ${host}`,
          )
        : passed(name, `${host}:${port} takes a connection; nothing was said to it`);
    found.push({ checks: [check], notes: [] });
  }
  for (const reader of readers) {
    const page = pageOf(reader);
    if (page === undefined) {
      const note = `${reader.id} tells by itself when it reads: npx gatehouse watch ${id}, and drive past`;
      found.push({ checks: [], notes: [note] });
      continue;
    }
    const name = `${id} reader ${reader.id}`;
    const credentials = secrets.cameras[reader.id];
    found.push(await probeCamera({ name, ...page, credentials, newNonce, now }));
  }
  if (inputs.kind === "mqtt")
    found.push({
      checks: [],
      notes: [
        `the contacts come from ${inputs.device} over the broker, which the daemon is: npx gatehouse devices`,
      ],
    });
  return found;
}

const pages = {
  hikvision: "/ISAPI/System/deviceInfo",
  dahua: "/cgi-bin/magicBox.cgi?action=getDeviceType",
  lilin: "/",
} as const;

/** A page of a camera that is only read, where it has an address. */
function pageOf(reader: ReaderConfig): { url: string; path: string } | undefined {
  if (reader.format === "hikvision-pull") return { url: reader.url, path: pages.hikvision };
  if (reader.format === "dahua-events") return { url: reader.url, path: pages.dahua };
  if (reader.format === "lilin") return { url: reader.url, path: pages.lilin };
  const { mirror } = reader;
  return mirror === undefined ? undefined : { url: mirror.url, path: pages[mirror.kind] };
}

/** Which terminals of the barrier the dry contacts go to. */
function presetOf({ id, gate }: LaneConfig): Probed {
  if (gate.barrier === undefined) {
    return {
      checks: [],
      notes: [`${id}: gate.barrier names no barrier, so its terminals are not known here`],
    };
  }
  const { make, wiring, auto_close } = loadBarrierPreset(gate.barrier);
  const terminals = Object.entries(wiring).map(([what, where]) => `${what.toUpperCase()} ${where}`);
  const closes =
    auto_close === "board" ? "its own board closes it" : "nobody closes it but a CLOSE";
  return { checks: [], notes: [`${make}: ${terminals.join("; ")}; ${closes}`] };
}

function unreachable(id: string, error: unknown): Probed {
  if (!(error instanceof Fault)) throw error;
  const next = `${error.hint} Then: npx gatehouse detect --wire ${id} --config facility.yaml`;
  return { checks: [failed(`wire ${id}`, error.message, next)], notes: [] };
}
