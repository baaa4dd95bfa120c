import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Board, InputContact, RelayContact } from "../hardware.ts";
import { CameraBarrier } from "./camera-barrier.ts";
import { type CameraPages, dahuaPages, hikvisionPages } from "./camera-pages.ts";
import type { BoardFault } from "./modbus-slave.ts";
import { SignInGuard, type SignInGuardOptions } from "./sign-in-guard.ts";

export interface GateCameraOptions extends SignInGuardOptions {
  readonly make: "hikvision" | "dahua";
  readonly clock: Clock;
  /** On the loopback interface; 0: any free one, and the same after a power cut. */
  readonly port: number;
  /** Real milliseconds by which the fault `late-answers` delays answers. */
  readonly lateByMs?: number;
}

const bodyMax = 64 * 1024;

/** A camera that switches barriers over HTTP: `relay(n)` is its output n, or the OPEN of its barrier n. */
export class GateCamera implements Board {
  readonly name: string;
  readonly guard: SignInGuard;
  /** Requests that came in, and those that were let in. */
  readonly counters = { requests: 0, admitted: 0 };
  /** What it tells of both arms: 0 not wired, 1 down, 2 up. */
  arms: [0 | 1 | 2, 0 | 1 | 2] = [0, 0];
  readonly #options: GateCameraOptions;
  readonly #barrier: CameraBarrier;
  readonly #pages: CameraPages;
  readonly #late = new Set<NodeJS.Timeout>();
  #server: Server | undefined;
  #port: number;
  #fault: BoardFault = "none";

  constructor(options: GateCameraOptions) {
    this.name = `${options.make}-camera`;
    this.guard = new SignInGuard(options);
    this.#options = options;
    this.#port = options.port;
    this.#barrier = new CameraBarrier(options.clock);
    this.#pages =
      options.make === "hikvision"
        ? hikvisionPages(this.#barrier, (index) => this.arms[index] ?? 0)
        : dahuaPages(this.#barrier);
  }

  /** Where it listens, once started. */
  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((request, response) => this.#take(request, response));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.guard.restart();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    for (const timer of this.#late) clearTimeout(timer);
    this.#late.clear();
    this.#barrier.powerOff();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  relay(number: number): RelayContact {
    return this.#barrier.open.contact(number);
  }

  /** The CLOSE of its barrier. */
  closeRelay(number: number): RelayContact {
    return this.#barrier.close.contact(number);
  }

  /** @throws RangeError: this camera has none */
  input(number: number): InputContact {
    throw new RangeError(`a gate camera has no input ${number}`);
  }

  setFault(fault: BoardFault): void {
    this.#fault = fault;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("error", () => response.destroy());
    response.on("error", () => response.destroy());
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyMax) request.destroy();
      else chunks.push(chunk);
    });
    request.on("end", () => this.#answer(request, Buffer.concat(chunks).toString(), response));
  }

  #answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    this.counters.requests += 1;
    if (this.#fault === "silent") return;
    const challenge = this.guard.challengeFor(request);
    if (challenge !== undefined) {
      response.writeHead(401, { "www-authenticate": challenge }).end();
      return;
    }
    this.counters.admitted += 1;
    const url = new URL(request.url ?? "/", "http://camera");
    const {
      status,
      body: text,
      type,
    } = this.#fault === "exception"
      ? this.#pages.refusal()
      : this.#pages.answer({ method: request.method ?? "", url, body });
    const send = (): void => {
      const bytes = this.#fault === "noise" ? noiseOf(text) : text;
      if (!response.destroyed) response.writeHead(status, { "content-type": type }).end(bytes);
    };
    if (this.#fault !== "late-answers") return send();
    const timer = setTimeout(() => {
      this.#late.delete(timer);
      send();
    }, this.#options.lateByMs ?? 4000);
    this.#late.add(timer);
  }
}

/** What a broken proxy or a firmware in trouble makes of an answer: no part of it is left whole. */
const noiseOf = (text: string): string => `<html>${text.slice(0, text.length / 2)}`;
