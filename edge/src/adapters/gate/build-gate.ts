import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Gate } from "@gatehouse/shared/ports/gate";
import type { Log } from "@gatehouse/shared/ports/log";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import type { GatePlan } from "../lane-plan.ts";
import { ModbusWire } from "../wire/modbus-wire.ts";
import { PlainWire } from "../wire/plain-wire.ts";
import { HttpWire } from "../wire/http-wire.ts";
import { CameraCommands } from "./camera-commands.ts";
import { CameraGate } from "./camera-gate.ts";
import { CameraRelay } from "./camera-relay.ts";
import { FrameRelay } from "./frame-relay.ts";
import { ModbusRelay } from "./modbus-relay.ts";
import type { Relay } from "./relay.ts";
import { RelayGate } from "./relay-gate.ts";

type Wires = ReadonlyMap<string, ModbusWire | PlainWire | HttpWire>;

/** Makes a lane's gate on the wire that it was planned on. */
export function buildGate(
  plan: GatePlan,
  wires: Wires,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Gate {
  const { laneId, gate, profile } = plan;
  const wire = wires.get(gate.wire);
  const [pulse, hold] = [milliseconds(gate.pulse_ms), seconds(gate.hold_s)];
  if (profile.transport === "camera-command" && wire instanceof HttpWire) {
    const camera = new CameraCommands(wire, profile, gate.relay);
    return new CameraGate({ laneId, camera, profile, pulse, hold, clock });
  }
  const closeRelay =
    gate.close_relay === undefined
      ? {}
      : { closeRelay: relayOf({ ...plan, whenAlone: "secure" }, wire, gate.close_relay) };
  return new RelayGate({
    laneId,
    relay: relayOf(plan, wire, gate.relay),
    ...closeRelay,
    pulse,
    hold,
    clock,
    log,
  });
}

function relayOf(
  { laneId, gate, profile, whenAlone }: GatePlan,
  wire: ModbusWire | PlainWire | HttpWire | undefined,
  relay: number,
): Relay {
  if (profile.transport === "frames" && wire instanceof PlainWire) {
    return new FrameRelay(wire, profile, relay);
  }
  if (profile.transport === "modbus" && wire instanceof ModbusWire) {
    const pulse = milliseconds(gate.pulse_ms);
    return new ModbusRelay({ bus: wire, unit: gate.unit, profile, relay, pulse, whenAlone });
  }
  if (profile.transport === "camera-contact" && wire instanceof HttpWire) {
    return new CameraRelay(new CameraCommands(wire, profile, relay), profile);
  }
  throw new Error(`invariant broken: lane ${laneId} was planned on a wire of another kind`);
}
