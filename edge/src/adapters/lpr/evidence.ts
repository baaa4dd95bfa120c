/** One picture that came with a read. */
export interface EvidencePicture {
  readonly kind: "plate" | "vehicle" | "overview";
  readonly jpeg: Buffer;
}

/** A push brings a few; more are no evidence. */
export const picturesMax = 4;
const pictureBytes = 3 * 1024 * 1024;
/** No JPEG is smaller than its own headers. */
const smallestJpeg = 100;

/**
 * @returns the picture when the bytes begin and end as a JPEG does and are not too many; what is none is left out, as
 *   the read counts without it
 */
export function jpegIn(bytes: Buffer): Buffer | undefined {
  if (bytes.length < smallestJpeg || bytes.length > pictureBytes) return undefined;
  const isBegun = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  // Some cameras fill up to a round size behind the end.
  return isBegun && bytes.includes(endOfImage, Math.max(0, bytes.length - tail))
    ? bytes
    : undefined;
}

/** As `jpegIn`, of Base64 with or without the head of a data URL. */
export function jpegInBase64(text: string | null | undefined): Buffer | undefined {
  if (typeof text !== "string" || text.length > pictureBytes * 1.4) return undefined;
  return jpegIn(
    Buffer.from(text.slice(text.startsWith("data:") ? text.indexOf(",") + 1 : 0), "base64"),
  );
}

/** The pictures of those named that are pictures. */
export const evidenceOf = (
  named: readonly (readonly [EvidencePicture["kind"], Buffer | undefined])[],
): EvidencePicture[] =>
  named
    .flatMap(([kind, jpeg]) => (jpeg === undefined ? [] : [{ kind, jpeg }]))
    .slice(0, picturesMax);

const endOfImage = Buffer.from([0xff, 0xd9]);
const tail = 4096;
