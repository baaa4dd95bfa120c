import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { EvidencePicture } from "./evidence.ts";

/** A body as it arrived, not looked into yet. */
export interface PushedBody {
  readonly contentType: string;
  readonly bytes: Buffer;
  /** What the camera has put behind its own address here, for example `NotificationInfo/KeepAlive`; often "". */
  readonly path: string;
}

/** What a camera says of one vehicle; where and when it arrived is added by the reader. */
export type Sighting = Omit<
  PlateRead,
  "readerId" | "laneId" | "receivedAt" | "receivedMs" | "pictureIds"
> & { readonly pictures?: readonly EvidencePicture[] };

export type PushContent =
  | { readonly kind: "sightings"; readonly sightings: readonly Sighting[] }
  /** A well-formed push about something else: motion, a heartbeat. `detail`: what it says of the camera's health. */
  | { readonly kind: "other"; readonly event: string; readonly detail?: string };

/** Where a reader stands, as far as its vendor's texts need it. */
export interface ReaderSite {
  /** Part of the ids that are made where the vendor gives none. */
  readonly readerId: string;
  /** An IANA zone: what clocks without an offset show. */
  readonly timezone: string;
}

/** One vendor's way to push, for one camera. */
export interface PushFormat {
  readonly make: string;
  /** @throws BadPush */
  read(body: PushedBody): PushContent;
  /** The body of the answer that this vendor understands; left out: our own. */
  readonly answer?: (outcomes: readonly ReadOutcome[]) => unknown;
  /**
   * The camera pushes what it is not told to have arrived again and again and nothing else: what can never be
   * understood is answered as taken, and counted.
   */
  readonly repeatsForEver?: true;
  /** The answer lets the vehicle in: a question asked again gets the same answer. */
  readonly asks?: true;
}

/** A push that cannot be understood, with what is wrong and where. It never names what it could not read: that may be a plate. */
export class BadPush extends Error {
  override readonly name = "BadPush";
  readonly complaints: readonly { path: string; message: string }[];

  constructor(
    path: string,
    message: string,
    more: readonly { path: string; message: string }[] = [],
  ) {
    super(message);
    this.complaints = [{ path, message }, ...more];
  }
}

/** No plate of the world is longer; a longer text is no plate. */
export const longestPlate = 32;
/** A vendor's own id of a read. */
export const longestReadId = 200;
/** The text of one push, without its pictures. */
export const largestDocument = 256 * 1024;

/** @throws BadPush when the bytes are more than `most` or are not of this encoding */
export function decodeText(
  bytes: Buffer,
  path: string,
  encoding = "utf-8",
  most = largestDocument,
): string {
  if (bytes.length > most) {
    throw new BadPush(path, `holds ${bytes.length} bytes, at most ${most} are read`);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // RangeError: an encoding that nobody knows; TypeError: bytes that are not of it.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new BadPush(path, `is not text in ${encoding.slice(0, 20)}`);
  }
}

/** 0–1, whatever the camera says. */
export const share = (value: number): number => Math.min(1, Math.max(0, value));
