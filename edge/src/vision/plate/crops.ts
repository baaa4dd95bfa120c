import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Duration, hours, type Instant } from "@gatehouse/shared/time";
import sharp from "sharp";
import type { Box } from "../geometry.ts";
import type { Pixels } from "../picture.ts";

/** No folder holds more, however many vehicles come. */
const mostCrops = 5000;
const mostBytes = 256 * 1024 * 1024;
const tidyEvery = hours(1);

/** How much around a plate is kept, in shares of its width and height. */
const around = 0.25;
/** A crop is made no wider. */
const mostWidth = 480;

/** `1790000000000-3.jpg`: when it was taken, and which of that moment. */
const cropName = /^(\d{1,15})-\d+\.jpg$/;

/**
 * The pictures of plates that a camera keeps as evidence, each under the name of its read, for so many days. What
 * is no crop in the folder is left alone.
 */
export class PlateCrops {
  readonly #dir: string;
  readonly #keepFor: Duration;
  #tidiedAt: Instant | undefined;

  /** @param dir a folder of its own; made when the first crop comes */
  constructor(dir: string, keepForDays: number) {
    this.#dir = dir;
    this.#keepFor = hours(24 * keepForDays);
  }

  /** @returns the file's name in the folder */
  async keep(readId: string, jpeg: Uint8Array): Promise<string> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const name = `${readId}.jpg`;
    const unfinished = join(this.#dir, `${readId}.part`);
    await writeFile(unfinished, jpeg, { mode: 0o600 });
    await rename(unfinished, join(this.#dir, name));
    return name;
  }

  /** Drops what is too old or too much; at most once an hour does anything. */
  async tidy(now: Instant): Promise<void> {
    if (this.#tidiedAt !== undefined && Math.abs(now - this.#tidiedAt) < tidyEvery) return;
    this.#tidiedAt = now;
    let [count, bytes] = [0, 0];
    for (const { name, at } of await this.#newestFirst()) {
      const { size } = await stat(join(this.#dir, name));
      count += 1;
      bytes += size;
      const isTooMuch = count > mostCrops || bytes > mostBytes;
      if (isTooMuch || now - at > this.#keepFor) await rm(join(this.#dir, name), { force: true });
    }
  }

  async #newestFirst(): Promise<{ name: string; at: number }[]> {
    const names = await readdir(this.#dir).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    });
    return names
      .flatMap((name) => {
        const at = cropName.exec(name)?.[1];
        return at === undefined ? [] : [{ name, at: Number(at) }];
      })
      .toSorted((a, b) => b.at - a.at);
  }
}

/** A part of the picture with a little around it, as a JPEG of at most 480 pixels' width. */
export function cropJpeg({ rgb, width, height }: Pixels, box: Box): Promise<Uint8Array> {
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const left = Math.max(0, Math.floor(box.left - around * wide));
  const top = Math.max(0, Math.floor(box.top - around * high));
  const right = Math.min(width, Math.ceil(box.right + around * wide));
  const bottom = Math.min(height, Math.ceil(box.bottom + around * high));
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .extract({ left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) })
    .resize({ width: mostWidth, withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer();
}
