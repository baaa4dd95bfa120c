import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import { Fault, type FaultCode } from "@gatehouse/shared/fault";
import type { Stopwatch } from "@gatehouse/shared/ports/clock";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import type { SignedHttp } from "../wire/signed-http.ts";
import { pauseFor } from "./pause.ts";
import type { ListedSighting, PollFormat } from "./poll-format.ts";
import { BadPush } from "./push-format.ts";
import { ReadIntake, type ReaderTools } from "./read-intake.ts";

export interface PollingReaderOptions extends ReaderTools {
  readonly reader: Pick<ReaderConfig, "id" | "direction"> & { readonly every_s: number };
  readonly format: PollFormat;
  readonly http: SignedHttp;
  readonly stopwatch: Stopwatch;
}

/** A camera that does not answer is asked more and more seldom. */
const longestPause = seconds(30);

/**
 * A plate camera that is asked for its list again and again. It begins where the list ends when it starts: what was
 * read before is nobody who stands at the gate now.
 */
export class PollingReader implements CredentialReader {
  readonly name: string;
  readonly #options: PollingReaderOptions;
  readonly #intake: ReadIntake;
  #stopping = new AbortController();
  #asking: Promise<void> = Promise.resolve();
  /** Digits: everything up to there has been told. */
  #place: string | undefined;
  #fault: FaultCode | undefined;
  #detail: string | undefined;

  constructor(options: PollingReaderOptions) {
    this.#options = options;
    this.name = `plate camera ${options.reader.id}`;
    this.#intake = new ReadIntake(options.reader, options);
  }

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.#intake.onRead(listener);
  }

  start(): Promise<void> {
    this.#stopping = new AbortController();
    this.#asking = this.#askOnAndOn(this.#stopping.signal);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#asking;
  }

  report(): readonly DeviceReport[] {
    const { format, http } = this.#options;
    const fault = this.#fault;
    return [
      this.#intake.report(
        `${format.make} at ${http.address}`,
        fault === undefined
          ? {}
          : { state: "offline", fault, ...(this.#detail && { detail: this.#detail }) },
      ),
    ];
  }

  async #askOnAndOn(signal: AbortSignal): Promise<void> {
    const { reader, http, log } = this.#options;
    const every = seconds(reader.every_s);
    let pause = every;
    while (!signal.aborted) {
      try {
        await this.#askOnce(signal);
        this.#fault = undefined;
        pause = every;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Fault)) throw error;
        this.#intake.count(error.code === "disk-full" ? "not_durable" : "failed_requests");
        if (this.#fault !== error.code) {
          log.warn("plates-not-read", { reader: reader.id, error: error.message });
        }
        this.#fault = error.code;
        this.#detail = error.message;
        // Asked once more, the camera might lock our account: it stays so until the next start.
        if (http.isShutOut) return;
        pause = milliseconds(Math.min(pause * 2, Math.max(longestPause, every)));
      }
      await pauseFor(this.#options.clock, pause, signal);
    }
  }

  async #askOnce(signal: AbortSignal): Promise<void> {
    const { format, http, clock, stopwatch } = this.#options;
    const isFirst = this.#place === undefined;
    const place = this.#place ?? format.startAt(clock.now());
    const { status, body } = await http.ask({ ...format.ask(place), signal });
    const receivedMs = stopwatch.read();
    if (status !== 200) throw new Fault("wire-exception", `${http.address} answers ${status}`);
    this.#intake.seen();
    const news = this.#newsIn(body, place);
    if (isFirst) {
      this.#place = news.at(-1)?.place ?? place;
      return;
    }
    for (const { place: next, sighting } of news) {
      this.#intake.deliver(sighting, receivedMs);
      this.#place = next;
    }
  }

  /** What the answer holds beyond a place, oldest first. An answer that cannot be understood holds nothing. */
  #newsIn(body: Buffer, place: string): readonly ListedSighting[] {
    try {
      const listed = this.#options.format.read(body);
      this.#intake.content();
      return listed
        .filter((each) => BigInt(each.place) > BigInt(place))
        .toSorted((a, b) => (BigInt(a.place) < BigInt(b.place) ? -1 : 1));
    } catch (error) {
      if (!(error instanceof BadPush)) throw error;
      this.#intake.refuse(error);
      return [];
    }
  }
}
