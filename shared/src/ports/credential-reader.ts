import type { Part } from "../part.ts";
import type { Instant } from "../time.ts";
import type { VehicleClass } from "../vehicle.ts";
import type { Reporting } from "./device.ts";

export interface PlateCandidate {
  readonly plate: string;
  /** 0–1. */
  readonly confidence: number;
}

/** One plate as one camera saw it. Event time and arrival time are two things: an old read never opens a gate. */
export interface PlateRead {
  /** The vendor's own id of the read; the same id is the same read, however often it arrives. */
  readonly readId: string;
  readonly readerId: string;
  /** Empty from a camera that looks at a space. */
  readonly laneId: string;
  /** As received, before any normalising; "" when the camera saw a vehicle and no plate. */
  readonly rawPlate: string;
  /** What the camera takes it for, where it knows how plates are written; the same as `rawPlate` when left out. */
  readonly correctedPlate?: string;
  /** 0–1. */
  readonly confidence: number;
  /** 0–1 each, in the order of `rawPlate`'s characters, where the camera tells. */
  readonly characterConfidences?: readonly number[];
  readonly candidates: readonly PlateCandidate[];
  readonly country?: string;
  readonly vehicleClass: VehicleClass;
  /** Of the vehicle, as one of our own words where the camera's is known; left out where it tells none. */
  readonly vehicleColour?: string;
  readonly direction: "forward" | "reverse" | "unknown";
  /** The camera's own time of the read. */
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** Stopwatch reading (ms) when the last byte of the push had arrived. */
  readonly receivedMs: number;
  /** The camera says that it repeats an old event after an outage. */
  readonly retransmission: boolean;
  /** Pictures that came with it, the plate's first: kept for some days, `kind` as in the name of each. */
  readonly pictureIds?: readonly string[];
  /** Who has asked raises the barrier itself when it is told `open`: nobody else may open for this read. */
  readonly opens?: "controller";
}

/**
 * What the facility made of a read: known when the listener returns, and durable by then,
 * so a push may be answered 200.
 */
export type ReadOutcome =
  | { readonly kind: "open" | "ask"; readonly decisionId: string }
  | { readonly kind: "deny" | "ignore"; readonly reason: string };

/** A plate camera, a ticket scanner, an on-device reader. */
export interface CredentialReader extends Part, Reporting {
  /**
   * One listener a reader; set before `start`. The listener never waits. It throws a Fault `disk-full`
   * when the read could not be made durable: the push must then be answered 503, so that the camera repeats it.
   */
  onRead(listener: (read: PlateRead) => ReadOutcome): void;
}
