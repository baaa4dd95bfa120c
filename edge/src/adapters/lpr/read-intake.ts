import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import { elapsed, hours, type Instant, seconds } from "@gatehouse/shared/time";
import type { BadPush, Sighting } from "./push-format.ts";
import type { DiskReadPictures } from "./read-pictures.ts";

/** What every plate reader is made with. */
export interface ReaderTools {
  /** Empty: it looks at a space. */
  readonly laneId: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the pictures go that come with reads; left out: nowhere. */
  readonly pictures?: Pick<DiskReadPictures, "prepare">;
}

/** A camera that has said nothing for so long may be dead; nobody has asked it. */
const staleAfter = hours(24);
/** A camera's clock may be off by so much before a technician is told. */
const skewTolerance = seconds(5);

/** What all plate readers share: sightings become reads for the lane, and what happened is counted and told. */
export class ReadIntake {
  readonly #reader: Pick<ReaderConfig, "id" | "direction">;
  readonly #tools: ReaderTools;
  readonly #counters: Record<string, number> = {};
  #listener: ((read: PlateRead) => ReadOutcome) | undefined;
  #lastSeen: Instant | undefined;
  #skewMs: number | undefined;
  /** What was wrong with the last message; undefined after a good one. */
  #complaint: string | undefined;

  constructor(reader: Pick<ReaderConfig, "id" | "direction">, tools: ReaderTools) {
    this.#reader = reader;
    this.#tools = tools;
  }

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.#listener = listener;
  }

  get hasListener(): boolean {
    return this.#listener !== undefined;
  }

  /** The camera has been heard of. */
  seen(): void {
    this.#lastSeen = this.#tools.clock.now();
  }

  /** The last message was in order. @param detail what it says of the camera's health */
  content(detail?: string): void {
    this.#complaint = detail;
  }

  /** The last message could not be understood. */
  refuse(bad: BadPush): void {
    this.count("refused_malformed");
    const [first] = bad.complaints;
    const complaint = `push refused: ${first?.path}: ${first?.message}`;
    if (this.#complaint === undefined) {
      this.#tools.log.warn("push-refused", { reader: this.#reader.id, complaint });
    }
    this.#complaint = complaint;
  }

  /**
   * Hands a sighting to the lane.
   *
   * @param receivedMs stopwatch reading when its last byte had arrived
   * @param opens who raises the barrier, where it is not we
   * @throws what the listener throws: a Fault when the read is not durable
   */
  deliver(sighting: Sighting, receivedMs: number, opens?: "controller"): ReadOutcome {
    const { pictures, ...seen } = sighting;
    const { laneId, clock } = this.#tools;
    const { id: readerId, direction } = this.#reader;
    const receivedAt = clock.now();
    this.count("reads");
    if (seen.rawPlate === "") this.count("without_plate");
    if (seen.retransmission) this.count("retransmissions");
    else this.#skewMs = seen.at - receivedAt;
    const kept = this.#tools.pictures?.prepare(readerId, seen.readId, receivedAt, pictures ?? []);
    const ids = kept?.ids ?? [];
    const outcome = this.#listener?.({
      ...seen,
      ...(direction === "any" ? { direction: "unknown" } : {}),
      ...(ids.length > 0 ? { pictureIds: ids } : {}),
      ...(opens === undefined ? {} : { opens }),
      readerId,
      laneId,
      receivedAt,
      receivedMs,
    });
    // The pictures of a read that has come before lie there already.
    if (outcome !== undefined && !isRepeat(outcome)) kept?.write();
    return outcome ?? { kind: "ignore", reason: "nobody-listens" };
  }

  count(what: string, by = 1): void {
    this.#counters[what] = (this.#counters[what] ?? 0) + by;
  }

  /** @param state left out: by when it was heard of last */
  report(
    make: string,
    more: Partial<Pick<DeviceReport, "state" | "fault" | "detail">> = {},
  ): DeviceReport {
    const { clock, laneId } = this.#tools;
    const lastSeen = this.#lastSeen;
    const isStale = lastSeen !== undefined && elapsed(lastSeen, clock.now()) > staleAfter;
    const details = [more.detail, this.#complaint, this.#saySkew()].filter((each) => each);
    const skew = this.#skewMs;
    return {
      id: this.#reader.id,
      kind: "plate-camera",
      make,
      ...(laneId === "" ? {} : { laneId }),
      state: more.state ?? (lastSeen === undefined ? "unknown" : isStale ? "stale" : "online"),
      ...(more.fault === undefined ? {} : { fault: more.fault }),
      ...(lastSeen !== undefined && { lastSeen }),
      ...(details.length > 0 && { detail: details.join("; ") }),
      counters: { ...this.#counters, ...(skew !== undefined && { clock_skew_ms: skew }) },
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

/** The read has come before, with the same id. */
export const isRepeat = (outcome: ReadOutcome): boolean =>
  outcome.kind === "ignore" && outcome.reason === "repeated-read";

const sayDuration = (ms: number): string => {
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min ${whole % 60} s`;
};
