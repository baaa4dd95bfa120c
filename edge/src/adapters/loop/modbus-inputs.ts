import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type {
  LaneInput,
  LaneInputChange,
  LaneInputFeed,
} from "@gatehouse/shared/ports/lane-inputs";
import { BoardContacts } from "./board-contacts.ts";
import type { InputBoard } from "./input-board.ts";

/** Which input of the board each contact of a lane is wired to, as printed on the board, from 0. */
export type ContactWiring = Readonly<Partial<Record<LaneInput, number>>>;

/** The dry contacts of one lane on a Modbus board. */
export class ModbusInputs implements LaneInputFeed {
  readonly name: string;
  readonly #laneId: string;
  readonly #contacts: BoardContacts;
  #listener: (change: LaneInputChange) => void = () => {};

  constructor(laneId: string, board: InputBoard, wiring: ContactWiring, clock: Clock) {
    this.name = `inputs-${laneId}`;
    this.#laneId = laneId;
    const wired = Object.entries(wiring) as [LaneInput, number][];
    const inputOf = new Map(wired.map(([input, number]) => [number, input]));
    this.#contacts = new BoardContacts(board, [...inputOf.keys()], clock, (number, active, at) => {
      const input = inputOf.get(number);
      if (input !== undefined) this.#listener({ laneId, input, active, at });
    });
  }

  onInput(listener: (change: LaneInputChange) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    this.#contacts.start();
  }

  async stop(): Promise<void> {
    this.#contacts.stop();
  }

  report(): readonly DeviceReport[] {
    const laneId = this.#laneId;
    return [{ id: this.name, kind: "lane-inputs", laneId, ...this.#contacts.report() }];
  }
}
