import { createHash } from "node:crypto";
import { join } from "node:path";
import { PictureFolder } from "@gatehouse/shared/picture-folder";
import type { Log } from "@gatehouse/shared/ports/log";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import type { Instant } from "@gatehouse/shared/time";
import type { EvidencePicture } from "./evidence.ts";

export interface DiskReadPicturesOptions {
  readonly dataDir: string;
  /** Those whose pictures come with their pushes. */
  readonly readerIds: readonly string[];
  /** Cameras of ours that read a lane's plates: they keep their own crops. */
  readonly cameraIds: readonly string[];
  readonly keepForDays: number;
  readonly log: Log;
}

/** The pictures of one read, not written yet. */
export interface PreparedPictures {
  readonly ids: readonly string[];
  readonly write: () => void;
}

/** So many pictures wait to be written; what comes more is lost, and the read counts without it. */
const waitingMax = 32;
/** Ids that a camera of ours gives its reads. */
const ownId = /^\d{1,15}-\d{1,9}$/;

/**
 * The pictures of reads, below `readers/<id>/crops` and `cameras/<id>/crops` of the data folder. Writing never holds
 * up a gate: it happens afterwards, and a picture that cannot be written is only counted.
 */
export class DiskReadPictures implements ReadPictures {
  readonly #log: Log;
  readonly #folders: ReadonlyMap<string, PictureFolder>;
  readonly #cameras: ReadonlySet<string>;
  readonly #waiting = new Set<Promise<void>>();
  #lost = 0;

  constructor({ dataDir, readerIds, cameraIds, keepForDays, log }: DiskReadPicturesOptions) {
    const folder = (kind: string, id: string) =>
      [id, new PictureFolder(join(dataDir, kind, id, "crops"), keepForDays)] as const;
    this.#log = log;
    this.#cameras = new Set(cameraIds);
    this.#folders = new Map([
      ...readerIds.map((id) => folder("readers", id)),
      ...cameraIds.map((id) => folder("cameras", id)),
    ]);
  }

  /** Pictures that came and could not be kept. */
  get lost(): number {
    return this.#lost;
  }

  /**
   * Names the pictures of a read that has just come; `write` then keeps them.
   *
   * @param now when it came: what a camera's clock says could keep a picture for ever
   */
  prepare(
    readerId: string,
    readId: string,
    now: Instant,
    pictures: readonly EvidencePicture[],
  ): PreparedPictures {
    const folder = this.#folders.get(readerId);
    if (folder === undefined) return { ids: [], write: () => undefined };
    const named = pictures.map(
      ({ kind, jpeg }) => [`${now}-${endOf(readId, kind)}`, jpeg] as const,
    );
    return {
      ids: named.map(([id]) => id),
      write: () => {
        for (const [id, jpeg] of named) this.#begin(folder, id, jpeg, now);
      },
    };
  }

  /** Resolves when everything that was to be kept lies there or is lost. */
  async settled(): Promise<void> {
    await Promise.all(this.#waiting);
  }

  async find(
    readerId: string,
    readId: string,
    kind?: EvidencePicture["kind"],
  ): Promise<Uint8Array | undefined> {
    const folder = this.#folders.get(readerId);
    if (folder === undefined) return undefined;
    if (this.#cameras.has(readerId)) {
      const isPlate = kind === undefined || kind === "plate";
      return isPlate && ownId.test(readId) ? folder.find(readId) : undefined;
    }
    for (const each of kind === undefined ? (["plate", "vehicle", "overview"] as const) : [kind]) {
      const found = await folder.find(endOf(readId, each));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #begin(folder: PictureFolder, id: string, jpeg: Buffer, now: Instant): void {
    if (this.#waiting.size >= waitingMax) {
      this.#lost += 1;
      return;
    }
    const written: Promise<void> = this.#write(folder, id, jpeg, now).finally(() =>
      this.#waiting.delete(written),
    );
    this.#waiting.add(written);
  }

  async #write(folder: PictureFolder, id: string, jpeg: Buffer, now: Instant): Promise<void> {
    try {
      await folder.keep(id, jpeg);
      await folder.tidy(now);
    } catch (error) {
      this.#lost += 1;
      this.#log.warn("read-picture-lost", { error: String(error) });
    }
  }
}

/** A vendor's id may be anything; a file's name may not. */
const endOf = (readId: string, kind: EvidencePicture["kind"]): string =>
  `${createHash("sha256").update(readId).digest("hex").slice(0, 24)}-${kind}`;
