import type { RelayContact } from "@gatehouse/firmware-sim/hardware";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, type Instant, milliseconds } from "@gatehouse/shared/time";
import type { HardwareConfig } from "../../../src/adapters/lane-plan.ts";
import { buildLaneHardware, type LaneHardware } from "../../../src/adapters/lane-hardware.ts";
import { SystemRandom } from "../../../src/adapters/system-random.ts";

/**
 * Real time that a silent board costs each time; on a busy machine a prompt answer can take 150 ms. The boards'
 * late answers come after it.
 */
export const timeoutMs = 400;
export const lateByMs = 600;

export const quietLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** What one signs in with at the cameras on wire `w`. */
export const signIns = { w: { user: "gatehouse", password: "correct horse" } };

const step = milliseconds(10);

/** One moment a contact changed, in virtual milliseconds. */
export interface ContactChange {
  readonly at: number;
  readonly closed: boolean;
}

/** Writes down every change of one relay's contact. */
export function watchContact(contact: RelayContact, clock: VirtualClock): ContactChange[] {
  const changes: ContactChange[] = [];
  contact.onContact((closed) => changes.push({ at: clock.monotonic(), closed }));
  return changes;
}

/** The lengths of all closures of a contact. */
export const pulseLengths = (changes: readonly ContactChange[]): number[] =>
  changes.flatMap(({ at, closed }, index) =>
    closed ? [(changes[index + 1]?.at ?? Number.POSITIVE_INFINITY) - at] : [],
  );

/** Wires and lanes as a facility's configuration has them, with what a test does not care about filled in. */
export function configOf(
  wires: object,
  lanes: readonly {
    readonly gate: object;
    readonly inputs?: object;
    readonly on_failure?: object;
  }[],
): Pick<FacilityConfig, "wires" | "lanes"> {
  return FacilityConfig.pick({ wires: true, lanes: true }).parse({
    wires,
    lanes: lanes.map(({ gate, inputs, on_failure }, index) => ({
      ...(on_failure && { on_failure }),
      id: `lane-${index + 1}`,
      name: `Lane ${index + 1}`,
      direction: "entry",
      gate,
      inputs: inputs ?? { kind: "mqtt", device: "loops" },
      readers: [{ id: `camera-${index + 1}`, format: "hikvision" }],
    })),
  });
}

/**
 * The daemon's lane hardware on real wires, in time that stands still while bytes are under way: what a
 * contact did is exact, however slow the machine.
 */
export class Bench {
  readonly clock: VirtualClock;
  readonly hardware: LaneHardware;
  readonly #isIdle: () => boolean;

  /** @param isIdle whether the boards have seen every byte, where the wire itself cannot tell */
  constructor(
    clock: VirtualClock,
    config: HardwareConfig,
    isIdle: (hardware: LaneHardware) => boolean = () => true,
  ) {
    this.clock = clock;
    this.hardware = buildLaneHardware(config, {
      clock,
      log: quietLog,
      timeoutMs,
      random: new SystemRandom(),
      credentials: signIns,
    });
    this.#isIdle = () => isIdle(this.hardware);
  }

  get gate() {
    const [gate] = this.hardware.gates.values();
    if (gate === undefined) throw new Error("the bench has no gate");
    return gate;
  }

  /** The gate's own report. */
  get report() {
    const [report] = this.gate.report();
    if (report === undefined) throw new Error("the gate says nothing");
    return report;
  }

  async start(): Promise<void> {
    const { wires, gates, inputs, outputs, alarms } = this.hardware;
    const lanes = [...gates.values(), ...inputs.values()];
    for (const part of [...wires, ...lanes, ...outputs, ...alarms]) await part.start();
    await this.settle();
  }

  async stop(): Promise<void> {
    const { wires, gates, inputs, outputs, alarms } = this.hardware;
    const lanes = [...inputs.values(), ...gates.values()];
    for (const part of [...alarms, ...outputs, ...lanes, ...wires]) await part.stop();
  }

  /** Waits in real time until nothing is under way. */
  async settle(): Promise<void> {
    for (let calm = 0; calm < 3;) {
      await realPause();
      const isBusy = this.hardware.wires.some(
        (wire) => "pending" in wire && Number(wire.pending) > 0,
      );
      calm = isBusy || !this.#isIdle() ? 0 : calm + 1;
    }
  }

  /** Lets virtual time pass, step by step. */
  async pass(span: Duration): Promise<void> {
    for (let passed = 0; passed < span; passed += step) {
      await this.clock.advance(step);
      await this.settle();
    }
  }

  /** Lets time pass until a promise ends. */
  async until<Answer>(promise: Promise<Answer>): Promise<Answer> {
    let isOver = false;
    const over = (): void => void (isOver = true);
    promise.then(over, over);
    await this.settle();
    while (!isOver) {
      await this.clock.advance(step);
      await this.settle();
    }
    return promise;
  }

  /** Lets time pass until something is so; the test's own limit ends a wait in vain. */
  async eventually(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await this.clock.advance(step);
      await this.settle();
    }
  }
}

export const newClock = (): VirtualClock => new VirtualClock(1_764_000_000_000 as Instant);

const realPause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
