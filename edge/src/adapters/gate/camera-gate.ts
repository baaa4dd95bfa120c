import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Gate, GateAnswer, GateOrder } from "@gatehouse/shared/ports/gate";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { CameraCommands } from "./camera-commands.ts";
import { CommandQueue } from "./command-queue.ts";
import type { CameraCommandProfile } from "./gate-profile.ts";
import { hasAnswered, RelayHealth } from "./relay-health.ts";
import { RepeatedOpening } from "./repeated-opening.ts";

/** How often a camera is asked whether it is there. */
const watchEvery = seconds(10);

/** What cameras say about an arm: its contacts are not wired, down, up. */
const positions: readonly (string | undefined)[] = [
  "the arm's position is not wired",
  "the arm is down",
  "the arm is up",
];

export interface CameraGateParts {
  readonly laneId: string;
  readonly camera: CameraCommands;
  readonly profile: CameraCommandProfile;
  /** The camera is left alone for so long after a command: it ends its pulse by itself, and two must not melt into one. */
  readonly pulse: Duration;
  /** How long the barrier's board keeps the arm up by itself. */
  readonly hold: Duration;
  readonly clock: Clock;
}

/** A barrier that a camera drives. A camera says "OK" even while the barrier is locked: no more than an echo. */
export class CameraGate implements Gate {
  readonly name: string;
  readonly orders: ReadonlySet<GateOrder>;
  readonly #parts: CameraGateParts;
  readonly #queue = new CommandQueue();
  readonly #health: RelayHealth;
  readonly #repeated: RepeatedOpening;
  readonly #counts = { commands: 0, unreachable: 0 };
  #running = false;
  #position: number | undefined;
  #cancelWatch: () => void = noop;

  constructor(parts: CameraGateParts) {
    this.name = `gate-${parts.laneId}`;
    this.#parts = parts;
    this.#health = new RelayHealth(parts.clock);
    const { close, lock, unlock } = parts.profile.commands;
    this.orders = new Set<GateOrder>([
      ...(close === undefined ? [] : ["close" as const]),
      "hold-open",
      "let-go",
      ...(lock === undefined || unlock === undefined ? [] : ["lock" as const, "unlock" as const]),
    ]);
    this.#repeated = new RepeatedOpening(parts.clock, milliseconds(parts.hold / 2), async () => {
      if (this.#queue.waiting === 0) await this.#queue.inTurn(() => this.#command("open"));
    });
  }

  /** Resolves at once: a dead camera does not keep a facility from starting. */
  async start(): Promise<void> {
    this.#running = true;
    void this.#watch();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#repeated.end();
    this.#cancelWatch();
  }

  open(commandId: string, handed: () => void = noop): Promise<GateAnswer> {
    return this.#queue.give(commandId, () => this.#command("open", handed));
  }

  order(order: GateOrder, commandId: string): Promise<GateAnswer> {
    return this.#queue.give(commandId, () => this.#obey(order));
  }

  report(): readonly DeviceReport[] {
    const { laneId, camera } = this.#parts;
    const position = this.#position === undefined ? undefined : positions[this.#position];
    return [
      {
        id: this.name,
        kind: "gate",
        make: camera.make,
        laneId,
        ...(position !== undefined && { detail: position }),
        ...this.#health.shown,
        counters: { ...this.#queue.counts, ...this.#counts, ...camera.counters },
      },
    ];
  }

  async #obey(order: GateOrder): Promise<GateAnswer> {
    switch (order) {
      case "hold-open": {
        const answer = await this.#command("open");
        if (answer.kind === "accepted") this.#repeated.begin();
        return answer;
      }
      case "let-go":
        // There is no contact to release: the barrier closes by itself once nobody opens it again.
        this.#repeated.end();
        return { kind: "accepted", evidence: "sent" };
      case "close":
        if (this.#repeated.isOn) return this.#queue.reject("held open: let go first");
        return await this.#command("close");
      case "lock":
      case "unlock":
        return await this.#command(order);
    }
  }

  /** @throws Fault `gate-unreachable` */
  async #command(
    name: keyof CameraCommandProfile["commands"],
    handed: () => void = noop,
  ): Promise<GateAnswer> {
    const { camera, profile } = this.#parts;
    if (!this.#running) throw new Fault("gate-unreachable", `${this.name} is stopped`);
    const request = profile.commands[name];
    if (request === undefined) return this.#queue.reject(`this gate knows no ${name}`);
    try {
      await camera.command(request, handed);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#health.note(error);
      if (hasAnswered(error)) return this.#queue.reject(error.message);
      this.#counts.unreachable += 1;
      throw new Fault("gate-unreachable", error.message, { cause: error });
    }
    this.#counts.commands += 1;
    await this.#health.tell(async () => {});
    await this.#parts.clock.sleep(this.#parts.pulse);
    return { kind: "accepted", evidence: "echo" };
  }

  async #watch(): Promise<void> {
    const { camera, profile, clock } = this.#parts;
    await this.#health.tell(() => camera.greet());
    if (profile.position !== undefined && this.#health.shown.fault === undefined) {
      const { element, ...request } = profile.position;
      // Many models have no such page: they are there all the same.
      this.#position = await camera.number(request, element).catch((error: unknown) => {
        if (!(error instanceof Fault)) throw error;
        return undefined;
      });
    }
    if (this.#running) this.#cancelWatch = clock.after(watchEvery, () => void this.#watch());
  }
}

const noop = (): void => {};
