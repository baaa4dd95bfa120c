import { jsonOf } from "@gatehouse/shared/json-text";
import { createServer, type Server, type Socket } from "node:net";
import { withoutCardNumbersIn } from "@gatehouse/shared/card-numbers";
import { ControlRequest, type ControlAnswer } from "@gatehouse/shared/contracts/control";
import { pathText } from "@gatehouse/shared/contracts/problem";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Desk } from "../flows/desk.ts";
import { answerControl, bug, notUnderstood } from "./control-answers.ts";
import { claimSocket, type Release } from "./control-socket.ts";

/** Command lines at once. */
const connectionsMax = 16;
/** Longest request, in bytes; an honest one has about 400. */
const lineMax = 16 * 1024;
/** Requests of one connection that wait for their answer. */
const waitingMax = 8;
/** A connection on which nothing is said for so long is closed; real time. A picture may take half a minute. */
const idlePatienceMs = 60_000;

export interface ControlDeps {
  /** The daemon's own data folder; it exists. */
  readonly dataDir: string;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The command line's way in: a Unix socket in the data folder, one JSON request a line, one JSON answer a line.
 * Binding it is also what keeps a second daemon away from the same data.
 */
export class Control implements Part {
  readonly name = "control";
  readonly #deps: ControlDeps;
  readonly #connections = new Set<Socket>();
  #server: Server | undefined;
  #release: Release | undefined;

  constructor(deps: ControlDeps) {
    this.#deps = deps;
  }

  /** @throws Fault `already-running` */
  async start(): Promise<void> {
    const server = createServer((socket) => this.#serve(socket));
    server.maxConnections = connectionsMax;
    this.#release = await claimSocket(server, this.#deps.dataDir);
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of this.#connections) socket.destroy();
    });
    this.#release?.();
  }

  #serve(socket: Socket): void {
    this.#connections.add(socket);
    socket.on("close", () => this.#connections.delete(socket));
    socket.on("error", (error) =>
      this.#deps.log.info("control connection failed", { why: error.message }),
    );
    socket.setTimeout(idlePatienceMs, () => socket.destroy());
    socket.setEncoding("utf8");

    let rest = "";
    let waiting = 0;
    let turn = Promise.resolve();
    const take = (line: string): void => {
      waiting += 1;
      if (waiting > waitingMax) socket.pause();
      turn = turn.then(async () => {
        const answer = await this.#answer(line);
        if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
        waiting -= 1;
        if (waiting <= waitingMax) socket.resume();
      });
    };
    socket.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.trim() !== "") take(line);
      if (rest.length <= lineMax) return;
      rest = "";
      const complaint = notUnderstood(`a line is longer than ${lineMax} bytes`);
      socket.end(`${JSON.stringify(complaint)}\n`, () => socket.destroy());
    });
  }

  async #answer(line: string): Promise<ControlAnswer> {
    const request = ControlRequest.safeParse(withoutCardNumbersIn(jsonOf(line)));
    if (!request.success) {
      const [issue] = request.error.issues;
      const where = issue === undefined ? "" : pathText(issue.path);
      return notUnderstood(where === "" ? "it names no known verb" : `${where}: ${issue?.message}`);
    }
    const { verb } = request.data;
    this.#deps.log.info("control request", { verb });
    try {
      return await answerControl(this.#deps.desk, request.data, this.#deps.clock);
    } catch (error) {
      // A question that finds a bug must not stop the gates: it is told, and everything goes on.
      this.#deps.log.error("control bug", { error });
      return bug;
    }
  }
}
