import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import type {
  CameraFiles,
  CameraPlace,
  KeptPicture,
  KeptView,
  SentFor,
} from "@gatehouse/shared/ports/camera-files";

/** So many earlier drawings of a camera are kept. */
const keptViews = 20;
/** A drawing of a thousand spaces has about 100 KB; a labelled set some megabytes. */
const mostViewBytes = 16 * 1024 * 1024;

const nothingDrawn: KeptView = { place: "none", tag: "none", text: "" };

interface ReadText {
  /** Changes with every change of the file. */
  readonly state: string;
  readonly text: string;
  readonly tag: string;
}

/** Cameras' own folders on this machine's disk; only the daemon's user may look into them. */
export class DiskCameraFiles implements CameraFiles {
  /** Drawings by path: they are asked for again and again and seldom change. */
  readonly #read = new Map<string, ReadText>();

  readView({ dir, viewFile }: CameraPlace): KeptView {
    const saved = this.#textOf(join(dir, "view.json"));
    if (saved !== undefined) return { place: "saved", ...saved };
    if (viewFile === undefined) return nothingDrawn;
    const configured = this.#textOf(viewFile);
    if (configured === undefined) {
      throw new Fault("bays-unusable", `${viewFile}: there is no such file`);
    }
    return { place: "configured", ...configured };
  }

  saveView({ dir }: CameraPlace, text: string): string {
    return withRoom(() => {
      const file = join(dir, "view.json");
      const earlier = join(dir, "views");
      mkdirSync(earlier, { recursive: true, mode: 0o700 });
      const draft = `${file}.draft`;
      writeDurably(draft, text);
      if (existsSync(file)) keepEarlier(file, earlier);
      renameSync(draft, file);
      syncFolder(dir);
      return tagOf(text);
    });
  }

  async readExamined({ dir }: CameraPlace): Promise<KeptPicture | undefined> {
    try {
      const bytes = await readFile(join(dir, "examined.jpg"));
      return { tag: tagOf(bytes), bytes };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  async keepSent({ dir }: CameraPlace, purpose: SentFor, bytes: Uint8Array): Promise<string> {
    const path = sentPath(dir, purpose);
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      await writeFile(path, bytes, { mode: 0o600 });
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw faultOf(error) ?? error;
    }
  }

  async dropSent({ dir }: CameraPlace, purpose: SentFor): Promise<void> {
    await rm(sentPath(dir, purpose), { force: true });
  }

  isCalibrated({ dir }: CameraPlace): boolean {
    return existsSync(join(dir, "calibration.json"));
  }

  /** @returns undefined when there is no such file */
  #textOf(path: string): { text: string; tag: string } | undefined {
    try {
      const { size, mtimeMs, ino } = statSync(path);
      if (size > mostViewBytes) {
        throw new Fault("bays-unusable", `${path}: ${size} bytes; at most ${mostViewBytes}`);
      }
      const state = `${size} ${mtimeMs} ${ino}`;
      const known = this.#read.get(path);
      if (known?.state === state) return { text: known.text, tag: known.tag };
      const text = readFileSync(path, "utf8");
      const tag = tagOf(text);
      this.#read.set(path, { state, text, tag });
      return { text, tag };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      if (error instanceof Fault) throw error;
      throw new Fault("bays-unusable", `${path}: ${String(error)}`, { cause: error });
    }
  }
}

const sentPath = (dir: string, purpose: SentFor): string => join(dir, `sent-${purpose}.picture`);

/** Earlier drawings are numbered; the highest number is the youngest of them. */
function keepEarlier(file: string, folder: string): void {
  const numbers = readdirSync(folder)
    .flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  const next = (numbers.at(-1) ?? 0) + 1;
  copyFileSync(file, join(folder, `${next}.json`));
  const tooMany = numbers.slice(0, Math.max(0, numbers.length + 1 - keptViews));
  for (const number of tooMany) rmSync(join(folder, `${number}.json`), { force: true });
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, "w", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** A rename survives a power cut only when its folder has been written too. */
function syncFolder(folder: string): void {
  const file = openSync(folder, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function withRoom<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw faultOf(error) ?? error;
  }
}

function faultOf(cause: unknown): Fault | undefined {
  const code = codeOf(cause);
  if (code !== "ENOSPC" && code !== "EDQUOT") return undefined;
  return new Fault("disk-full", "there is no room for a camera's files", { cause });
}

const tagOf = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
