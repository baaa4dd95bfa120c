/** What a picture file says of itself before a single pixel is decoded. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
  /** Passes over the whole picture; 1 unless the JPEG loads gradually. */
  readonly scans: number;
}

/**
 * Reads the header of a JPEG or PNG in microseconds, so that no decoder has to begin with what only promises to
 * be a picture.
 *
 * @returns a sentence for what is no JPEG and no PNG, or `undefined` for one that ends before it says its size
 */
export function readHeader(bytes: Uint8Array): PictureHeader | string | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.subarray(0, 3).equals(jpegStart)) return jpegHeader(data);
  if (data.subarray(0, 8).equals(pngStart)) return pngHeader(data);
  return `neither JPEG nor PNG: begins with ${data.toString("hex", 0, 8) || "nothing"}`;
}

const jpegStart = Buffer.from([0xff, 0xd8, 0xff]);
const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The first chunk of a PNG is its header (PNG specification, 5.6): length, "IHDR", width, height. */
function pngHeader(data: Buffer): PictureHeader | undefined {
  if (data.length < 24 || data.toString("latin1", 12, 16) !== "IHDR") return undefined;
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20), scans: 1 };
}

const startOfScan = 0xda;
const endOfImage = 0xd9;
const restarts = [0xd0, 0xd7] as const;

/** Frame headers (ITU-T T.81, table B.1): 0xc0–0xcf without the tables among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Those whose pixels come in several passes. */
const isGradual = (marker: number): boolean => [0xc2, 0xc6, 0xca, 0xce].includes(marker);

function jpegHeader(data: Buffer): PictureHeader | undefined {
  let at = 2;
  while (at + 9 <= data.length) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1] ?? 0;
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) {
      const [height, width] = [data.readUInt16BE(at + 5), data.readUInt16BE(at + 7)];
      return { width, height, scans: isGradual(marker) ? scansFrom(data, at) : 1 };
    }
    if (marker === startOfScan || marker === endOfImage) return undefined;
    at = segmentEnd(data, at);
  }
  return undefined;
}

/** Counts the passes: each costs the decoder as much as a picture, and nothing but taste bounds them. */
function scansFrom(data: Buffer, frameAt: number): number {
  let scans = 0;
  for (let at = frameAt; at !== -1 && at + 4 <= data.length; at = data.indexOf(0xff, at)) {
    const marker = data[at + 1] ?? 0;
    if (marker === endOfImage) break;
    if (marker === startOfScan) scans += 1;
    const isData = marker === 0 || (marker >= restarts[0] && marker <= restarts[1]);
    if (marker === 0xff) at += 1;
    else at = isData ? at + 2 : segmentEnd(data, at);
  }
  return scans;
}

/** A segment's length counts its own two bytes; a shorter one would never let us get ahead. */
const segmentEnd = (data: Buffer, at: number): number =>
  at + 2 + Math.max(2, data.readUInt16BE(at + 2));
