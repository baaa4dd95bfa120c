import type { Socket } from "node:net";
import { type ZvtUnit, ZvtUnitReader, hex, zvtUnit } from "./zvt-bytes.ts";

/** How the bytes leave: whole units, one byte a segment, acknowledges joined with what follows, long lengths. */
export type ZvtDelivery = "plain" | "split" | "merged" | "long-lengths";

/** Real time a terminal waits for an acknowledge before it gives the connection up. */
const acknowledgeMs = 10_000;
/** In `merged` delivery an acknowledge waits so long for the unit that follows. */
const mergeMs = 20;
/** A register that sends more than this without reading our answers is cut off. */
const unsentMax = 64 * 1024;

/** The terminal's end of one connection: says things and waits for their acknowledges, hands on commands. */
export class ZvtConnection {
  readonly #socket: Socket;
  readonly #delivery: () => ZvtDelivery;
  readonly #reader = new ZvtUnitReader();
  #awaited: ((answer: ZvtUnit | undefined) => void) | undefined;
  #held: Buffer[] = [];

  /** @param onCommand called for each unit that is no acknowledge */
  constructor(
    socket: Socket,
    delivery: () => ZvtDelivery,
    isDeaf: () => boolean,
    onCommand: (command: ZvtUnit) => void,
  ) {
    this.#socket = socket;
    this.#delivery = delivery;
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#answer(undefined));
    socket.on("data", (bytes) => {
      if (isDeaf()) return;
      for (const unit of this.#reader.take(bytes)) {
        const isAcknowledge = unit.control >> 8 === 0x80 || unit.control >> 8 === 0x84;
        if (isAcknowledge) this.#answer(unit);
        else onCommand(unit);
      }
    });
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /**
   * Says something and waits for its acknowledge.
   *
   * @returns undefined when none came and the connection has ended
   */
  say(control: number, data: Buffer): Promise<ZvtUnit | undefined> {
    if (!this.isOpen) return Promise.resolve(undefined);
    const answered = new Promise<ZvtUnit | undefined>((resolve) => (this.#awaited = resolve));
    const timer = setTimeout(() => this.close(), acknowledgeMs);
    this.#write(zvtUnit(control, data, this.#delivery() === "long-lengths"));
    return answered.finally(() => clearTimeout(timer));
  }

  /** Says something and does not care for the answer. */
  tell(control: number, data: Buffer): void {
    this.#write(zvtUnit(control, data));
  }

  /** Accepts a command (0) or refuses it with a code. */
  acknowledge(code = 0): void {
    const bytes = code === 0 ? hex("800000") : Buffer.from([0x84, code, 0]);
    if (this.#delivery() !== "merged") return this.#write(bytes);
    this.#held.push(bytes);
    setTimeout(() => this.#write(Buffer.alloc(0)), mergeMs);
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Ends the connection once what was said has left. */
  closeAfterSending(): void {
    this.#socket.destroySoon();
  }

  #answer(unit: ZvtUnit | undefined): void {
    const awaited = this.#awaited;
    this.#awaited = undefined;
    awaited?.(unit);
  }

  #write(bytes: Buffer): void {
    const all = Buffer.concat([...this.#held, bytes]);
    this.#held = [];
    if (all.length === 0 || !this.isOpen) return;
    if (this.#socket.writableLength > unsentMax) return this.close();
    if (this.#delivery() !== "split") return void this.#socket.write(all);
    for (const byte of all) this.#socket.write(Buffer.of(byte));
  }
}
