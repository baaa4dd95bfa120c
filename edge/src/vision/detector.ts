import { Tensor } from "onnxruntime-node";
import { decodeDetr, decodeYolov8, decodeYolox, type Placement } from "./decode.ts";
import { type Family, familyOf } from "./family.ts";
import type { Box } from "./geometry.ts";
import { Network, type Outputs } from "./network.ts";
import { scoreFloor } from "./settings.ts";
import { fillTensor, type Fit, fitOf } from "./tensor.ts";
import { type Classes, classesNamed, cocoClasses, type Detection } from "./vehicles.ts";

/** A detector's session with its buffers. It serves one picture at a time. */
export class Detector {
  readonly family: Family;
  /** Of its file. */
  readonly sha256: string;
  readonly #classes: Classes;
  readonly #network: Network;
  readonly #image: Tensor;
  readonly #feeds: Readonly<Record<string, Tensor>>;
  #filled: Fit | undefined;

  private constructor(network: Network, family: Family, classes: Classes) {
    this.#network = network;
    this.sha256 = network.sha256;
    this.family = family;
    this.#classes = classes;
    const { width, height } = family;
    const pixels = new Float32Array(3 * width * height);
    this.#image = new Tensor("float32", pixels, [1, 3, height, width]);
    this.#feeds = { [family.image]: this.#image, ...sizesFor(family) };
  }

  /**
   * Loads a model file, reads its family from its inputs and outputs, and runs it once. The card beside it says
   * what its classes are; without one they are COCO's.
   *
   * @throws Fault `model-unusable` saying what was seen, or that the file is not the one its card was written for
   */
  static async load(file: string): Promise<Detector> {
    const network = await Network.load(file);
    const { card } = network;
    if (card !== undefined && card.kind !== "detector")
      throw network.fault("its card says that it is no detector");
    const classes = card?.classes === undefined ? cocoClasses : classesNamed(card.classes);
    const family = familyOf(network.inputs, network.outputs, {
      classCount: classes.count,
      size: card?.input,
    });
    if (typeof family === "string") throw network.fault(family);
    if (classes.vehicles.length === 0) throw network.fault("none of its classes is a vehicle");
    const detector = new Detector(network, family, classes);
    const fit = fitOf(family, family.width, family.height);
    await detector.detect(new Uint8Array(3 * fit.width * fit.height), fit, noOffset);
    return detector;
  }

  /** How a region of this size is laid into the network's input. */
  fit(width: number, height: number): Fit {
    return fitOf(this.family, width, height);
  }

  /**
   * @param rgb the region's pixels, of the size that `fit` asks for
   * @param region where they come from; its place in the picture
   * @returns vehicles scored 0.05 or more, in pixels of the picture, not yet suppressed
   * @throws Fault `model-unusable` when the network fails
   */
  async detect(rgb: Uint8Array, fit: Fit, region: Pick<Box, "left" | "top">): Promise<Detection[]> {
    const { data } = this.#image;
    fillTensor(data as Float32Array, this.family, rgb, fit, this.#filled);
    this.#filled = fit;
    return this.#decode(await this.infer(), {
      scaleX: fit.scaleX,
      scaleY: fit.scaleY,
      offsetX: region.left - fit.padX * fit.scaleX,
      offsetY: region.top - fit.padY * fit.scaleY,
    });
  }

  /** Runs the network alone, on what its input holds: the floor that a picture's whole way is measured against. */
  infer(): Promise<Outputs> {
    return this.#network.infer(this.#feeds);
  }

  #decode(outputs: Outputs, placement: Placement): Detection[] {
    const { family } = this;
    const classes = this.#classes;
    const floats = (name: string, length?: number): Float32Array =>
      this.#network.floats(outputs, name, length);
    switch (family.kind) {
      case "detr": {
        const labels = outputs[family.labels]?.data;
        const isWhole = labels instanceof BigInt64Array || labels instanceof Int32Array;
        if (!isWhole) throw this.#network.oddOutput(family.labels);
        return decodeDetr(
          labels,
          floats(family.boxes),
          floats(family.scores),
          classes,
          placement,
          scoreFloor,
        );
      }
      case "yolox": {
        const { width, height, candidates } = family;
        const rows = floats(family.output, candidates * (5 + classes.count));
        return decodeYolox(rows, width, height, classes, placement, scoreFloor);
      }
      case "yolov8": {
        const { candidates } = family;
        const columns = floats(family.output, candidates * (4 + classes.count));
        return decodeYolov8(columns, candidates, classes, placement, scoreFloor);
      }
    }
  }
}

const noOffset = { left: 0, top: 0 };

function sizesFor(family: Family): Record<string, Tensor> {
  if (family.kind !== "detr") return {};
  const sizes = BigInt64Array.of(BigInt(family.width), BigInt(family.height));
  return { [family.sizes]: new Tensor("int64", sizes, [1, 2]) };
}
