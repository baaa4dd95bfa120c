import { join } from "node:path";
import { Tensor } from "onnxruntime-node";
import { modelPlaces } from "../models/registry.ts";
import type { Pixels } from "../picture.ts";
import { Network } from "../network.ts";
import { partOf, projectionOf, type Quad } from "./quad.ts";
import { rectify } from "./rectify.ts";

/** What our own localiser finds is placed exactly by this one, which comes with the program. */
export const shippedFit = join(modelPlaces(".").shipped, "plate-fit.onnx");

/** As the network was trained (`scripts/train/plates_fit_net.py`). */
const crop = { width: 128, height: 64, aroundX: 0.35, aroundY: 0.6 };
/** Four corners, and whether there is a plate at all. */
const fitColumns = 9;

/** Where exactly a plate lies that was found roughly. */
export interface FittedPlate {
  /** In pixels of the picture. */
  readonly corners: Quad;
  /** How surely there is a plate, 0–1. */
  readonly score: number;
}

/** Lays a quadrilateral exactly on a plate that was found roughly. It serves one plate at a time. */
export class PlateFit {
  readonly #network: Network;
  readonly #input: string;
  readonly #output: string;

  private constructor(network: Network, input: string, output: string) {
    this.#network = network;
    this.#input = input;
    this.#output = output;
  }

  /** @throws Fault `model-unusable` saying what was seen, for a file that is no such network */
  static async load(file: string): Promise<PlateFit> {
    const network = await Network.load(file);
    const [input] = network.inputs;
    const [output] = network.outputs;
    const isOurs =
      input?.shape[2] === crop.height &&
      input.shape[3] === crop.width &&
      output?.shape[1] === fitColumns;
    if (!isOurs) {
      throw network.fault(`not [n,1,${crop.height},${crop.width}] to [n,${fitColumns}]`);
    }
    const fit = new PlateFit(network, input.name, output.name);
    await fit.#infer(new Float32Array(crop.width * crop.height));
    return fit;
  }

  /**
   * @param rough off by less than a third of the plate's width and half of its height
   * @throws Fault `model-unusable` when the network fails
   */
  async fit(pixels: Pixels, rough: Quad): Promise<FittedPlate> {
    const { aroundX, aroundY } = crop;
    const wider = { left: -aroundX, top: -aroundY, right: 1 + aroundX, bottom: 1 + aroundY };
    const seen = partOf(rough, wider);
    const found = await this.#infer(greyOf(rectify(pixels, seen, crop.width, crop.height)));
    const at = projectionOf(seen);
    const corner = (index: number) => at(found[2 * index] ?? 0, found[2 * index + 1] ?? 0);
    return { corners: [corner(0), corner(1), corner(2), corner(3)], score: found[8] ?? 0 };
  }

  #infer(grey: Float32Array): Promise<Float32Array> {
    const tensor = new Tensor("float32", grey, [1, 1, crop.height, crop.width]);
    return this.#network.run(this.#input, tensor, this.#output);
  }
}

/** Luma (ITU-R BT.601), 0–1. */
function greyOf(rgb: Uint8Array): Float32Array {
  const grey = new Float32Array(rgb.length / 3);
  for (let pixel = 0, from = 0; pixel < grey.length; pixel += 1, from += 3) {
    grey[pixel] =
      (0.299 * (rgb[from] ?? 0) + 0.587 * (rgb[from + 1] ?? 0) + 0.114 * (rgb[from + 2] ?? 0)) /
      255;
  }
  return grey;
}
