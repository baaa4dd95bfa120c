import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import {
  type LabelledPicture,
  LotExporter,
  PhotoExporter,
  type SceneExporter,
} from "./scene/export-scenes.ts";
import { photoLot } from "./scene/photo-lot.ts";
import { readPhotos } from "./main-scenes/photos.ts";
import { LaneExporter } from "./scene/lane-exporter.ts";
import type { Subject } from "./scene/lot-setting.ts";
import { SeededRandom } from "./seeded-random.ts";

const usage = `usage: render-scenes --out DIR --count N --seed S [--from K] [--kind lot|street|patch|lane]
  [--background DIR] [--width W] [--height H] [--detail D] [--per-view P]
  --count     pictures; each view brings one more, without vehicles
  --from      number of the first picture, to go on with an earlier run (default 0)
  --background  photographs of an empty lot and their labels.json ({frames: [{file, width, height,
              spaces: [{id, polygon}]}]}): vehicles are drawn into its spaces; --height follows the photographs
  --detail    samples to a pixel each way (default 1.25)
  --per-view  pictures of one view under different lights (default 4)`;

/**
 * Draws labelled training pictures into a folder: `NNNNNN.jpg`, `empty-NNNNNN.jpg` for each view, and one line of
 * JSON a picture in `scenes.jsonl`.
 *
 * @returns the exit code: 0 done, 64 usage
 */
export async function renderScenes(args: readonly string[]): Promise<number> {
  const wish = readWish(args);
  if (typeof wish === "string") {
    console.error(`${wish}\n${usage}`);
    return 64;
  }
  const { out, count, seed, from, perView } = wish;
  mkdirSync(out, { recursive: true });
  const exporter = await exporterFor(wish);
  const end = from + count;
  for (let first = from - (from % perView); first < end; first += perView) {
    const number = first / perView;
    const view = exporter.view(new SeededRandom(seed).fork(`view ${number}`));
    const emptyFile = `empty-${named(number)}`;
    await save(out, emptyFile, view.empty);
    for (let i = Math.max(first, from); i < Math.min(first + perView, end); i++)
      await save(out, named(i), view.pictures(i - first), emptyFile);
  }
  return 0;
}

async function exporterFor({ background, size, detail, kind }: Wish): Promise<SceneExporter> {
  if (kind === "lane") return new LaneExporter(size, detail);
  if (background === undefined) return new LotExporter(size, detail, kind);
  const { photos, spaces } = await readPhotos(background, size.width);
  const [first] = photos;
  if (first === undefined) throw new Error(`${background} holds no photographs`);
  return new PhotoExporter(photoLot(spaces, first.width, first.height), photos, detail);
}

const named = (number: number): string => `${String(number).padStart(6, "0")}.jpg`;

async function save(
  out: string,
  file: string,
  { rgb, width, height, quality, ...labels }: LabelledPicture,
  empty?: string,
): Promise<void> {
  const jpeg = sharp(rgb, { raw: { width, height, channels: 3 } }).jpeg({ quality });
  writeFileSync(join(out, file), await jpeg.toBuffer());
  const line = { file, width, height, ...labels, ...(empty === undefined ? {} : { empty }) };
  appendFileSync(join(out, "scenes.jsonl"), `${JSON.stringify(line)}\n`);
}

interface Wish {
  readonly out: string;
  readonly count: number;
  readonly seed: number;
  readonly from: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly detail: number;
  readonly perView: number;
  readonly kind: Subject | "lane";
  readonly background?: string;
}

const subjects: readonly Wish["kind"][] = ["lot", "street", "patch", "lane"];

/** @returns the wish, or what is wrong with it */
function readWish(args: readonly string[]): Wish | string {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: text,
      count: text,
      seed: text,
      from: text,
      kind: text,
      background: text,
      width: text,
      height: text,
      detail: text,
      "per-view": text,
    },
  });
  const { out, kind = "lot" } = values;
  if (out === undefined) return "--out is missing";
  const subject = subjects.find((each) => each === kind);
  if (subject === undefined) return `--kind is one of ${subjects.join(", ")}`;
  const [width, height] = kind === "patch" ? [160, 160] : [640, 400];
  const whole = (name: keyof typeof values, otherwise: number): number =>
    Math.max(0, Math.round(Number(values[name] ?? otherwise)));
  const wish = {
    out,
    count: whole("count", 100),
    seed: whole("seed", 1),
    from: whole("from", 0),
    size: { width: whole("width", width), height: whole("height", height) },
    detail: Number(values.detail ?? 1.25),
    perView: Math.max(1, whole("per-view", 4)),
    kind: subject,
    ...(values.background === undefined ? {} : { background: values.background }),
  };
  const numbers = [
    wish.count,
    wish.seed,
    wish.from,
    wish.size.width,
    wish.size.height,
    wish.detail,
  ];
  return numbers.every(Number.isFinite) ? wish : "a number is not one";
}
