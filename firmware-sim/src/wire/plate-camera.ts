import { Agent, request } from "node:http";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { PlateCamera, SeenPlate } from "../hardware.ts";
import { hikvisionPush } from "./hikvision-push.ts";
import { plateRecognizerPush } from "./plate-recognizer-push.ts";

export interface PlateCameraOptions {
  /** The reader's id at the facility; part of the push's path. */
  readonly id: string;
  /** Where pushes go, without path, for example `http://127.0.0.1:4701`. */
  readonly target: string;
  readonly token: string;
  readonly clock: Clock;
}

/** One HTTP request's worth of a read, as a vendor writes it. */
export interface Push {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface PushCounts {
  readonly pushed: number;
  readonly repeated: number;
  /** Given up after the last repeat, or pushed out of a full memory. */
  readonly lost: number;
}

/** A repeat comes after 1 s, 2 s, 4 s … up to half a minute, at most so many times. */
const firstRepeat = seconds(1);
const longestRepeat = seconds(30);
const repeatsMax = 40;
/** Reads that wait for their turn; the oldest makes room. */
const waitingMax = 500;
/** Real time until the facility must have answered. */
const answerMs = 15_000;

/** A camera at a lane: pushes each read until it is answered 2xx, one after the other, in the order seen. */
class PushingCamera implements PlateCamera {
  readonly name: string;
  readonly #options: PlateCameraOptions;
  readonly #write: (seen: SeenPlate, options: PlateCameraOptions) => Push;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #stopping = new AbortController();
  readonly #waiting: SeenPlate[] = [];
  readonly #counts = { pushed: 0, repeated: 0, lost: 0 };
  #wake: () => void = () => undefined;
  #pushing: Promise<void> = Promise.resolve();

  constructor(
    options: PlateCameraOptions,
    write: (seen: SeenPlate, options: PlateCameraOptions) => Push,
  ) {
    this.name = `camera ${options.id}`;
    this.#options = options;
    this.#write = write;
  }

  get counts(): PushCounts {
    return { ...this.#counts };
  }

  start(): Promise<void> {
    this.#pushing = this.#pushAll();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#pushing;
    this.#agent.destroy();
  }

  see(plate: SeenPlate): void {
    if (this.#waiting.length === waitingMax) {
      this.#waiting.shift();
      this.#counts.lost += 1;
    }
    this.#waiting.push(plate);
    this.#wake();
  }

  async #pushAll(): Promise<void> {
    while (!this.#isStopping) {
      const next = this.#waiting.shift();
      if (next === undefined) await this.#untilWoken();
      else await this.#pushUntilTaken(this.#write(next, this.#options));
    }
  }

  async #pushUntilTaken(push: Push): Promise<void> {
    let wait: Duration = firstRepeat;
    for (let repeats = 0; !this.#isStopping; repeats += 1) {
      if (await this.#isTaken(push)) {
        this.#counts.pushed += 1;
        return;
      }
      if (repeats === repeatsMax) {
        this.#counts.lost += 1;
        return;
      }
      this.#counts.repeated += 1;
      await this.#untilWoken(wait);
      wait = milliseconds(Math.min(wait * 2, longestRepeat));
    }
  }

  /** Whether the facility answered 2xx. */
  #isTaken({ path, headers, body }: Push): Promise<boolean> {
    const { target } = this.#options;
    return new Promise((resolve) => {
      const asked = request(new URL(path, target), {
        method: "POST",
        agent: this.#agent,
        headers: { ...headers, "content-length": body.length },
        timeout: answerMs,
        signal: this.#stopping.signal,
      });
      asked.on("timeout", () => asked.destroy());
      asked.on("error", () => resolve(false));
      asked.on("response", (answer) => {
        const status = answer.statusCode ?? 0;
        answer.resume();
        answer.on("close", () => resolve(status >= 200 && status < 300));
      });
      asked.end(body);
    });
  }

  /** Until the given time is over, or without one until something is seen; a stop ends both. */
  #untilWoken(wait?: Duration): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isStopping) return resolve();
      const cancel = wait === undefined ? undefined : this.#options.clock.after(wait, resolve);
      this.#wake = () => {
        if (wait !== undefined && !this.#isStopping) return;
        cancel?.();
        resolve();
      };
    });
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}

/** A camera that pushes Hikvision's ANPR event: XML and pictures, its token in the path. */
export const hikvisionCamera = (options: PlateCameraOptions): PushingCamera =>
  new PushingCamera(options, hikvisionPush);

/** A camera behind Plate Recognizer Stream: JSON and a picture, its token in a header. */
export const plateRecognizerCamera = (options: PlateCameraOptions): PushingCamera =>
  new PushingCamera(options, plateRecognizerPush);
