import { Agent, request } from "node:http";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import type { PlateCamera, SeenPlate } from "../hardware.ts";
import { axisPush } from "./axis-push.ts";
import { dahuaPush } from "./dahua-push.ts";
import { gateQuestion } from "./gate-question.ts";
import { genetecPush } from "./genetec-push.ts";
import { hikvisionPush } from "./hikvision-push.ts";
import { plateRecognizerPush } from "./plate-recognizer-push.ts";
import { rekorPush } from "./rekor-push.ts";
import { verkadaPush } from "./verkada-push.ts";

export interface PlateCameraOptions {
  /** The reader's id at the facility; part of the push's path. */
  readonly id: string;
  /** Where pushes go, without path, for example `http://127.0.0.1:4701`. */
  readonly target: string;
  readonly token: string;
  readonly clock: Clock;
  /** What the camera's clock shows; UTC when left out. */
  readonly timezone?: string;
  /** What the facility answers, 2xx or not. */
  readonly onAnswer?: (body: string) => void;
}

/** One HTTP request's worth of a read, as a vendor writes it. */
export interface Push {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What the camera takes for "arrived" in the body of a 2xx; left out: anything. */
  readonly isTaken?: (body: string) => boolean;
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

  /** Whether the facility answered 2xx, and what the camera wants to hear. */
  #isTaken({ path, headers, body, isTaken }: Push): Promise<boolean> {
    const { target, onAnswer } = this.#options;
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
        const heard: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => heard.push(chunk));
        answer.on("close", () => {
          const text = Buffer.concat(heard).toString();
          onAnswer?.(text);
          resolve(status >= 200 && status < 300 && (isTaken?.(text) ?? true));
        });
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

/** How each make writes a push, by the `format` of the facility's configuration. */
const makes = {
  hikvision: hikvisionPush,
  platerecognizer: plateRecognizerPush,
  dahua: dahuaPush,
  axis: axisPush,
  rekor: rekorPush,
  genetec: genetecPush,
  verkada: verkadaPush,
  "gate-query": gateQuestion,
} as const;
export type PushMake = keyof typeof makes;

export const isPushMake = (format: string): format is PushMake => Object.hasOwn(makes, format);

/** A camera, or what stands behind it, that pushes as this make does. */
export const pushingCamera = (make: PushMake, options: PlateCameraOptions): PushingCamera =>
  new PushingCamera(options, makes[make]);
