import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What a child says over its channel; every message has a type. */
export type ChildMessage = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface ChildPlan {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logDir: string;
  readonly onMessage?: (message: ChildMessage) => void;
}

/** How long a child may take to say "ready", and to end after being asked. */
const readyWithinMs = 90_000;
const endWithinMs = 10_000;

/** One process of the demonstration: it ends when its channel closes, so it never outlives us. */
export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #ready: Promise<ChildMessage>;
  readonly #ended: Promise<number | null>;
  readonly #logFile: string;
  #stopping = false;

  constructor(
    plan: ChildPlan,
    onUnexpectedEnd: (name: string, code: number | null, logFile: string) => void,
  ) {
    this.name = plan.name;
    this.#logFile = join(plan.logDir, `${plan.name}.log`);
    const child = spawn(process.execPath, [...plan.args], {
      env: { ...process.env, ...plan.env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#process = child;
    const log = createWriteStream(this.#logFile, { flags: "a" });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    this.#ended = new Promise((resolve) => {
      child.once("error", () => resolve(null));
      child.once("exit", (code) => {
        resolve(code);
        if (!this.#stopping) onUnexpectedEnd(plan.name, code, this.#logFile);
      });
    });
    this.#ready = new Promise((resolve, reject) => {
      child.on("message", (message: ChildMessage) => {
        if (message.type === "ready") resolve(message);
        plan.onMessage?.(message);
      });
      child.once("exit", (code) =>
        reject(
          new Error(`${plan.name} ended before it was ready (code ${code}); see ${this.#logFile}`),
        ),
      );
    });
    this.#ready.catch(() => {});
  }

  /** @returns the child's ready message @throws Error when it ends or stays silent instead */
  ready(): Promise<ChildMessage> {
    const late = sleep(readyWithinMs, undefined, { ref: false }).then(() => {
      throw new Error(
        `${this.name} was not ready in ${readyWithinMs / 1000} s; see ${this.#logFile}`,
      );
    });
    return Promise.race([this.#ready, late]);
  }

  send(message: ChildMessage): void {
    if (this.#process.connected) this.#process.send(message);
  }

  /** Asks it to end and waits; one that does not is killed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#process.exitCode !== null) return;
    this.#process.kill("SIGTERM");
    const late = sleep(endWithinMs, "late" as const, { ref: false });
    if ((await Promise.race([this.#ended, late])) === "late") {
      this.#process.kill("SIGKILL");
      await this.#ended;
    }
  }
}
