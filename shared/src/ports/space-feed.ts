import type { Part } from "../part.ts";
import type { Instant } from "../time.ts";
import type { Reporting } from "./device.ts";

export type ObservationSource = "sensor" | "camera";

/** One source's word about one space. Order within a source is (boot, sequence), never arrival. */
export interface SpaceObservation {
  readonly spaceId: string;
  readonly source: ObservationSource;
  /** The sensor's or camera's id. */
  readonly sourceId: string;
  /** Names one run of the source; a new one resets its sequence. */
  readonly boot: string;
  readonly sequence: number;
  readonly occupied: boolean;
  /** 0–1. */
  readonly confidence: number;
  readonly at: Instant;
  readonly batteryPercent?: number;
}

/** The source fell silent (last will, frozen camera): its word no longer counts. */
export interface SourceLost {
  readonly sourceId: string;
  readonly at: Instant;
}

/** Bay sensors on the broker, or the vision pool. */
export interface SpaceFeed extends Part, Reporting {
  /**
   * One listener a feed; set before `start`. When the listener returns, the batch is durable and may be
   * acknowledged. It throws a Fault `disk-full` when it is not: then nothing is acknowledged.
   */
  onObservations(listener: (batch: readonly SpaceObservation[]) => void): void;
  onLost(listener: (lost: SourceLost) => void): void;
}
