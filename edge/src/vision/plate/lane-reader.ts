import { Fault } from "@gatehouse/shared/fault";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Instant } from "@gatehouse/shared/time";
import type { SeenPlate } from "../messages.ts";

export interface LaneReaderOptions {
  readonly cameraId: string;
  /** Empty: it looks at a space. */
  readonly laneId: string;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly log: Log;
}

/** The plate camera that one of our own cameras is for its lane, or for the one space at which it looks. */
export class LaneReader implements CredentialReader {
  readonly name: string;
  readonly #options: LaneReaderOptions;
  readonly #counters = { reads: 0, without_plate: 0, not_durable: 0 };
  #listener: ((read: PlateRead) => ReadOutcome) | undefined;
  #lastSeen: Instant | undefined;

  constructor(options: LaneReaderOptions) {
    this.name = `plates of ${options.cameraId}`;
    this.#options = options;
  }

  /** The vision process, which reads the plates, is started and stopped with the cameras. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.#listener = listener;
  }

  /** @param at when the vehicle was seen last */
  hear(plate: SeenPlate, at: Instant): void {
    const { cameraId, laneId, clock, stopwatch, log } = this.#options;
    const { id, text, corrected, country, candidates } = plate;
    this.#counters.reads += 1;
    if (text === "") this.#counters.without_plate += 1;
    this.#lastSeen = at;
    try {
      this.#listener?.({
        readId: id,
        readerId: cameraId,
        laneId,
        rawPlate: text,
        ...(corrected === undefined ? {} : { correctedPlate: corrected }),
        confidence: plate.confidence,
        characterConfidences: plate.characterConfidences,
        candidates: candidates.map((each) => ({ plate: each.text, confidence: each.confidence })),
        ...(country === undefined ? {} : { country }),
        vehicleClass: plate.vehicle,
        direction: plate.direction,
        at,
        receivedAt: clock.now(),
        receivedMs: stopwatch.read(),
        retransmission: false,
        pictureIds: [id],
      });
    } catch (error) {
      // Nobody repeats it: the vehicle still stands there, and the attendant is asked by its loop.
      if (!(error instanceof Fault)) throw error;
      this.#counters.not_durable += 1;
      log.warn("read-not-stored", { camera: cameraId, fault: error.code });
    }
  }

  report(): readonly DeviceReport[] {
    const { cameraId, laneId } = this.#options;
    const lastSeen = this.#lastSeen;
    return [
      {
        id: `${cameraId}-plates`,
        kind: "plate-camera",
        make: "Gatehouse",
        ...(laneId === "" ? {} : { laneId }),
        state: lastSeen === undefined ? "unknown" : "online",
        ...(lastSeen !== undefined && { lastSeen }),
        counters: { ...this.#counters },
      },
    ];
  }
}
