import sharp, { type Sharp } from "sharp";
import type { Box } from "./geometry.ts";

/** Why a picture was not looked at; each reason is counted by this name. */
export type Refusal = "missing" | "not_a_picture" | "too_large" | "truncated" | "blind";

export interface RefusedPicture {
  readonly kind: "refused";
  readonly reason: Refusal;
  readonly detail: string;
}

/** 8 megapixels: 4K. A small file can promise far more, and decoding it would take a gigabyte. */
export const mostPixels = 8_000_000;

/** A picture file larger than this is no camera's. */
export const mostBytes = 16 * 1024 * 1024;

const input = { failOn: "truncated", limitInputPixels: mostPixels } as const;

/** Only these two decoders may run, whatever a file claims to be; the other loaders are attack surface. */
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer"] });
// One core a picture: the threads above us already use the cores that vision may have.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Opens a JPEG or PNG by its header alone; the pixels are decoded by the first view.
 *
 * @returns a refusal, within milliseconds, for anything else and for a picture of more than 8 megapixels
 */
export async function openPicture(bytes: Uint8Array): Promise<Picture | RefusedPicture> {
  if (bytes.length > mostBytes) {
    return refused("too_large", `${bytes.length} bytes; at most ${mostBytes}`);
  }
  if (!isJpeg(bytes) && !isPng(bytes)) {
    return refused("not_a_picture", `neither JPEG nor PNG: begins with ${beginning(bytes)}`);
  }
  try {
    const { width, height } = await sharp(bytes, { ...input, limitInputPixels: false }).metadata();
    if (width * height > mostPixels) {
      return refused("too_large", `${width} x ${height} pixels; at most ${mostPixels} in all`);
    }
    return new Picture(bytes, width, height);
  } catch (error) {
    return refusalOf(error);
  }
}

export class Picture {
  readonly width: number;
  readonly height: number;
  readonly #bytes: Uint8Array;
  #pixels: Buffer | undefined;

  constructor(bytes: Uint8Array, width: number, height: number) {
    this.#bytes = bytes;
    this.width = width;
    this.height = height;
  }

  /** Decodes once what many views will read. @returns a refusal when the data ends early or is damaged */
  async decode(): Promise<RefusedPicture | undefined> {
    try {
      this.#pixels = await this.#source().raw().toBuffer();
      return undefined;
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** The whole picture, stretched to `width` x `height`: RGB, three bytes a pixel, row by row. */
  async whole(width: number, height: number): Promise<Uint8Array | RefusedPicture> {
    try {
      return await stretched(
        this.#pixels === undefined ? this.#source() : this.#raw(),
        width,
        height,
      );
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** A part of a decoded picture, as `whole`; `region` in whole pixels. */
  part({ left, top, right, bottom }: Box, width: number, height: number): Promise<Uint8Array> {
    const part = this.#raw().extract({ left, top, width: right - left, height: bottom - top });
    return stretched(part, width, height);
  }

  #source(): Sharp {
    return sharp(this.#bytes, input).removeAlpha().toColourspace("srgb");
  }

  #raw(): Sharp {
    const { width, height } = this;
    return sharp(this.#pixels, { raw: { width, height, channels: 3 } });
  }
}

const stretched = (source: Sharp, width: number, height: number): Promise<Uint8Array> =>
  source.resize(width, height, { fit: "fill", kernel: "linear" }).raw().toBuffer();

/** libvips tells what is wrong only in words. */
function refusalOf(error: unknown): RefusedPicture {
  const detail = error instanceof Error ? error.message : String(error);
  return refused(/pixel limit/i.test(detail) ? "too_large" : "truncated", detail);
}

const refused = (reason: Refusal, detail: string): RefusedPicture => ({
  kind: "refused",
  reason,
  detail,
});

const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const isPng = (bytes: Uint8Array): boolean =>
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, index) => bytes[index] === byte);

const beginning = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 8)).toString("hex") || "nothing";
