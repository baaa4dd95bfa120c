import type { AlarmConfig } from "@gatehouse/shared/contracts/alarm-config";
import type { AlarmContact } from "@gatehouse/shared/ports/alarm-contact";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Instant } from "@gatehouse/shared/time";
import type { InputBoard } from "./input-board.ts";

/** A contact of a fire panel or a security system on a Modbus input board. */
export class BoardAlarm implements AlarmContact {
  readonly name: string;
  readonly id: string;
  readonly kind: AlarmContact["kind"];
  readonly #board: InputBoard;
  readonly #activeWhen: boolean;
  #listener: (active: boolean | undefined, at: Instant) => void = () => {};
  #running = false;

  /** @param board shared with the lanes whose contacts are on it */
  constructor(board: InputBoard, { id, kind, input, normally }: AlarmConfig) {
    this.name = `alarm-${id}`;
    this.id = id;
    this.kind = kind;
    this.#board = board;
    this.#activeWhen = normally === "open";
    board.onChannel(input, (closed, at) => this.#tell(closed, at));
  }

  onAlarm(listener: (active: boolean | undefined, at: Instant) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#board.start();
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#board.stop();
  }

  report(): readonly DeviceReport[] {
    const { state, lastSeen, fault } = this.#board.health;
    return [
      {
        id: this.id,
        kind: "alarm",
        make: this.#board.make,
        state,
        ...(lastSeen !== undefined && { lastSeen }),
        ...(fault !== undefined && { fault: fault.code, detail: fault.message }),
        counters: this.#board.counters,
      },
    ];
  }

  #tell(closed: boolean | undefined, at: Instant): void {
    const active = closed === undefined ? undefined : closed === this.#activeWhen;
    if (this.#running) this.#listener(active, at);
  }
}
