import { rmSync, symlinkSync } from "node:fs";
import { Duplex } from "node:stream";
import { type IPty, spawn } from "@lydell/node-pty";
import type { BoardSide } from "./board-side.ts";

/**
 * The serial port of a board: the daemon opens `path`, the board holds the other end.
 *
 * A child that sleeps keeps the pty open while no master has it; it ends with this process, because its
 * terminal hangs up.
 */
export class Pty implements BoardSide {
  readonly #link: string | undefined;
  #terminal: IPty | undefined;
  #path: string | undefined;

  /** @param link a symbolic link to keep pointing at the device, as udev does by id; its folder must exist */
  constructor(link?: string) {
    this.#link = link;
  }

  /** Where the daemon finds the board; without a link it changes at each start. @throws Error before the first start */
  get path(): string {
    const path = this.#link ?? this.#path;
    if (path === undefined) throw new Error("the serial port is not there before start");
    return path;
  }

  async open(serve: (stream: Duplex) => void): Promise<void> {
    const terminal = spawn("sleep", ["infinity"], { encoding: null });
    this.#terminal = terminal;
    this.#path = devicePathOf(terminal);
    if (this.#link !== undefined) {
      rmSync(this.#link, { force: true });
      symlinkSync(this.#path, this.#link);
    }
    serve(streamOf(terminal));
  }

  async close(): Promise<void> {
    const terminal = this.#terminal;
    this.#terminal = undefined;
    if (terminal === undefined) return;
    if (this.#link !== undefined) rmSync(this.#link, { force: true });
    const ended = new Promise<void>((resolve) => terminal.onExit(() => resolve()));
    terminal.kill("SIGKILL");
    await ended;
  }
}

/** node-pty keeps the path of the device's other end in a field that it does not declare. */
function devicePathOf(terminal: IPty): string {
  const path: unknown = Reflect.get(terminal, "_pty");
  if (typeof path !== "string") throw new Error("node-pty no longer tells the path of its pty");
  return path;
}

function streamOf(terminal: IPty): Duplex {
  const stream = new Duplex({
    read: () => {},
    write: (bytes: Buffer, _encoding, done) => {
      terminal.write(bytes as unknown as string);
      done();
    },
  });
  // With `encoding: null` node-pty gives bytes, whatever its types say.
  terminal.onData((bytes) => stream.push(bytes as unknown as Buffer));
  terminal.onExit(() => stream.destroy());
  return stream;
}
