import { Fault } from "@gatehouse/shared/fault";
import { basename, resolve } from "node:path";
import type { RefusedPicture } from "../picture.ts";
import { type Ffmpeg, startFfmpeg } from "./ffmpeg.ts";
import { JpegSplitter } from "./jpeg-splitter.ts";
import type { NamedPicture, PictureSource } from "./source.ts";
import { Trouble } from "./trouble.ts";

/** Containers of video. Playlists are left out: they may name any other file. */
const containers = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,mpegts,mpeg,flv,asf";

/** Two pictures wait at most; then ffmpeg waits, because its pipe is not read. */
const mostWaiting = 2;

/**
 * A video file, shown again and again. Each picture is one step of the pace after the one before, however fast
 * the pictures are asked for.
 */
export class Video implements PictureSource {
  readonly isLive = false;
  readonly #path: string;
  readonly #everyS: number;
  readonly #trouble = new Trouble();
  #running: Ffmpeg | undefined;
  #isMissing = false;
  #waiting: Uint8Array[] = [];
  #wake: () => void = () => {};

  /** @param everyS seconds of the video from one picture to the next */
  constructor(path: string, everyS: number) {
    this.#path = resolve(path);
    this.#everyS = everyS;
  }

  async next(): Promise<NamedPicture | RefusedPicture | undefined> {
    if (this.#running === undefined) {
      if (this.#trouble.isTooSoon) return this.#trouble.refusal;
      this.#start();
    }
    while (this.#waiting.length === 0 && this.#running !== undefined) {
      this.#running.jpegs.resume();
      await new Promise<void>((resolvePromise) => {
        this.#wake = resolvePromise;
      });
    }
    if (this.#isMissing) {
      this.#isMissing = false;
      throw new Fault("ffmpeg-missing", "a video file is read by ffmpeg, which is not installed");
    }
    const bytes = this.#waiting.shift();
    return bytes === undefined
      ? this.#trouble.refusal
      : { kind: "picture", name: basename(this.#path), bytes };
  }

  close(): void {
    this.#running?.kill();
    this.#running = undefined;
    this.#waiting = [];
    this.#wake();
  }

  #start(): void {
    const limits = `-protocol_whitelist file -format_whitelist ${containers} -stream_loop -1`;
    const input = [...limits.split(" "), "-i", `file:${this.#path}`];
    const running = startFfmpeg(input, `fps=${1 / this.#everyS}`);
    this.#running = running;
    const splitter = new JpegSplitter((jpeg) => {
      this.#waiting.push(jpeg);
      this.#trouble.end();
      if (this.#waiting.length >= mostWaiting) running.jpegs.pause();
      this.#wake();
    });
    running.jpegs.on("data", (chunk: Buffer) => splitter.push(chunk));
    void this.#endWith(running);
  }

  async #endWith(running: Ffmpeg): Promise<void> {
    const { isMissing, lastWords } = await running.ended;
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#isMissing = isMissing;
    this.#trouble.note("missing", lastWords);
    this.#wake();
  }
}
