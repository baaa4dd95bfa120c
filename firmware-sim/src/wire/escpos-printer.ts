import type { Duplex } from "node:stream";
import type { Part } from "@gatehouse/shared/part";
import type { BoardSide } from "./board-side.ts";

/** What came out of the printer, from one cut to the next. */
export interface Paper {
  /** Bytes of the code page, as Latin-1. */
  readonly lines: readonly string[];
  /** Texts of the QR codes on it. */
  readonly codes: readonly string[];
  /** What `ESC t` had chosen. */
  readonly codePage: number;
}

/** `silent`: takes everything and says nothing; `dies`: the connection breaks once a job has begun. */
export type PrinterSimFault = "none" | "silent" | "dies" | "noise";

/** Each further command: its bytes before the parameters, and how many parameters follow. */
const fixed: readonly (readonly [readonly number[], number])[] = [
  [[0x1b, 0x40], 0],
  [[0x1c, 0x2e], 0],
  [[0x1b, 0x74], 1],
  [[0x1b, 0x61], 1],
  [[0x1b, 0x64], 1],
  [[0x1d, 0x21], 1],
  [[0x1d, 0x56], 1],
  [[0x1d, 0x72], 1],
  [[0x10, 0x04], 1],
];

/** An ESC/POS printer that can be read: it understands what it is sent, and refuses what it does not know. */
export class EscposPrinterSim implements Part {
  readonly name = "simulated printer";
  readonly papers: Paper[] = [];
  /** Bytes that are no command it knows, in hex. */
  readonly notUnderstood: string[] = [];
  hasPaper = true;
  isOpen = false;
  isBroken = false;
  fault: PrinterSimFault = "none";
  /** The paper ends after so many more lines. */
  linesLeft = Number.POSITIVE_INFINITY;
  readonly #side: BoardSide;
  #lines: string[] = [];
  #line: number[] = [];
  #codes: string[] = [];
  #stored = "";
  #codePage = 0;
  #rest = Buffer.alloc(0);

  constructor(side: BoardSide) {
    this.#side = side;
  }

  async start(): Promise<void> {
    await this.#side.open((stream) => {
      this.#rest = Buffer.alloc(0);
      stream.on("error", () => {});
      stream.on("data", (bytes: Buffer) => this.#hear(bytes, stream));
    });
  }

  stop(): Promise<void> {
    return this.#side.close();
  }

  #hear(bytes: Buffer, stream: Duplex): void {
    if (this.fault === "silent") return;
    if (this.fault === "dies" && bytes.includes(Buffer.from([0x1b, 0x40]))) {
      stream.destroy();
      return;
    }
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const length = this.#take(stream);
      if (length === 0) return;
      this.#rest = this.#rest.subarray(length);
    }
  }

  /** @returns how many bytes were dealt with; 0: more are needed */
  #take(stream: Duplex): number {
    const [first, second] = this.#rest;
    if (first === undefined) return 0;
    if (first === 0x0a) {
      this.#feed();
      return 1;
    }
    if (first >= 0x20) {
      this.#line.push(first);
      return 1;
    }
    if (second === undefined) return 0;
    if (first === 0x1d && second === 0x28) return this.#code();
    const known = fixed.find(([head]) => head[0] === first && head[1] === second);
    if (known === undefined) {
      this.notUnderstood.push(this.#rest.subarray(0, 2).toString("hex"));
      return 1;
    }
    const length = known[0].length + known[1];
    if (this.#rest.length < length) return 0;
    this.#act(first, second, this.#rest[2] ?? 0, stream);
    return length;
  }

  #act(first: number, second: number, value: number, stream: Duplex): void {
    if (first === 0x10) this.#answer(stream, this.#status(value));
    if (first === 0x1d && second === 0x72 && this.#canPrint)
      this.#answer(stream, this.linesLeft < 5 ? 0x03 : 0);
    if (first === 0x1b && second === 0x74) this.#codePage = value;
    if (first === 0x1b && second === 0x40) [this.#line, this.#codePage] = [[], 0];
    if (first === 0x1d && second === 0x56) this.#cut();
  }

  /** `GS ( k`. */
  #code(): number {
    if (this.#rest.length < 8) return 0;
    const size = this.#rest.readUInt16LE(3);
    const length = 5 + size;
    if (this.#rest.length < length) return 0;
    const [what] = this.#rest.subarray(6);
    if (what === 0x50) this.#stored = this.#rest.subarray(8, length).toString("latin1");
    if (what === 0x51 && this.#canPrint) this.#codes.push(this.#stored);
    return length;
  }

  #feed(): void {
    if (this.#canPrint) {
      this.#lines.push(Buffer.from(this.#line).toString("latin1"));
      this.linesLeft -= 1;
      if (this.linesLeft <= 0) this.hasPaper = false;
    }
    this.#line = [];
  }

  #cut(): void {
    if (!this.#canPrint) return;
    this.papers.push({ lines: this.#lines, codes: this.#codes, codePage: this.#codePage });
    [this.#lines, this.#codes] = [[], []];
  }

  get #canPrint(): boolean {
    return this.hasPaper && !this.isOpen && !this.isBroken;
  }

  #status(what: number): number {
    switch (what) {
      case 1:
        return this.#canPrint ? 0x12 : 0x1a;
      case 2:
        return (
          0x12 | (this.isOpen ? 0x04 : 0) | (this.hasPaper ? 0 : 0x20) | (this.isBroken ? 0x40 : 0)
        );
      case 3:
        return 0x12 | (this.isBroken ? 0x20 : 0);
      default:
        return this.hasPaper ? (this.linesLeft < 5 ? 0x1e : 0x12) : 0x7e;
    }
  }

  #answer(stream: Duplex, byte: number): void {
    if (this.fault === "noise") stream.write(Buffer.from([0xff, 0x93]));
    stream.write(Buffer.from([byte]));
  }
}
