import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import { Fault } from "@gatehouse/shared/fault";
import type { Stopwatch } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";
import { type AskingOptions, AskingReader } from "./asking-reader.ts";
import type { ListedSighting, PollFormat } from "./poll-format.ts";
import { BadPush } from "./push-format.ts";

export interface PollingReaderOptions extends AskingOptions {
  readonly reader: Pick<ReaderConfig, "id" | "direction"> & { readonly every_s: number };
  readonly format: PollFormat;
  readonly stopwatch: Stopwatch;
}

/**
 * A plate camera that is asked for its list again and again. It begins where the list ends when it starts: what was
 * read before is nobody who stands at the gate now.
 */
export class PollingReader extends AskingReader {
  readonly #options: PollingReaderOptions;
  /** Digits: everything up to there has been told. */
  #place: string | undefined;

  constructor(options: PollingReaderOptions) {
    const { format, reader } = options;
    super(options, { what: format.make, rest: seconds(reader.every_s), before: undefined });
    this.#options = options;
  }

  protected failureOf(error: unknown): { fault: Fault; count: string } {
    if (!(error instanceof Fault)) throw error;
    return { fault: error, count: error.code === "disk-full" ? "not_durable" : "failed_requests" };
  }

  protected async ask(signal: AbortSignal): Promise<void> {
    const { format, http, clock, stopwatch } = this.#options;
    const isFirst = this.#place === undefined;
    const place = this.#place ?? format.startAt(clock.now());
    const { status, body } = await http.ask({ ...format.ask(place), signal });
    const receivedMs = stopwatch.read();
    if (status !== 200) throw new Fault("wire-exception", `${http.address} answers ${status}`);
    this.intake.seen();
    const news = this.#newsIn(body, place);
    if (isFirst) {
      this.#place = news.at(-1)?.place ?? place;
      return;
    }
    for (const { place: next, sighting } of news) {
      this.intake.deliver(sighting, receivedMs);
      this.#place = next;
    }
  }

  /** What the answer holds beyond a place, oldest first. An answer that cannot be understood holds nothing. */
  #newsIn(body: Buffer, place: string): readonly ListedSighting[] {
    try {
      const listed = this.#options.format.read(body);
      this.intake.content();
      return listed
        .filter((each) => BigInt(each.place) > BigInt(place))
        .toSorted((a, b) => (BigInt(a.place) < BigInt(b.place) ? -1 : 1));
    } catch (error) {
      if (!(error instanceof BadPush)) throw error;
      this.intake.refuse(error);
      return [];
    }
  }
}
