import type { Duplex } from "node:stream";
import { hasGoodCrc, withCrc } from "@gatehouse/shared/crc16-modbus";
import type { Board } from "../hardware.ts";
import { type RegisterMap, answerRequest, exceptions, refusal } from "./register-map.ts";

export type BoardFault = Parameters<Board["setFault"]>[0];

export interface SlaveOptions {
  readonly framing: "rtu" | "tcp";
  /** Answers to this unit only; "any" is what boards with a network socket of their own do. */
  readonly unit: number | "any";
  readonly map: RegisterMap;
  /** Real milliseconds by which the fault `late-answers` delays an answer; the order is kept. */
  readonly lateByMs: number;
  /** Called for each request that the board understands and is meant for it. */
  readonly onRequest?: () => void;
}

const defaultLateByMs = 1500;
const broadcast = 0;
/** The longest frames of both framings have 260 bytes; the rest is noise before them. */
const bufferMax = 600;
const headerLength = 6;
const longestBody = 254;
/** With the fault `noise`, every answer has rubbish before it, and about one in so many is damaged. */
const damagedOneIn = 4;

/** A Modbus slave on any stream of bytes. What it cannot read it counts and skips. */
export class ModbusSlave {
  fault: BoardFault = "none";
  readonly counters = { requests: 0, foreign: 0, bad_bytes: 0, hung_up: 0 };
  readonly #options: SlaveOptions;
  readonly #late = new Set<NodeJS.Timeout>();
  /** Late answers in their order: timers due together may fire in any. */
  readonly #unsent: { readonly stream: Duplex; readonly bytes: Buffer }[] = [];
  #answers = 0;
  /** When the last of the late answers goes out. */
  #lastDue = 0;

  constructor(
    options: Omit<SlaveOptions, "lateByMs"> & { readonly lateByMs?: number | undefined },
  ) {
    this.#options = { ...options, lateByMs: options.lateByMs ?? defaultLateByMs };
  }

  /** Serves one master; several may be served at the same time. */
  serve(stream: Duplex): void {
    let buffer: Buffer = Buffer.alloc(0);
    const take = this.#options.framing === "rtu" ? takeRtu : takeTcp;
    stream.on("error", () => stream.destroy());
    stream.on("data", (bytes: Buffer) => {
      buffer = Buffer.concat([buffer, bytes]).subarray(-bufferMax);
      for (;;) {
        const taken = take(buffer);
        buffer = taken.rest;
        this.counters.bad_bytes += taken.skipped;
        if (taken.isHopeless) {
          this.counters.hung_up += 1;
          stream.destroy();
          return;
        }
        if (taken.frame === undefined) return;
        this.#serve(stream, taken.frame);
      }
    });
  }

  /** Forgets the answers that are still to be sent. */
  stop(): void {
    for (const timer of this.#late) clearTimeout(timer);
    this.#late.clear();
    this.#unsent.length = 0;
  }

  #serve(stream: Duplex, { transaction, unit, request }: Frame): void {
    const { unit: ours, map, onRequest } = this.#options;
    const isBroadcast = this.#options.framing === "rtu" && unit === broadcast;
    if (ours !== "any" && unit !== ours && !isBroadcast) {
      this.counters.foreign += 1;
      return;
    }
    this.counters.requests += 1;
    if (this.fault === "silent") return;
    onRequest?.();
    const answer =
      this.fault === "exception"
        ? refusal(request, exceptions.failure)
        : answerRequest(map, request);
    if (isBroadcast) return;
    const body = Buffer.concat([Buffer.from([unit]), answer]);
    this.#send(
      stream,
      this.#options.framing === "rtu" ? Buffer.from(withCrc(body)) : withHeader(transaction, body),
    );
  }

  #send(stream: Duplex, frame: Buffer): void {
    this.#answers += 1;
    const bytes = this.fault === "noise" ? this.#disturbed(frame) : frame;
    const isLate = this.fault === "late-answers";
    // A board answers in order: behind a late answer even a prompt one waits.
    if (!isLate && this.#late.size === 0) {
      if (stream.writable) stream.write(bytes);
      return;
    }
    const now = performance.now();
    this.#lastDue = Math.max(this.#lastDue, isLate ? now + this.#options.lateByMs : now);
    this.#unsent.push({ stream, bytes });
    const timer = setTimeout(() => {
      this.#late.delete(timer);
      const first = this.#unsent.shift();
      if (first?.stream.writable === true) first.stream.write(first.bytes);
    }, this.#lastDue - now);
    this.#late.add(timer);
  }

  /** A bad line: rubbish before each RTU answer, and now and then an answer nobody can read. */
  #disturbed(frame: Buffer): Buffer {
    const dice = Math.imul(this.#answers, 0x9e3779b1) >>> 16;
    const copy = Buffer.from(frame);
    if (dice % damagedOneIn === 0) copy[2] = (copy[2] ?? 0) ^ 0x55;
    if (this.#options.framing === "tcp") return copy;
    const rubbish = [1, 2, 3].map((step) => (dice * step) & 0xff);
    return Buffer.concat([Buffer.from(rubbish), copy]);
  }
}

interface Frame {
  readonly transaction: number;
  readonly unit: number;
  /** Function and data. */
  readonly request: Buffer;
}

interface Taken {
  readonly frame: Frame | undefined;
  readonly rest: Buffer;
  readonly skipped: number;
  readonly isHopeless: boolean;
}

const shortestRtu = 4;

/** Finds the first undamaged frame, wherever it begins: noise before it costs nothing but its own bytes. */
function takeRtu(buffer: Buffer): Taken {
  for (let at = 0; at + shortestRtu <= buffer.length; at++) {
    const length = rtuLength(buffer, at);
    if (length === undefined || at + length > buffer.length) continue;
    const bytes = buffer.subarray(at, at + length);
    if (!hasGoodCrc(bytes)) continue;
    const frame = {
      transaction: 0,
      unit: bytes[0] ?? 0,
      request: Buffer.from(bytes.subarray(1, -2)),
    };
    return { frame, rest: buffer.subarray(at + length), skipped: at, isHopeless: false };
  }
  return { frame: undefined, rest: buffer, skipped: 0, isHopeless: false };
}

/** @returns undefined when it cannot be known yet */
function rtuLength(buffer: Buffer, at: number): number | undefined {
  const code = buffer[at + 1] ?? 0;
  if (code >= 1 && code <= 8) return 8;
  if (code !== 15 && code !== 16) return buffer.length - at;
  const bytes = buffer[at + 6];
  return bytes === undefined ? undefined : 9 + bytes;
}

function takeTcp(buffer: Buffer): Taken {
  const nothing = { frame: undefined, rest: buffer, skipped: 0, isHopeless: false };
  if (buffer.length < headerLength) return nothing;
  const length = buffer.readUInt16BE(4);
  if (buffer.readUInt16BE(2) !== 0 || length < 2 || length > longestBody) {
    return { ...nothing, skipped: buffer.length, isHopeless: true };
  }
  if (buffer.length < headerLength + length) return nothing;
  const body = buffer.subarray(headerLength, headerLength + length);
  return {
    frame: {
      transaction: buffer.readUInt16BE(0),
      unit: body[0] ?? 0,
      request: Buffer.from(body.subarray(1)),
    },
    rest: buffer.subarray(headerLength + length),
    skipped: 0,
    isHopeless: false,
  };
}

function withHeader(transaction: number, body: Buffer): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt16BE(transaction, 0);
  header.writeUInt16BE(body.length, 4);
  return Buffer.concat([header, body]);
}
