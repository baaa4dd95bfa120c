import { Tensor } from "onnxruntime-node";
import { type Declared, namesOf } from "./family.ts";
import { Network } from "./network.ts";
import { patchLength, patchPx } from "./patch.ts";

/** So many patches at once: more would only need more memory. */
const mostAtOnce = 64;

/**
 * The classifier that looks at each space alone: patches in, one number each out, above 0 where it takes the
 * space for occupied. It serves one picture at a time.
 */
export class Classifier {
  /** Of its file. */
  readonly sha256: string;
  /** Whether it sees the empty space beside the present one. */
  readonly compares: boolean;
  readonly #network: Network;

  private constructor(network: Network) {
    this.#network = network;
    this.sha256 = network.sha256;
    this.compares = network.inputs.some(({ name }) => name === "reference");
  }

  /**
   * @throws Fault `model-unusable` saying what was seen, for a file that takes no patches or is not the one its
   *   card was written for
   */
  static async load(file: string): Promise<Classifier> {
    const network = await Network.load(file);
    const complaint = complaintOf(network.inputs, network.outputs);
    if (complaint !== undefined) throw network.fault(complaint);
    const classifier = new Classifier(network);
    const blank = new Float32Array(patchLength);
    await classifier.judge(blank, blank);
    return classifier;
  }

  /**
   * @param patches one after the other, `patchLength` floats each
   * @param references the same spaces when they were empty, all zeros where that is not known; heard by a
   *   network that compares
   * @returns one logit a patch: the natural logarithm of the odds that the space is occupied
   * @throws Fault `model-unusable` when the network fails
   */
  async judge(patches: Float32Array, references: Float32Array): Promise<number[]> {
    const logits: number[] = [];
    const count = patches.length / patchLength;
    for (let from = 0; from < count; from += mostAtOnce) {
      const to = Math.min(count, from + mostAtOnce);
      const outputs = await this.#network.infer({
        patch: tensorOf(patches, from, to),
        ...(this.compares ? { reference: tensorOf(references, from, to) } : {}),
      });
      logits.push(...this.#network.floats(outputs, "logit", to - from));
    }
    return logits;
  }
}

const tensorOf = (patches: Float32Array, from: number, to: number): Tensor =>
  new Tensor("float32", patches.subarray(from * patchLength, to * patchLength), [
    to - from,
    4,
    patchPx,
    patchPx,
  ]);

function complaintOf(
  inputs: readonly Declared[],
  outputs: readonly Declared[],
): string | undefined {
  const isPatch = ({ type, shape: [count, ...rest] }: Declared): boolean =>
    type === "float32" && typeof count !== "number" && rest.join() === `4,${patchPx},${patchPx}`;
  const names = inputs.map(({ name }) => name).toSorted();
  const fits = ["patch", "patch,reference"].includes(names.join()) && inputs.every(isPatch);
  if (fits && outputs.some(({ name }) => name === "logit")) return undefined;
  return `not patch float32[n,4,64,64] to logit: inputs ${namesOf(inputs)}; outputs ${namesOf(outputs)}`;
}
