import type { Duplex } from "node:stream";
import type { BoardSide } from "./board-side.ts";

/** A scanner of tickets that sends each code as a line, and whatever else one sends that is not well. */
export class LineScannerSim {
  readonly #side: BoardSide;
  readonly #end: string;
  #masters: readonly Duplex[] = [];

  /** @param end what it is set to send after each code */
  constructor(side: BoardSide, end = "\r\n") {
    this.#side = side;
    this.#end = end;
  }

  /** Whether anybody listens. */
  get isHeard(): boolean {
    return this.#masters.some(({ destroyed }) => !destroyed);
  }

  start(): Promise<void> {
    this.#masters = [];
    return this.#side.open((master) => {
      master.on("error", () => {});
      this.#masters = [...this.#masters, master];
    });
  }

  /** It is pulled out. */
  stop(): Promise<void> {
    return this.#side.close();
  }

  /** Somebody shows a ticket. */
  scan(text: string): Promise<void> {
    return this.send(`${text}${this.#end}`);
  }

  /** @param bytes sent as they are, one byte a sign (ISO 8859-1) */
  async send(bytes: string): Promise<void> {
    for (const master of this.#masters) {
      if (!master.destroyed) master.write(Buffer.from(bytes, "latin1"));
    }
  }
}

/** A scanner of tickets that pushes each code over HTTP. */
export class PushScannerSim {
  readonly #url: string;
  readonly #token: string;
  /** Statuses of the answers, in order. */
  readonly answers: number[] = [];

  /** @param url with `/push/` and its id */
  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  scan(text: string): Promise<void> {
    return this.send(text, "text/plain");
  }

  async send(body: string | Buffer, contentType: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.#token}`, "content-type": contentType };
    const bytes = typeof body === "string" ? Buffer.from(body, "latin1") : body;
    const answer = await fetch(this.#url, { method: "POST", headers, body: new Uint8Array(bytes) });
    await answer.arrayBuffer();
    this.answers.push(answer.status);
  }
}
