import { check } from "@gatehouse/shared/check";
import sharp, { type Sharp } from "sharp";
import type { Box } from "./geometry.ts";
import { readHeader } from "./picture-header.ts";

/** Why a picture was not looked at; each reason is counted by this name. */
export const refusals = [
  /** There is no file. */
  "missing",
  /** The camera does not answer, or not with a picture. */
  "unreachable",
  "not_a_picture",
  "too_large",
  "truncated",
  /** The camera answers and does not let us in. */
  "sign_in_refused",
  /** What the picture itself shows of the camera's health. */
  "frozen",
  "black",
  "covered",
  "out_of_focus",
  "moved",
  /** No picture to calibrate by. */
  "unfit",
] as const;
export type Refusal = (typeof refusals)[number];

export interface RefusedPicture {
  readonly kind: "refused";
  readonly reason: Refusal;
  readonly detail: string;
}

/** A decoded picture: RGB, three bytes a pixel, row by row. */
export interface Pixels {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** 8 megapixels: 4K. A small file can promise far more, and decoding it would take a gigabyte. */
export const mostPixels = 8_000_000;

/** A picture file larger than this is no camera's. */
export const mostBytes = 16 * 1024 * 1024;

/** A JPEG that loads gradually has about ten passes; each further one costs as much as a picture. */
const mostScans = 32;

/** Profiles of colour are one more thing to parse, and no camera's picture is better for one. */
const input = { failOn: "truncated", limitInputPixels: mostPixels, ignoreIcc: true } as const;

/** Only these two decoders may run, whatever a file claims to be; the other loaders are attack surface. */
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer"] });
// One core a picture: the threads above us already use the cores that vision may have.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Opens a JPEG or PNG by its header alone; the pixels are decoded by `decode` or the first view.
 *
 * @returns a refusal, within a millisecond, for anything else and for a picture of more than 8 megapixels
 */
export function openPicture(bytes: Uint8Array): Picture | RefusedPicture {
  if (bytes.length > mostBytes) {
    return refused("too_large", `${bytes.length} bytes; at most ${mostBytes}`);
  }
  const header = readHeader(bytes);
  if (header === undefined) return refused("truncated", "ends before it says its size");
  if (typeof header === "string") return refused("not_a_picture", header);
  const { width, height, scans } = header;
  if (width * height === 0) return refused("truncated", `${width} x ${height} pixels`);
  if (width * height > mostPixels) {
    return refused("too_large", `${width} x ${height} pixels; at most ${mostPixels} in all`);
  }
  if (scans > mostScans) {
    return refused("too_large", `a JPEG of ${scans} passes; at most ${mostScans}`);
  }
  return new Picture(bytes, width, height);
}

export class Picture {
  readonly width: number;
  readonly height: number;
  readonly #bytes: Uint8Array;
  #pixels: Pixels | undefined;

  constructor(bytes: Uint8Array, width: number, height: number) {
    this.#bytes = bytes;
    this.width = width;
    this.height = height;
  }

  /**
   * Decodes once what many views will read.
   *
   * @param shrink how many times smaller; a JPEG that is shrunk is decoded so, at a fraction of the cost
   * @returns the pixels, or a refusal when the data ends early or is damaged
   */
  async decode(shrink: 1 | 2 | 4 | 8 = 1): Promise<Pixels | RefusedPicture> {
    const [width, height] = [Math.ceil(this.width / shrink), Math.ceil(this.height / shrink)];
    try {
      const rgb = await (shrink === 1
        ? this.#source().raw().toBuffer()
        : stretched(this.#source(), width, height));
      if (rgb.length !== 3 * width * height) {
        return refused("truncated", `its header promises ${width} x ${height} pixels`);
      }
      this.#pixels = { rgb, width, height };
      return this.#pixels;
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** The whole picture, stretched to `width` x `height`: RGB, three bytes a pixel, row by row. */
  async whole(width: number, height: number): Promise<Uint8Array | RefusedPicture> {
    const source = this.#pixels === undefined ? this.#source() : rawSource(this.#pixels);
    try {
      return await stretched(source, width, height);
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** A part of a decoded picture, as `whole`; `region` in pixels of the whole picture. */
  part(region: Box, width: number, height: number): Promise<Uint8Array> {
    const pixels = this.#pixels;
    check(pixels !== undefined, "the picture is decoded before its parts are cut");
    const [across, down] = [pixels.width / this.width, pixels.height / this.height];
    const left = Math.floor(region.left * across);
    const top = Math.floor(region.top * down);
    const part = rawSource(pixels).extract({
      left,
      top,
      width: Math.ceil(region.right * across) - left,
      height: Math.ceil(region.bottom * down) - top,
    });
    return stretched(part, width, height);
  }

  /** The picture as a plain JPEG, decoded and encoded anew: whatever else the file held is gone. */
  async plainJpeg(): Promise<Uint8Array | RefusedPicture> {
    try {
      return await this.#source().jpeg({ quality: 90 }).toBuffer();
    } catch (error) {
      return refusalOf(error);
    }
  }

  #source(): Sharp {
    return sharp(this.#bytes, input).removeAlpha().toColourspace("srgb");
  }
}

const rawSource = ({ rgb, width, height }: Pixels): Sharp =>
  sharp(rgb, { raw: { width, height, channels: 3 } });

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
