import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type {
  LaneInput,
  LaneInputChange,
  LaneInputFeed,
} from "@gatehouse/shared/ports/lane-inputs";
import type { Instant } from "@gatehouse/shared/time";
import type { InputBoard } from "./input-board.ts";

/** Which input of the board each contact of a lane is wired to, as printed on the board, from 0. */
export type ContactWiring = Readonly<Partial<Record<LaneInput, number>>>;

/** The dry contacts of one lane on a Modbus board. */
export class ModbusInputs implements LaneInputFeed {
  readonly name: string;
  readonly #laneId: string;
  readonly #board: InputBoard;
  readonly #clock: Clock;
  readonly #contacts: readonly (readonly [LaneInput, number])[];
  #listener: (change: LaneInputChange) => void = () => {};
  #running = false;

  constructor(laneId: string, board: InputBoard, wiring: ContactWiring, clock: Clock) {
    this.name = `inputs-${laneId}`;
    this.#laneId = laneId;
    this.#board = board;
    this.#clock = clock;
    this.#contacts = Object.entries(wiring) as [LaneInput, number][];
    for (const [input, number] of this.#contacts) {
      board.onChannel(number, (active, at) => this.#tell(input, active, at));
    }
  }

  onInput(listener: (change: LaneInputChange) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    // Another lane may have had the board running for long: what it knows is news here.
    for (const [input, number] of this.#contacts) {
      const last = this.#board.last(number);
      if (last !== "untold") this.#tell(input, last, this.#clock.now());
    }
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
        id: this.name,
        kind: "lane-inputs",
        make: this.#board.make,
        laneId: this.#laneId,
        state,
        ...(lastSeen !== undefined && { lastSeen }),
        ...(fault !== undefined && { fault: fault.code, detail: fault.message }),
        counters: this.#board.counters,
      },
    ];
  }

  #tell(input: LaneInput, active: boolean | undefined, at: Instant): void {
    if (this.#running) this.#listener({ laneId: this.#laneId, input, active, at });
  }
}
