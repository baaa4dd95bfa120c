import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";

/** A body as it arrived, not looked into yet. */
export interface PushedBody {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** What a camera says of one vehicle; where and when it arrived is added by the reader. */
export type Sighting = Omit<PlateRead, "readerId" | "laneId" | "receivedAt" | "receivedMs">;

export type PushContent =
  | { readonly kind: "sightings"; readonly sightings: readonly Sighting[] }
  /** A well-formed push about something else: motion, a heartbeat. */
  | { readonly kind: "other"; readonly event: string };

/** One vendor's way to push. */
export interface PushFormat {
  readonly make: string;
  /**
   * @param readerId part of the ids that are made where the vendor gives none
   * @throws BadPush
   */
  read(body: PushedBody, readerId: string): PushContent;
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

/** @throws BadPush when the bytes are too many or are not of this encoding */
export function decodeText(bytes: Buffer, path: string, encoding = "utf-8"): string {
  if (bytes.length > largestDocument) {
    throw new BadPush(path, `holds ${bytes.length} bytes, at most ${largestDocument} are read`);
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
