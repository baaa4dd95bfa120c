import { Fault } from "@gatehouse/shared/fault";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { type Declared, namesOf } from "./family.ts";
import { readModel, sha256Of } from "./models/card.ts";
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
  readonly #file: string;
  readonly #session: InferenceSession;

  private constructor(file: string, sha256: string, session: InferenceSession) {
    this.#file = file;
    this.sha256 = sha256;
    this.#session = session;
    this.compares = session.inputNames.includes("reference");
  }

  /**
   * @throws Fault `model-unusable` saying what was seen, for a file that takes no patches or is not the one its
   *   card was written for
   */
  static async load(file: string): Promise<Classifier> {
    const { bytes } = readModel(file);
    const session = await orUnusable(file, () =>
      InferenceSession.create(bytes, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 4,
      }),
    );
    const complaint = complaintOf(
      session.inputMetadata.filter((each) => each.isTensor),
      session.outputNames,
    );
    if (complaint !== undefined) throw new Fault("model-unusable", `${file}: ${complaint}`);
    const classifier = new Classifier(file, sha256Of(bytes), session);
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
      const outputs = await orUnusable(this.#file, () =>
        this.#session.run({
          patch: tensorOf(patches, from, to),
          ...(this.compares ? { reference: tensorOf(references, from, to) } : {}),
        }),
      );
      const found = outputs["logit"]?.data;
      if (!(found instanceof Float32Array && found.length === to - from)) {
        throw new Fault("model-unusable", `${this.#file}: output logit is not what it declares`);
      }
      logits.push(...found);
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

function complaintOf(inputs: readonly Declared[], outputs: readonly string[]): string | undefined {
  const isPatch = ({ type, shape: [count, ...rest] }: Declared): boolean =>
    type === "float32" && typeof count !== "number" && rest.join() === `4,${patchPx},${patchPx}`;
  const names = inputs.map(({ name }) => name).toSorted();
  const fits = ["patch", "patch,reference"].includes(names.join()) && inputs.every(isPatch);
  if (fits && outputs.includes("logit")) return undefined;
  return `not patch float32[n,4,64,64] to logit: inputs ${namesOf(inputs)}; outputs ${outputs.join(", ")}`;
}

async function orUnusable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Fault("model-unusable", `${file}: ${detail}`, { cause: error });
  }
}
