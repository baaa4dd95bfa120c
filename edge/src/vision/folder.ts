import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { mostBytes, type RefusedPicture } from "./picture.ts";
import type { NamedPicture, PictureSource } from "./source/source.ts";

/** A camera that is a folder of JPEG and PNG files: they are shown in the order of their names, again and again. */
export class PictureFolder implements PictureSource {
  readonly isLive = false;
  readonly #path: string;
  #last = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** The next picture. New files join the round where their name belongs. */
  async next(): Promise<NamedPicture | RefusedPicture> {
    try {
      const names = (await readdir(this.#path)).filter(isPictureName).toSorted();
      const name = names.find((each) => each > this.#last) ?? names[0];
      if (name === undefined) return missing(`no JPEG or PNG file in ${this.#path}`);
      this.#last = name;
      return await readPictureFile(join(this.#path, name), name);
    } catch (error) {
      return missing(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    this.#last = "";
  }
}

/**
 * @returns a refusal for what is no plain file or too large to be a picture
 * @throws Error of the file system
 */
export async function readPictureFile(
  path: string,
  name: string,
): Promise<NamedPicture | RefusedPicture> {
  const file = await stat(path);
  if (!file.isFile()) return missing(`${path} is not a file`);
  if (file.size > mostBytes) {
    const detail = `${name}: ${file.size} bytes; at most ${mostBytes}`;
    return { kind: "refused", reason: "too_large", detail };
  }
  return { kind: "picture", name, bytes: await readFile(path) };
}

const isPictureName = (name: string): boolean => /\.(jpe?g|png)$/i.test(name);

const missing = (detail: string): RefusedPicture => ({
  kind: "refused",
  reason: "missing",
  detail,
});
