import { readFile, stat } from "node:fs/promises";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { Fault } from "@gatehouse/shared/fault";
import { z } from "zod";
import type { Polygon } from "./geometry.ts";

/** Where one space is in one picture, in pixels of that picture. */
export interface Bay {
  readonly id: string;
  readonly polygon: Polygon;
}

const mostBytes = 16 * 1024 * 1024;

/** A camera's bays in pixels of whatever picture comes, whatever size it has. */
export class BayMap {
  readonly #file: CameraView;
  readonly #scaled = new Map<string, readonly Bay[]>();

  constructor(file: CameraView) {
    this.#file = file;
  }

  /**
   * The bays of a frame that the file names, else those of its first frame.
   *
   * @returns the same array for the same frame and size, so callers may compare by identity
   */
  of(frameName: string, width: number, height: number): readonly Bay[] {
    const { frames } = this.#file;
    const index = Math.max(
      0,
      frames.findIndex(({ file }) => file === frameName),
    );
    const key = `${index} ${width} ${height}`;
    const known = this.#scaled.get(key);
    if (known !== undefined) return known;
    const bays = scale(frames[index], width, height);
    this.#scaled.set(key, bays);
    return bays;
  }
}

function scale(
  frame: CameraView["frames"][number] | undefined,
  width: number,
  height: number,
): readonly Bay[] {
  if (frame === undefined) return [];
  const [across, down] = [width / frame.width, height / frame.height];
  return frame.spaces.map(({ id, polygon }) => ({
    id,
    polygon: polygon.map(([x, y]) => [x * across, y * down] as const),
  }));
}

/** @throws Fault `bays-unusable` naming the file and the first thing that is wrong with it */
export async function readBaysFile(path: string): Promise<CameraView> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new RangeError(`${size} bytes; at most ${mostBytes}`);
    return CameraView.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const detail = error instanceof z.ZodError ? inWords(error) : String(error);
    throw new Fault("bays-unusable", `${path}: ${detail}`, { cause: error });
  }
}

function inWords({ issues }: z.ZodError): string {
  const [first] = issues;
  return first === undefined ? "not as expected" : `${first.path.join(".")}: ${first.message}`;
}
