import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Box } from "../../edge/src/vision/geometry.ts";
import { overlapOf } from "../../edge/src/vision/geometry.ts";
import { openPicture } from "../../edge/src/vision/picture.ts";
import { type FramePlate, platesIn } from "../../edge/src/vision/plate/frame.ts";
import { PlateGrammar } from "../../edge/src/vision/plate/grammar.ts";
import { PlateLocator } from "../../edge/src/vision/plate/locator.ts";
import { readPlateProfiles } from "../../edge/src/vision/plate/profile.ts";
import { PlateReader } from "../../edge/src/vision/plate/reader.ts";
import { CannotEvaluate } from "./cannot-evaluate.ts";

export interface PlatesTask {
  /** Folder with `labels.tsv` and its pictures. */
  readonly set: string;
  /** Model files. */
  readonly detector: string;
  readonly reader: string;
  /** Where the cars come from; empty: nobody says. */
  readonly countries: readonly string[];
}

export interface PlatesScore {
  readonly pictures: number;
  /** Shares of all pictures: the right text, letter for letter; and with O taken for 0 and I for 1. */
  readonly exact: number;
  readonly folded: number;
  /** The right place first, and among all places found: overlap of 0.4 or more. */
  readonly located_first: number;
  readonly located: number;
  /** Texts told, and the share of them that is right (folded). */
  readonly read: number;
  readonly precision: number | null;
  /** The same of those told with a confidence of 0.9 or more. */
  readonly sure: number;
  readonly sure_precision: number | null;
  readonly ms_per_picture: number;
}

/** What was read in one picture; "" where nothing was. */
export interface PlateLine {
  readonly file: string;
  readonly text: string;
  readonly confidence: number;
}

interface Label {
  readonly file: string;
  readonly box: Box;
  readonly text: string;
}

const sureMin = 0.9;
const samePlace = 0.4;

/**
 * Finds and reads the plate of each labelled photograph, as the daemon does with one picture alone, whole pictures
 * in and texts out.
 *
 * @throws CannotEvaluate for a set that is none; Fault `model-unusable`
 */
export async function evaluatePlates(
  task: PlatesTask,
): Promise<{ score: PlatesScore; lines: PlateLine[] }> {
  const labels = labelsOf(await textOf(join(task.set, "labels.tsv")));
  const locator = await PlateLocator.load(task.detector);
  const reader = await PlateReader.load(task.reader);
  const profiles = readPlateProfiles().filter(({ country }) => task.countries.includes(country));
  const grammar = new PlateGrammar(profiles);
  const tried: { label: Label; plates: FramePlate[]; line: PlateLine }[] = [];
  let spentMs = 0;
  for (const label of labels) {
    const picture = openPicture(await bytesOf(join(task.set, label.file)));
    if ("kind" in picture) throw new CannotEvaluate(`${label.file}: ${picture.detail}`);
    const pixels = await picture.decode();
    if ("kind" in pixels) throw new CannotEvaluate(`${label.file}: ${pixels.detail}`);
    const startMs = performance.now();
    const plates = await platesIn(picture, pixels, locator, reader);
    spentMs += performance.now() - startMs;
    const [best] = plates;
    const text = best === undefined ? "" : grammar.meaningOf(best.reading).text;
    const confidence = best?.reading.confidence ?? 0;
    tried.push({ label, plates, line: { file: label.file, text, confidence } });
  }
  const is = (test: (each: (typeof tried)[number]) => boolean) => tried.filter(test).length;
  const all = Math.max(1, tried.length);
  const isRight = ({ label, line }: (typeof tried)[number]) =>
    folded(label.text) === folded(line.text);
  const read = is(({ line }) => line.text !== "");
  const sure = is(({ line }) => line.confidence >= sureMin);
  const score: PlatesScore = {
    pictures: tried.length,
    exact: is(({ label, line }) => label.text === line.text) / all,
    folded: is(isRight) / all,
    located_first: is(({ label, plates }) => isAt(label, plates[0])) / all,
    located: is(({ label, plates }) => plates.some((plate) => isAt(label, plate))) / all,
    read,
    precision: read === 0 ? null : is(isRight) / read,
    sure,
    sure_precision:
      sure === 0 ? null : is((each) => each.line.confidence >= sureMin && isRight(each)) / sure,
    ms_per_picture: Math.round(spentMs / all),
  };
  return { score, lines: tried.map(({ line }) => line) };
}

const isAt = ({ box }: Label, plate: FramePlate | undefined): boolean =>
  plate !== undefined && overlapOf(box, plate.box) >= samePlace;

const folded = (text: string): string => text.replaceAll("O", "0").replaceAll("I", "1");

/** Columns `file x y w h text …`, the box in pixels; the first line names them. */
function labelsOf(content: string): Label[] {
  const [, ...rows] = content.trim().split(/\r?\n/);
  return rows.map((row, index) => {
    const [file = "", x, y, w, h, text = ""] = row.split("\t");
    const [left, top, width, height] = [x, y, w, h].map(Number);
    const isComplete = file !== "" && [left, top, width, height].every(Number.isFinite);
    if (!isComplete) throw new CannotEvaluate(`labels.tsv, line ${index + 2}: file x y w h text`);
    const [l = 0, t = 0, wide = 0, high = 0] = [left, top, width, height];
    const box = { left: l, top: t, right: l + wide, bottom: t + high };
    return { file, box, text: text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "") };
  });
}

const textOf = async (file: string): Promise<string> => (await bytesOf(file)).toString("utf8");

function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new CannotEvaluate(String(error));
  });
}
