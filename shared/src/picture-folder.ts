import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Duration, hours, type Instant } from "./time.ts";

/** No folder holds more, however many vehicles come. */
const mostPictures = 5000;
const mostBytes = 256 * 1024 * 1024;
const tidyEvery = hours(1);

/** `1790000000000-3.jpg`: when it was taken, and which of that moment. */
const pictureName = /^(\d{1,15})-[a-z0-9-]{1,64}\.jpg$/;

/** The pictures that a camera keeps as evidence, each under its own id, for so many days. What else lies there stays. */
export class PictureFolder {
  readonly #dir: string;
  readonly #keepFor: Duration;
  #tidiedAt: Instant | undefined;

  /** @param dir a folder of its own; made when the first picture comes */
  constructor(dir: string, keepForDays: number) {
    this.#dir = dir;
    this.#keepFor = hours(24 * keepForDays);
  }

  /**
   * @param id the moment in milliseconds, a dash, and what is unique in it, of `a-z`, `0-9` and dashes
   * @returns the file's name in the folder
   */
  async keep(id: string, jpeg: Uint8Array): Promise<string> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const name = `${id}.jpg`;
    const unfinished = join(this.#dir, `${id}.part`);
    await writeFile(unfinished, jpeg, { mode: 0o600 });
    await rename(unfinished, join(this.#dir, name));
    return name;
  }

  /** The newest picture whose id ends so; undefined when there is none, or none any more. */
  async find(idEnd: string): Promise<Uint8Array | undefined> {
    const [found] = (await this.#newestFirst()).filter(({ name }) => name.endsWith(`${idEnd}.jpg`));
    if (found === undefined) return undefined;
    return readFile(join(this.#dir, found.name)).catch(ifThere);
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
      const isTooMuch = count > mostPictures || bytes > mostBytes;
      if (isTooMuch || now - at > this.#keepFor) await rm(join(this.#dir, name), { force: true });
    }
  }

  async #newestFirst(): Promise<{ name: string; at: number }[]> {
    const names = (await readdir(this.#dir).catch(ifThere)) ?? [];
    return names
      .flatMap((name) => {
        const at = pictureName.exec(name)?.[1];
        return at === undefined ? [] : [{ name, at: Number(at) }];
      })
      .toSorted((a, b) => b.at - a.at);
  }
}

function ifThere(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
