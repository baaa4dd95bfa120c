import { EventEmitter } from "node:events";

/**
 * The port that modbus-serial is given: it encodes requests and decodes answers, we own the bytes between.
 * Its own ports keep what came in while nobody asked, and hand a late answer to the next request.
 */
export class FramePort extends EventEmitter {
  readonly isOpen = true;
  readonly #write: (request: Buffer) => void;

  constructor(write: (request: Buffer) => void) {
    super();
    this.#write = write;
  }

  open(done: () => void): void {
    done();
  }

  close(done: () => void): void {
    done();
  }

  /** Called by modbus-serial with a whole RTU frame. */
  write(request: Buffer): void {
    this.#write(request);
  }

  /** Hands a whole RTU frame with a good CRC to modbus-serial. */
  answer(frame: Buffer): void {
    this.emit("data", frame);
  }
}
