import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { totalmem } from "node:os";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { FromChild, type ToChild } from "./messages.ts";

/*
 * A process lives in real time, however fast the facility's own clock runs: these are real milliseconds.
 */

/** How often the child is asked whether it lives, and how often it may fail to say so. */
const beatMs = 1000;
const mostMisses = 5;

/** Until its first sign of life: it has to load Node and the native libraries first. */
const mostMissesAtStart = 30;

/** A child that holds more leaks; models and pictures of many cameras stay far below. */
const mostResidentBytes = Math.min(3 * 1024 ** 3, 0.6 * totalmem());

/** From one start to the next, doubling with each child that did not last. */
const shortestPauseMs = 500;
const longestPauseMs = 30_000;

/** A child that lived so long is healthy: the next pause is the shortest again. */
const healthyAfterMs = 60_000;

const mostLastWords = 2000;

export interface ChildOptions {
  readonly random: Random;
  readonly log: Log;
  /** Said to each new child first. */
  readonly greeting: ToChild;
  /** Names the child in everything it says. */
  readonly onStart: (boot: string) => void;
  /** It is gone; whatever it was asked stays unanswered. */
  readonly onEnd: (why: string) => void;
  readonly onMessage: (message: FromChild) => void;
  /** When it holds more it leaks. */
  readonly mostResidentBytes?: number | undefined;
}

/** Keeps one vision process alive: kills it when it hangs, starts another when it ended, never waits for it. */
export class VisionChild {
  readonly #options: ChildOptions;
  #child: ChildProcess | undefined;
  #isReady = false;
  #misses = 0;
  #startedMs = 0;
  #shortLives = 0;
  #restarts = 0;
  #beat: NodeJS.Timeout | undefined;
  #pause: NodeJS.Timeout | undefined;

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Children that were started in the place of one that died. */
  get restarts(): number {
    return this.#restarts;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    this.#beat = setInterval(() => this.#checkLife(), beatMs);
    this.#spawn();
  }

  /** Ends the process that runs now; another is started soon. @returns false when there is none to end */
  restart(why: string): boolean {
    if (this.#child === undefined) return false;
    this.#giveUp(why);
    return true;
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    clearInterval(this.#beat);
    clearTimeout(this.#pause);
    const child = this.#child;
    this.#forget();
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    killGroup(child);
    await gone;
  }

  /**
   * @param sent called when the message has left this process, or never will
   * @returns false when there is no child to hear it: the message is dropped, never kept for later
   */
  send(message: ToChild, sent: () => void = () => {}): boolean {
    const child = this.#child;
    if (!this.#isReady || child === undefined || !child.connected) return false;
    // The callback takes the error of a child that dies this moment; its exit is seen on its own.
    child.send(message, () => sent());
    return true;
  }

  #spawn(): void {
    const child = fork(new URL("./process.ts", import.meta.url), [], {
      execArgv: [],
      // Nothing of the daemon's environment: a process that reads pictures from outside needs no secret.
      env: { PATH: process.env["PATH"], UV_THREADPOOL_SIZE: "2" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // A group of its own: whoever it started ends with it.
      detached: true,
    });
    this.#child = child;
    this.#misses = 0;
    this.#startedMs = performance.now();
    let lastWords = "";
    child.stderr?.on("data", (text: Buffer) => {
      lastWords = (lastWords + text.toString()).slice(-mostLastWords);
    });
    // A message of a child that was given up must not count for the next one.
    child.on("message", (raw: unknown) => {
      if (this.#child === child) this.#hear(raw);
    });
    child.on("error", (error) => this.#onGone(child, error.message));
    child.on("close", (code, signal) => {
      this.#onGone(child, `${signal ?? `exit code ${code}`} ${lastWords}`.trim());
    });
    child.send(this.#options.greeting, () => {});
    this.#options.onStart(this.#options.random.id());
  }

  #hear(raw: unknown): void {
    const parsed = FromChild.safeParse(raw);
    this.#misses = 0;
    if (!parsed.success) {
      return this.#giveUp(`it said something unknown: ${parsed.error.message}`);
    }
    const message = parsed.data;
    if (message.kind === "ready") {
      this.#isReady = true;
      this.#options.log.info("vision-started", { pid: this.pid, restarts: this.#restarts });
    }
    if (
      message.kind === "pong" &&
      message.residentBytes > (this.#options.mostResidentBytes ?? mostResidentBytes)
    ) {
      return this.#giveUp(`it holds ${message.residentBytes} bytes`);
    }
    this.#options.onMessage(message);
  }

  /** Counts beats, not time: a daemon that itself stood still must not blame its child. */
  #checkLife(): void {
    const child = this.#child;
    if (child === undefined) return;
    if (performance.now() - this.#startedMs > healthyAfterMs) this.#shortLives = 0;
    this.#misses += 1;
    if (this.#misses > (this.#isReady ? mostMisses : mostMissesAtStart)) {
      return this.#giveUp(`it did not answer ${this.#misses - 1} times`);
    }
    this.send({ kind: "ping" });
  }

  #giveUp(why: string): void {
    const child = this.#child;
    if (child === undefined) return;
    this.#options.log.warn("vision-killed", { pid: child.pid, why });
    this.#onGone(child, why);
  }

  #onGone(child: ChildProcess, why: string): void {
    if (this.#child !== child) return;
    this.#forget();
    killGroup(child);
    this.#options.onEnd(why);
    const doubled = shortestPauseMs * 2 ** Math.min(this.#shortLives, 10);
    const pauseMs = Math.min(longestPauseMs, doubled) * (0.5 + this.#options.random.fraction() / 2);
    this.#shortLives += 1;
    this.#options.log.warn("vision-ended", { pid: child.pid, why, restart_in_ms: pauseMs });
    this.#pause = setTimeout(() => {
      this.#restarts += 1;
      this.#spawn();
    }, pauseMs);
  }

  #forget(): void {
    this.#child = undefined;
    this.#isReady = false;
  }
}

/** The child and whatever it started: ffmpeg reads for it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The whole group has ended by itself.
  }
}
