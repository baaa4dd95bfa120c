import type { Problem } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import { elapsed, hours, type Instant, seconds } from "@gatehouse/shared/time";
import { hikvision } from "./hikvision.ts";
import { plateRecognizer } from "./platerecognizer.ts";
import { BadPush, type PushedBody, type PushFormat, type Sighting } from "./push-format.ts";

const formats = { hikvision, platerecognizer: plateRecognizer } satisfies Record<
  string,
  PushFormat
>;

export interface PushReaderOptions {
  readonly id: string;
  readonly laneId: string;
  readonly format: keyof typeof formats;
  readonly clock: Clock;
  readonly log: Log;
}

export type PushAnswer =
  | { readonly status: 200; readonly outcomes: readonly ReadOutcome[] }
  | { readonly status: 400 | 503; readonly problem: Problem };

/** A camera that has pushed nothing for so long may be dead; nobody has asked it. */
const staleAfter = hours(24);
/** A camera's clock may be off by so much before a technician is told. */
const skewTolerance = seconds(5);

/**
 * A plate camera that pushes its reads; the `PushServer` hands them in. Between `start` and `stop` it takes
 * pushes; outside of that it answers 503, so that the camera repeats them.
 */
export class PushReader implements CredentialReader {
  readonly name: string;
  readonly id: string;
  readonly #options: PushReaderOptions;
  readonly #format: PushFormat;
  readonly #counters: Record<string, number> = {};
  #listener: ((read: PlateRead) => ReadOutcome) | undefined;
  #isOpen = false;
  #lastSeen: Instant | undefined;
  #skewMs: number | undefined;
  /** What was wrong with the last push; undefined after a good one. */
  #complaint: string | undefined;

  constructor(options: PushReaderOptions) {
    this.id = options.id;
    this.name = `plate camera ${options.id}`;
    this.#options = options;
    this.#format = formats[options.format];
  }

  start(): Promise<void> {
    this.#isOpen = true;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#isOpen = false;
    return Promise.resolve();
  }

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.#listener = listener;
  }

  /**
   * Takes one push of an authenticated camera, whole.
   *
   * @param receivedMs stopwatch reading when its last byte had arrived
   * @throws what the listener throws beside a Fault: a bug
   */
  receive(body: PushedBody, receivedMs: number): PushAnswer {
    this.count("pushes");
    this.#lastSeen = this.#options.clock.now();
    const listener = this.#listener;
    if (!this.#isOpen || listener === undefined) {
      this.count("refused_not_ready");
      return { status: 503, problem: notReady };
    }
    try {
      const content = this.#format.read(body, this.id);
      this.#complaint = undefined;
      if (content.kind === "sightings") {
        return { status: 200, outcomes: this.#deliver(content.sightings, listener, receivedMs) };
      }
      this.count("ignored_events");
      return { status: 200, outcomes: [{ kind: "ignore", reason: "no-plate-event" }] };
    } catch (error) {
      if (error instanceof BadPush) return { status: 400, problem: this.#refuse(error) };
      if (!(error instanceof Fault)) throw error;
      this.count("not_durable");
      return { status: 503, problem: notDurable(error) };
    }
  }

  count(what: string): void {
    this.#counters[what] = (this.#counters[what] ?? 0) + 1;
  }

  report(): readonly DeviceReport[] {
    const { clock, laneId } = this.#options;
    const lastSeen = this.#lastSeen;
    const isStale = lastSeen !== undefined && elapsed(lastSeen, clock.now()) > staleAfter;
    const details = [this.#complaint, this.#saySkew()].filter((each) => each !== undefined);
    const skew = this.#skewMs;
    return [
      {
        id: this.id,
        kind: "plate-camera",
        make: this.#format.make,
        laneId,
        state: lastSeen === undefined ? "unknown" : isStale ? "stale" : "online",
        ...(lastSeen !== undefined && { lastSeen }),
        ...(details.length > 0 && { detail: details.join("; ") }),
        counters: { ...this.#counters, ...(skew !== undefined && { clock_skew_ms: skew }) },
      },
    ];
  }

  #deliver(
    sightings: readonly Sighting[],
    listener: (read: PlateRead) => ReadOutcome,
    receivedMs: number,
  ): ReadOutcome[] {
    const { laneId, clock } = this.#options;
    const receivedAt = clock.now();
    return sightings.map((sighting) => {
      this.count("reads");
      if (sighting.rawPlate === "") this.count("without_plate");
      if (sighting.retransmission) this.count("retransmissions");
      else this.#skewMs = sighting.at - receivedAt;
      return listener({ ...sighting, readerId: this.id, laneId, receivedAt, receivedMs });
    });
  }

  #refuse(bad: BadPush): Problem {
    this.count("refused_malformed");
    const [first] = bad.complaints;
    const complaint = `push refused: ${first?.path}: ${first?.message}`;
    if (this.#complaint === undefined) {
      this.#options.log.warn("push-refused", { reader: this.id, complaint });
    }
    this.#complaint = complaint;
    return {
      type: "push-malformed",
      title: "The push cannot be understood",
      status: 400,
      hint: `This reader expects the format of: ${this.#format.make}.`,
      errors: bad.complaints.map((each) => ({ ...each })),
    };
  }

  /** A camera in another time zone is off by hours: its reads count as stale, and no gate opens. */
  #saySkew(): string | undefined {
    const skew = this.#skewMs ?? 0;
    if (Math.abs(skew) <= skewTolerance) return undefined;
    const size = sayDuration(Math.abs(skew));
    const side = skew > 0 ? "ahead" : "behind";
    return `the camera's clock is ${size} ${side}: check its time and time zone`;
  }
}

const sayDuration = (ms: number): string => {
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min ${whole % 60} s`;
};

const notReady: Problem = {
  type: "reader-not-ready",
  title: "This reader does not take pushes now",
  status: 503,
  hint: "Push again in a moment.",
};

const notDurable = (fault: Fault): Problem => ({
  type: fault.code,
  title: "The read could not be made durable",
  status: 503,
  hint: fault.hint,
});
