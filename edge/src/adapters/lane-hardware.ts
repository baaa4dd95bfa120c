import type { Part } from "@gatehouse/shared/part";
import type { AlarmContact, SignalOutput } from "@gatehouse/shared/ports/alarm-contact";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Gate } from "@gatehouse/shared/ports/gate";
import type { LaneInputFeed } from "@gatehouse/shared/ports/lane-inputs";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Credentials } from "@gatehouse/shared/sign-in";
import { buildGate, buildOutput } from "./gate/build-gate.ts";
import { type HardwareConfig, planLaneHardware, type WirePlan } from "./lane-plan.ts";
import { BoardAlarm } from "./loop/board-alarm.ts";
import { InputBoard } from "./loop/input-board.ts";
import type { InputProfile } from "./loop/input-profile.ts";
import { ModbusInputs } from "./loop/modbus-inputs.ts";
import { serialEndpoint, tcpEndpoint } from "./wire/endpoints.ts";
import { HttpWire } from "./wire/http-wire.ts";
import { ModbusWire } from "./wire/modbus-wire.ts";
import { PlainWire } from "./wire/plain-wire.ts";
import { RtuFraming } from "./wire/rtu-framing.ts";
import { SignedHttp } from "./wire/signed-http.ts";
import { TcpFraming } from "./wire/tcp-framing.ts";

export interface LaneHardware {
  /** Shared by the lanes: started before them and stopped after them. */
  readonly wires: readonly Part[];
  /** By lane id; every lane has its gate. */
  readonly gates: ReadonlyMap<string, Gate>;
  /** By lane id: the lanes whose contacts are on a Modbus board. */
  readonly inputs: ReadonlyMap<string, LaneInputFeed>;
  readonly alarms: readonly AlarmContact[];
  readonly outputs: readonly SignalOutput[];
}

export interface LaneHardwareTools {
  readonly clock: Clock;
  readonly log: Log;
  /** How long a wire waits for an answer, in real milliseconds; 1000 when left out. */
  readonly timeoutMs?: number;
  /** What makes each signed request another one. */
  readonly random: Pick<Random, "id">;
  /** By wire id: what one signs in with there. */
  readonly credentials?: Readonly<Record<string, Credentials>>;
}

/**
 * Makes the wires, gates and contacts of all lanes; nothing is opened yet.
 *
 * @throws DeviceConfigError with every complaint about the configuration at once
 */
export function buildLaneHardware(config: HardwareConfig, tools: LaneHardwareTools): LaneHardware {
  const plan = planLaneHardware(config);
  const wires = new Map(plan.wires.map((wire) => [wire.id, wireOf(wire, tools)]));
  const boards = new Map<string, InputBoard>();
  return {
    wires: [...wires.values()],
    gates: new Map(plan.gates.map((gate) => [gate.laneId, buildGate(gate, wires, tools)])),
    inputs: new Map(
      plan.inputs.map(({ laneId, inputs, profile, wiring }) => {
        const board = boardOf(inputs, profile, wires, boards, tools);
        return [laneId, new ModbusInputs(laneId, board, wiring, tools.clock)];
      }),
    ),
    alarms: plan.alarms.map(
      ({ alarm, profile }) =>
        new BoardAlarm(boardOf(alarm, profile, wires, boards, tools), alarm, tools.clock),
    ),
    outputs: plan.outputs.map((output) => buildOutput(output, wires)),
  };
}

type Wire = ModbusWire | PlainWire | HttpWire;

function wireOf(
  { id, config, speaks }: WirePlan,
  { log, timeoutMs, random, credentials }: LaneHardwareTools,
): Wire {
  const name = `wire-${id}`;
  if (config.kind === "http") {
    const http = new SignedHttp({
      url: config.url,
      credentials: credentials?.[id],
      newNonce: () => random.id(),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    return new HttpWire(name, http);
  }
  const endpoint =
    config.kind === "serial"
      ? serialEndpoint(config.path, config.baud)
      : tcpEndpoint(config.host, config.port);
  if (speaks === "frames") return new PlainWire(name, endpoint, log, timeoutMs);
  const framing = config.kind === "modbus-tcp" ? new TcpFraming() : new RtuFraming();
  return new ModbusWire(name, endpoint, framing, log, timeoutMs);
}

/** The input board that stands there, polled once for everybody on it. */
function boardOf(
  at: { readonly wire: string; readonly unit: number },
  profile: InputProfile,
  wires: ReadonlyMap<string, Wire>,
  boards: Map<string, InputBoard>,
  { clock }: LaneHardwareTools,
): InputBoard {
  const wire = wires.get(at.wire);
  if (!(wire instanceof ModbusWire)) {
    throw new Error(`invariant broken: inputs on ${at.wire} were planned on a plain wire`);
  }
  const key = `${at.wire}/${at.unit}`;
  const board = boards.get(key) ?? new InputBoard(wire, at.unit, profile, clock);
  boards.set(key, board);
  return board;
}
