import type { AlarmConfig } from "@gatehouse/shared/contracts/alarm-config";
import type { AlarmContact } from "@gatehouse/shared/ports/alarm-contact";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Instant } from "@gatehouse/shared/time";
import { BoardContacts } from "./board-contacts.ts";
import type { InputBoard } from "./input-board.ts";

/** A contact of a fire panel or a security system on a Modbus input board. */
export class BoardAlarm implements AlarmContact {
  readonly name: string;
  readonly id: string;
  readonly kind: AlarmContact["kind"];
  readonly #contacts: BoardContacts;
  #listener: (active: boolean | undefined, at: Instant) => void = () => {};

  /** @param board shared with the lanes whose contacts are on it */
  constructor(board: InputBoard, { id, kind, input, normally }: AlarmConfig, clock: Clock) {
    this.name = `alarm-${id}`;
    this.id = id;
    this.kind = kind;
    const activeWhen = normally === "open";
    this.#contacts = new BoardContacts(board, [input], clock, (_, closed, at) =>
      this.#listener(closed === undefined ? undefined : closed === activeWhen, at),
    );
  }

  onAlarm(listener: (active: boolean | undefined, at: Instant) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    this.#contacts.start();
  }

  async stop(): Promise<void> {
    this.#contacts.stop();
  }

  report(): readonly DeviceReport[] {
    return [{ id: this.id, kind: "alarm", ...this.#contacts.report() }];
  }
}
