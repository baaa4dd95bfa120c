import type { AlarmConfig, OutputConfig } from "@gatehouse/shared/contracts/alarm-config";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type {
  GateConfig,
  InputsConfig,
  LaneConfig,
  WireConfig,
} from "@gatehouse/shared/contracts/lane-config";
import { failurePolicyOf } from "@gatehouse/shared/lane-failure";
import { type Complaint, DeviceConfigError } from "./device-config-error.ts";
import { type GateProfile, loadGateProfile } from "./gate/gate-profile.ts";
import { type InputProfile, loadInputProfile } from "./loop/input-profile.ts";
import type { ContactWiring } from "./loop/modbus-inputs.ts";
import { ProfileError, profileNames } from "./profiles.ts";
import { canOpenAlone, type WhenAlone } from "./wire/board-settings.ts";

export interface WirePlan {
  readonly id: string;
  readonly config: WireConfig;
  readonly speaks: "modbus" | "frames" | "http";
}

export interface GatePlan {
  readonly laneId: string;
  readonly gate: GateConfig;
  readonly profile: GateProfile;
  /** What the contact on OPEN does while nobody talks to its board. */
  readonly whenAlone: WhenAlone;
}

export interface InputsPlan {
  readonly laneId: string;
  readonly inputs: ModbusInputsConfig;
  readonly profile: InputProfile;
  readonly wiring: ContactWiring;
}

export interface AlarmPlan {
  readonly alarm: AlarmConfig;
  readonly profile: InputProfile;
}

export interface OutputPlan {
  readonly output: OutputConfig;
  readonly profile: GateProfile;
}

type ModbusInputsConfig = Extract<InputsConfig, { kind: "modbus" }>;

/** What the boards and wires of a site are named in. */
export type HardwareConfig = Pick<FacilityConfig, "wires" | "lanes"> &
  Partial<Pick<FacilityConfig, "alarms" | "outputs">>;

export interface LaneHardwarePlan {
  readonly wires: readonly WirePlan[];
  readonly gates: readonly GatePlan[];
  readonly inputs: readonly InputsPlan[];
  readonly alarms: readonly AlarmPlan[];
  readonly outputs: readonly OutputPlan[];
}

/**
 * Loads the profiles that the lanes name and sees that everything fits together. Wires that no lane uses are
 * left out.
 *
 * @throws DeviceConfigError
 */
export function planLaneHardware(config: HardwareConfig): LaneHardwarePlan {
  const planner = new Planner(config.wires);
  const gates = config.lanes.flatMap((lane, index) => planner.gate(lane, `lanes[${index}].gate`));
  const inputs = config.lanes.flatMap((lane, index) =>
    planner.inputs(lane, `lanes[${index}].inputs`),
  );
  const alarms = (config.alarms ?? []).flatMap((alarm, index) =>
    planner.alarm(alarm, `alarms[${index}]`),
  );
  const outputs = (config.outputs ?? []).flatMap((output, index) =>
    planner.output(output, `outputs[${index}]`),
  );
  if (planner.complaints.length > 0) throw new DeviceConfigError(planner.complaints);
  return { wires: [...planner.wires.values()], gates, inputs, alarms, outputs };
}

class Planner {
  readonly complaints: Complaint[] = [];
  readonly wires = new Map<string, WirePlan>();
  readonly #configs: FacilityConfig["wires"];
  readonly #relays = new Map<string, string>();
  readonly #boards = new Map<string, string>();

  constructor(configs: FacilityConfig["wires"]) {
    this.#configs = configs;
  }

