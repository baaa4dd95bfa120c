import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const socketName = ".s.PGSQL.5432";
/** Messages of PostgreSQL's protocol that make the server carry out what was asked: Query and Sync. */
const asksServer = new Set(["Q".charCodeAt(0), "S".charCodeAt(0)]);

/** Before the statement is carried out, or after it was and before anyone heard. */
export type Cut = "before" | "after";

/**
 * Stands between head office and its database and can cut the connection at an exact statement, so that a
 * crash of head office falls on the same place every time.
 */
export class CuttingProxy {
  /** Where to connect to, as a host of `pg`. */
  readonly folder = mkdtempSync(join(tmpdir(), "gatehouse-cut-"));
  readonly #upstream: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #armed: { statement: number; readonly cut: Cut } | undefined;

  /** @param host folder of the real server's socket */
  constructor(host: string) {
    this.#upstream = join(host, socketName);
    this.#server = createServer((client) => this.#join(client));
  }

  async start(): Promise<void> {
    await new Promise<void>((listening, failed) => {
      this.#server.once("error", failed);
      this.#server.listen(join(this.folder, socketName), listening);
    });
  }

  /** The next `statement`-th statement from now is cut. */
  arm(statement: number, cut: Cut): void {
    this.#armed = { statement, cut };
  }

  disarm(): void {
    this.#armed = undefined;
  }

  /** Head office dies at this moment: what it has not yet handed to its database never arrives there. */
  cutAll(): void {
    this.#destroyAll();
  }

  async stop(): Promise<void> {
    this.#destroyAll();
    await new Promise((closed) => this.#server.close(closed));
    rmSync(this.folder, { recursive: true, force: true });
  }

  #destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(client: Socket): void {
    const server = connect(this.#upstream);
    const both = [client, server];
    const end = (): void => {
      for (const socket of both) {
        this.#sockets.delete(socket);
        socket.destroy();
      }
    };
    let mute = false;
    const frames = new Frames();
    for (const socket of both) {
      this.#sockets.add(socket);
      socket.on("error", end);
      socket.on("close", end);
    }
    client.on("data", (chunk: Buffer) => {
      const statements = frames.push(chunk).filter((type) => asksServer.has(type)).length;
      const cut = this.#isDue(statements);
      if (cut === "before") return end();
      if (cut === "after") mute = true;
      server.write(chunk);
    });
    server.on("data", (chunk: Buffer) => {
      if (!mute) return void client.write(chunk);
      if (isReady(chunk)) end();
    });
  }

  #isDue(statements: number): Cut | undefined {
    const armed = this.#armed;
    if (armed === undefined || statements === 0) return undefined;
    armed.statement -= statements;
    if (armed.statement > 0) return undefined;
    this.#armed = undefined;
    return armed.cut;
  }
}

/** The server has carried everything out and waits: ReadyForQuery ends what it says. */
const isReady = (chunk: Buffer): boolean => chunk.length >= 6 && chunk.at(-6) === "Z".charCodeAt(0);

/** Finds the messages in a client's byte stream. The first one has no type. */
class Frames {
  #rest: Buffer = Buffer.alloc(0);
  #started = false;

  /** @returns the types of the messages that this chunk completes */
  push(chunk: Buffer): number[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const types: number[] = [];
    for (;;) {
      const head = this.#started ? 1 : 0;
      if (this.#rest.length < head + 4) return types;
      const size = head + this.#rest.readInt32BE(head);
      if (this.#rest.length < size) return types;
      if (this.#started) types.push(this.#rest[0] ?? 0);
      this.#started = true;
      this.#rest = this.#rest.subarray(size);
    }
  }
}
