import type { Instant } from "@gatehouse/shared/time";
import type { SignedRequest } from "../wire/signed-http.ts";
import type { Sighting } from "./push-format.ts";

/** One thing that a camera has on its list, and where on it. */
export interface ListedSighting {
  /** Grows with every entry; digits only, longer than a number holds. */
  readonly place: string;
  readonly sighting: Sighting;
}

/** One vendor's list of plates, asked for again and again. */
export interface PollFormat {
  readonly make: string;
  /** @returns a place from which a first look tells where the list ends now */
  readonly startAt: (now: Instant) => string;
  /** The question for what comes after a place. */
  readonly ask: (after: string) => SignedRequest;
  /**
   * @returns what the answer holds, in any order; what lies at or before the place asked for may be among it
   * @throws BadPush
   */
  readonly read: (body: Buffer) => readonly ListedSighting[];
}
