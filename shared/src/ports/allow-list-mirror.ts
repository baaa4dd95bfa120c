import type { Instant } from "../time.ts";
import type { Reporting } from "./device.ts";

/** A plate that a camera may open for by itself. */
export interface MirroredPlate {
  /** Normalised. */
  readonly plate: string;
  /** The camera forgets it then by itself; left out: it has no end. */
  readonly until?: Instant;
}

/** A record as the camera has it. */
export interface HeldPlate {
  /** The camera's own name of the record. */
  readonly recordId: string;
  readonly plate: string;
  /** Whether the record says that we have written it; undefined where records cannot say. */
  readonly isOurs: boolean | undefined;
}

/**
 * The list of plates inside a camera. Each call is one request, sent once: after a Fault it is not known whether it was
 * done. Throws Faults of the wire, and `sign-in-refused`.
 */
export interface AllowListMirror extends Reporting {
  /** The reader's id. */
  readonly id: string;
  readonly laneId: string;
  /** So many plates fit. */
  readonly capacity: number;
  /** Every record of the allow list, also those that others have written. */
  list(): Promise<readonly HeldPlate[]>;
  /** The records of one plate. */
  find(plate: string): Promise<readonly HeldPlate[]>;
  write(plate: MirroredPlate): Promise<void>;
  remove(recordId: string): Promise<void>;
}
