import type { IncomingMessage } from "node:http";
import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import { Fault } from "@gatehouse/shared/fault";
import type { Stopwatch } from "@gatehouse/shared/ports/clock";
import { milliseconds } from "@gatehouse/shared/time";
import { type AskingOptions, AskingReader } from "./asking-reader.ts";
import { junctionsIn, junctionSighting } from "./dahua-event.ts";
import { evidenceOf, jpegIn } from "./evidence.ts";
import { boundaryIn, MultipartStream, type StreamPart } from "./multipart-stream.ts";
import { BadPush, type Sighting } from "./push-format.ts";

export interface DahuaStreamOptions extends AskingOptions {
  readonly reader: Extract<ReaderConfig, { format: "dahua-events" }>;
  readonly timezone: string;
  readonly stopwatch: Stopwatch;
  /** Real milliseconds of silence after which the camera counts as gone; three heartbeats when left out. */
  readonly silenceMs?: number;
}

const kindsInOrder = ["overview", "plate"] as const;
const heartbeatS = 5;
/** A stream that has ended is asked for again after twice this. */
const rest = milliseconds(500);

/** A Dahua camera whose events we listen to on a connection of our own (snapManager or eventManager). */
export class DahuaStreamReader extends AskingReader {
  readonly #options: DahuaStreamOptions;
  /** The read that the pictures after it belong to, and how many have come. */
  #last: { readonly readId: string; pictures: number } | undefined;

  constructor(options: DahuaStreamOptions) {
    super(options, { what: "Dahua events", rest, before: "wire-unreachable" });
    this.#options = options;
  }

  protected failureOf(error: unknown): { fault: Fault; count: string } {
    return { fault: faultOf(error, this.#options.http.address), count: "lost_connections" };
  }

  /** @returns never but by throwing: when the stream ends, falls silent or is none */
  protected async ask(signal: AbortSignal, answered: () => void): Promise<void> {
    const { http, reader } = this.#options;
    const answer = await http.open({ method: "GET", path: pathOf(reader), signal });
    const boundary = boundaryIn(answer.headers["content-type"] ?? "");
    if (answer.statusCode !== 200 || boundary === undefined) {
      answer.destroy();
      const what = answer.statusCode === 200 ? "no event stream" : answer.statusCode;
      throw new Fault("wire-exception", `${http.address} answers ${what}`);
    }
    this.#last = undefined;
    answered();
    const stream = new MultipartStream(boundary);
    const silence = this.#options.silenceMs ?? heartbeatS * 3000;
    answer.setTimeout(silence, () =>
      answer.destroy(new Fault("wire-timeout", `${http.address} says nothing for ${silence} ms`)),
    );
    await this.#readParts(answer, stream);
    throw new Fault("wire-unreachable", `${http.address} has ended the event stream`);
  }

  async #readParts(answer: IncomingMessage, stream: MultipartStream): Promise<void> {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      const receivedMs = this.#options.stopwatch.read();
      this.intake.seen();
      for (const part of stream.feed(chunk)) this.#take(part, receivedMs);
    }
  }

  #take(part: StreamPart, receivedMs: number): void {
    if (part.type === "image/jpeg") return this.#keepPicture(part.body);
    if (/^\s*heartbeat/i.test(part.body.toString("latin1", 0, 40))) return;
    try {
      for (const fields of junctionsIn(part.body)) {
        const { reader, timezone } = this.#options;
        const site = { readerId: reader.id, timezone };
        const sighting = junctionSighting(fields, site, reader.clock);
        this.intake.content();
        this.#last = { readId: sighting.readId, pictures: 0 };
        this.#deliver(sighting, receivedMs);
      }
    } catch (error) {
      if (!(error instanceof BadPush)) throw error;
      this.intake.refuse(error);
    }
  }

  /** Nobody repeats an event: what is not durable is lost, and the lane's loop calls the attendant. */
  #deliver(sighting: Sighting, receivedMs: number): void {
    try {
      this.intake.deliver(sighting, receivedMs);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.intake.count("not_durable");
      this.#options.log.warn("read-not-stored", {
        reader: this.#options.reader.id,
        fault: error.code,
      });
    }
  }

  /** Pictures come after the event, which does not wait for them: the whole view, then the plate. */
  #keepPicture(bytes: Buffer): void {
    const { pictures, clock, reader } = this.#options;
    const last = this.#last;
    if (last === undefined || last.pictures === kindsInOrder.length) return;
    const kind = kindsInOrder[last.pictures] ?? "overview";
    last.pictures += 1;
    const evidence = evidenceOf([[kind, jpegIn(bytes)]]);
    pictures?.prepare(reader.id, last.readId, clock.now(), evidence).write();
  }
}

const pathOf = ({ stream, channel }: DahuaStreamOptions["reader"]): string =>
  stream === "snap"
    ? `/cgi-bin/snapManager.cgi?action=attachFileProc&channel=${channel}&Flags[0]=Event&Events=[TrafficJunction]&heartbeat=${heartbeatS}`
    : `/cgi-bin/eventManager.cgi?action=attach&codes=[TrafficJunction]&heartbeat=${heartbeatS}`;

function faultOf(error: unknown, address: string): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof BadPush) return new Fault("wire-noise", `${address}: ${error.message}`);
  // Everything else here is the connection's end: `readParts` lets only the lane's own bugs through as they are.
  if (error instanceof Error && "code" in error) {
    return new Fault("wire-unreachable", `${address}: ${error.message}`, { cause: error });
  }
  throw error;
}
