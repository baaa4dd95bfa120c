import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Gate } from "@gatehouse/shared/ports/gate";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { GatePlan, OutputPlan } from "../lane-plan.ts";
import type { WhenAlone } from "../wire/board-settings.ts";
import { ModbusWire } from "../wire/modbus-wire.ts";
import { PlainWire } from "../wire/plain-wire.ts";
import { HttpWire } from "../wire/http-wire.ts";
import { CameraCommands } from "./camera-commands.ts";
import { CameraGate } from "./camera-gate.ts";
import { CameraRelay } from "./camera-relay.ts";
import type { GateProfile } from "./gate-profile.ts";
import { FrameRelay } from "./frame-relay.ts";
import { ModbusRelay } from "./modbus-relay.ts";
import type { Relay } from "./relay.ts";
import { RelayGate } from "./relay-gate.ts";
import { SignalRelay } from "./signal-relay.ts";

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
  const { whenAlone } = plan;
  const relayPlan = { what: `lane ${laneId}`, unit: gate.unit, profile, pulse, whenAlone };
  const closeRelay =
    gate.close_relay === undefined
      ? {}
      : { closeRelay: relayOf({ ...relayPlan, whenAlone: "secure" }, wire, gate.close_relay) };
  return new RelayGate({
    laneId,
    relay: relayOf(relayPlan, wire, gate.relay),
    ...closeRelay,
    pulse,
    hold,
    clock,
    log,
  });
}

/** Makes the relay that repeats an alarm. */
export function buildOutput({ output, profile }: OutputPlan, wires: Wires): SignalRelay {
  const { id, unit, relay, follows, wire } = output;
  const plan = {
    what: `output ${id}`,
    unit,
    profile,
    pulse: seconds(1),
    whenAlone: "secure" as const,
  };
  return new SignalRelay(id, follows, relayOf(plan, wires.get(wire), relay));
}

interface RelayPlan {
  /** Whose relay it is. */
  readonly what: string;
  readonly unit: number;
  readonly profile: GateProfile;
  readonly pulse: Duration;
  readonly whenAlone: WhenAlone;
}

function relayOf(
  { what, unit, profile, pulse, whenAlone }: RelayPlan,
  wire: ModbusWire | PlainWire | HttpWire | undefined,
  relay: number,
): Relay {
  if (profile.transport === "frames" && wire instanceof PlainWire) {
    return new FrameRelay(wire, profile, relay);
  }
  if (profile.transport === "modbus" && wire instanceof ModbusWire) {
    return new ModbusRelay({ bus: wire, unit, profile, relay, pulse, whenAlone });
  }
  if (profile.transport === "camera-contact" && wire instanceof HttpWire) {
    return new CameraRelay(new CameraCommands(wire, profile, relay), profile);
  }
  throw new Error(`invariant broken: ${what} was planned on a wire of another kind`);
}