  gate(lane: LaneConfig, path: string): GatePlan[] {
    const { id: laneId, gate } = lane;
    this.#checkBarrier(gate, path);
    const profile = this.#load(`${path}.profile`, () => loadGateProfile(gate.profile));
    if (profile === undefined) return [];
    const { kinds, speaks } = wiresOf(profile);
    this.#use(gate, profile.make, kinds, speaks, path);
    this.#takeRelay(gate, gate.relay, profile, `lane ${laneId}`, `${path}.relay`);
    if (gate.close_relay !== undefined) {
      if (profile.transport === "camera-command") {
        const message = `${profile.make} closes the barrier by itself: leave it out`;
        this.#complain(`${path}.close_relay`, message);
      } else {
        this.#takeRelay(gate, gate.close_relay, profile, `lane ${laneId}`, `${path}.close_relay`);
      }
    }
    const whenAlone = failurePolicyOf(lane).power;
    const canOpen = profile.transport === "modbus" && canOpenAlone(profile.settings);
    if (whenAlone === "open" && !canOpen) {
      this.#complain(
        path.replace(/gate$/, "on_failure.power"),
        `${profile.make} cannot open by itself when nobody talks to it: write secure, or another board`,
      );
    }
    return [{ laneId, gate, profile, whenAlone }];
  }

  #checkBarrier({ barrier }: GateConfig, path: string): void {
    const known = profileNames("barriers");
    if (barrier === undefined || known.includes(barrier)) return;
    const message = `there is no barrier "${barrier}" in edge/profiles/barriers: write ${known.join(", ")}`;
    this.#complain(`${path}.barrier`, message);
  }

  #takeRelay(
    { wire, unit }: { readonly wire: string; readonly unit: number },
    number: number,
    { make, relays }: GateProfile,
    user: string,
    path: string,
  ): void {
    if (number > relays) this.#complain(path, `${make} has relays 1 to ${relays}`);
    const relay = `${wire} unit ${unit} relay ${number}`;
    const other = this.#relays.get(relay);
    if (other !== undefined) {
      this.#complain(path, `${relay} already belongs to ${other}: write another relay`);
    }
    this.#relays.set(relay, user);
  }

  alarm(alarm: AlarmConfig, path: string): AlarmPlan[] {
    const profile = this.#inputProfile(alarm, path);
    if (profile === undefined) return [];
    if (alarm.input >= profile.inputs) {
      this.#complain(`${path}.input`, `${profile.make} has inputs 0 to ${profile.inputs - 1}`);
    }
    return [{ alarm, profile }];
  }

  output(output: OutputConfig, path: string): OutputPlan[] {
    const profile = this.#load(`${path}.profile`, () => loadGateProfile(output.profile));
    if (profile === undefined) return [];
    const { kinds, speaks } = wiresOf(profile);
    this.#use(output, profile.make, kinds, speaks, path);
    this.#takeRelay(output, output.relay, profile, `output ${output.id}`, `${path}.relay`);
    const onlyPulses = profile.transport === "modbus" && profile.pulse.kind === "pulse-register";
    if (onlyPulses || profile.transport === "camera-command") {
      this.#complain(`${path}.profile`, `${profile.make} cannot keep a contact closed`);
    }
    return [{ output, profile }];
  }

  inputs({ id: laneId, inputs }: LaneConfig, path: string): InputsPlan[] {
    if (inputs.kind !== "modbus") return [];
    const profile = this.#inputProfile(inputs, path);
    if (profile === undefined) return [];
    const { arming, safety, limit_open, limit_closed, help, ticket } = inputs;
    const wiring = { arming, safety, limit_open, limit_closed, help, ticket };
    const taken = new Map<number, string>();
    for (const [contact, number] of Object.entries(wiring)) {
      if (number === undefined) continue;
      if (number >= profile.inputs) {
        const most = profile.inputs - 1;
        this.#complain(`${path}.${contact}`, `${profile.make} has inputs 0 to ${most}`);
      }
      const other = taken.get(number);
      if (other !== undefined) {
        this.#complain(`${path}.${contact}`, `input ${number} is ${other} already`);
      }
      taken.set(number, contact);
    }
    return [{ laneId, inputs, profile, wiring: wiringOf(inputs) }];
  }

  /** The profile of an input board, which is the same for everybody on it. */
  #inputProfile(
    named: { readonly profile: string; readonly wire: string; readonly unit: number },
    path: string,
  ): InputProfile | undefined {
    const profile = this.#load(`${path}.profile`, () => loadInputProfile(named.profile));
    if (profile === undefined) return undefined;
    this.#use(named, profile.make, profile.wires, "modbus", path);
    const board = `${named.wire} unit ${named.unit}`;
    const known = this.#boards.get(board) ?? named.profile;
    this.#boards.set(board, known);
    if (known !== named.profile) {
      this.#complain(`${path}.profile`, `${board} is a ${known} elsewhere: write ${known}`);
    }
    return profile;
  }

  #use(
    { wire, unit }: { readonly wire: string; readonly unit: number },
    make: string,
    kinds: readonly WireConfig["kind"][],
    speaks: WirePlan["speaks"],
    path: string,
  ): void {
    const config = this.#configs[wire];
    if (config === undefined) {
      const names = Object.keys(this.#configs).join(", ") || "one under wires first";
      return this.#complain(`${path}.wire`, `there is no wire "${wire}": write ${names}`);
    }
    if (!kinds.includes(config.kind)) {
      const message = `"${wire}" is ${config.kind}, but ${make} speaks ${kinds.join(" or ")}`;
      return this.#complain(`${path}.wire`, message);
    }
    if (speaks === "modbus" && config.kind !== "modbus-tcp" && unit === 0) {
      this.#complain(`${path}.unit`, "unit 0 is everybody on a serial line: write 1 to 247");
    }
    const known = this.wires.get(wire);
    if (known !== undefined && known.speaks !== speaks) {
      const message = `"${wire}" carries ${known.speaks} for another lane: give ${make} its own wire`;
      return this.#complain(`${path}.wire`, message);
    }
    this.wires.set(wire, { id: wire, config, speaks });
  }

  #load<Profile>(path: string, load: () => Profile): Profile | undefined {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      this.#complain(path, error.message);
      return undefined;
    }
  }

  #complain(path: string, message: string): void {
    this.complaints.push({ path, message });
  }
}

/** The kinds of wire that a board can be on, and what is spoken there. */
function wiresOf(profile: GateProfile): {
  readonly kinds: readonly WireConfig["kind"][];
  readonly speaks: WirePlan["speaks"];
} {
  switch (profile.transport) {
    case "modbus":
      return { kinds: profile.wires, speaks: "modbus" };
    case "frames":
      return { kinds: ["serial"], speaks: "frames" };
    case "camera-command":
    case "camera-contact":
      return { kinds: ["http"], speaks: "http" };
  }
}

const wiringOf = (inputs: ModbusInputsConfig): ContactWiring => ({
  arming: inputs.arming,
  safety: inputs.safety,
  ...(inputs.limit_open !== undefined && { "limit-open": inputs.limit_open }),
  ...(inputs.limit_closed !== undefined && { "limit-closed": inputs.limit_closed }),
  ...(inputs.help !== undefined && { help: inputs.help }),
  ...(inputs.ticket !== undefined && { ticket: inputs.ticket }),
});
