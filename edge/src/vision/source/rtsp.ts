import { Fault } from "@gatehouse/shared/fault";
import type { Credentials } from "@gatehouse/shared/sign-in";
import type { RefusedPicture } from "../picture.ts";
import { type Ffmpeg, startFfmpeg } from "./ffmpeg.ts";
import { JpegSplitter } from "./jpeg-splitter.ts";
import { liveName, type NamedPicture, type PictureSource } from "./source.ts";
import { Trouble } from "./trouble.ts";

/** Start fast and hold nothing back: the first picture comes after about a second instead of five. */
const lowLatency = "-fflags nobuffer -flags low_delay -analyzeduration 500000 -probesize 65536";

/** A stream that sends nothing for so long is cut and asked for anew. */
const silentAfterMs = 10_000;
const socketPatienceUs = 5_000_000;

/** A picture older than this share of the pace is not looked at, so it need not be encoded. */
const freshShare = 0.5;

/** At this pace every picture of a usual camera is wanted. */
const everyPictureBelowS = 0.2;

export interface RtspOptions {
  readonly url: string;
  readonly transport: "tcp" | "udp";
  readonly credentials: Credentials | undefined;
  /** How often a picture will be asked for, in seconds. */
  readonly everyS: number;
}

/** A camera that streams by RTSP, read by ffmpeg. The newest picture counts. */
export class Rtsp implements PictureSource {
  readonly isLive = true;
  readonly #options: RtspOptions;
  readonly #trouble = new Trouble();
  #running: Ffmpeg | undefined;
  #isMissing = false;
  #newest: Uint8Array | undefined;

  constructor(options: RtspOptions) {
    this.#options = options;
  }

  async next(): Promise<NamedPicture | RefusedPicture | undefined> {
    if (this.#isMissing) {
      this.#isMissing = false;
      throw new Fault("ffmpeg-missing", "an RTSP camera is read by ffmpeg, which is not installed");
    }
    if (this.#running === undefined && !this.#trouble.isTooSoon) void this.#follow();
    const bytes = this.#newest;
    this.#newest = undefined;
    return bytes === undefined ? this.#trouble.refusal : { kind: "picture", name: liveName, bytes };
  }

  close(): void {
    this.#running?.kill();
    this.#running = undefined;
    this.#newest = undefined;
  }

  async #follow(): Promise<void> {
    const { everyS } = this.#options;
    const running = startFfmpeg(input, filterFor(everyS), scriptOf(this.#options));
    this.#running = running;
    const splitter = new JpegSplitter((jpeg) => {
      this.#newest = jpeg;
      this.#trouble.end();
    });
    // ffmpeg's own patience is about single reads; a camera that only says it lives keeps those busy.
    const silence = setTimeout(() => running.kill(), silentAfterMs);
    running.jpegs.on("data", (chunk: Buffer) => {
      silence.refresh();
      splitter.push(chunk);
    });
    const { isMissing, lastWords } = await running.ended;
    clearTimeout(silence);
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#isMissing = isMissing;
    const isDenied = /\b(401|403)\b|unauthori[sz]ed|forbidden/i.test(lastWords);
    this.#trouble.note(
      isDenied ? "sign_in_refused" : "unreachable",
      `${withoutCredentials(this.#options.url)}: ${withoutCredentials(lastWords)}`,
    );
  }
}

const protocols = "pipe,crypto,rtp,udp,tcp,tls,rtsp,rtsps";
const input = `${lowLatency} -protocol_whitelist ${protocols} -f concat -safe 0 -i pipe:0`.split(
  " ",
);

/** The address with its password is read from standard input: arguments show in every list of processes. */
function scriptOf({ url, transport, credentials }: RtspOptions): string {
  const address = new URL(url);
  if (credentials !== undefined) {
    address.username = encodeURIComponent(credentials.user);
    address.password = encodeURIComponent(credentials.password);
  }
  return [
    "ffconcat version 1.0",
    `file '${address.href.replaceAll("'", "%27")}'`,
    `option rtsp_transport ${transport}`,
    `option timeout ${socketPatienceUs}`,
    `option allowed_media_types video`,
    "",
  ].join("\n");
}

const filterFor = (everyS: number): string =>
  everyS < everyPictureBelowS
    ? "null"
    : `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${everyS * freshShare})'`;

const withoutCredentials = (text: string): string => text.replaceAll(/\/\/[^/@\s]*@/g, "//");
