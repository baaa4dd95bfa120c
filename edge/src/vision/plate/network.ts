import { Fault } from "@gatehouse/shared/fault";
import { InferenceSession, type Tensor } from "onnxruntime-node";
import type { Declared } from "../family.ts";
import { readModel } from "../models/card.ts";

/** A model file's session on one thread; what goes wrong with it is a Fault that names the file. */
export class Network {
  readonly file: string;
  readonly inputs: readonly Declared[];
  readonly outputs: readonly Declared[];
  readonly #session: InferenceSession;

  private constructor(file: string, session: InferenceSession) {
    this.file = file;
    this.#session = session;
    this.inputs = session.inputMetadata.filter((value) => value.isTensor);
    this.outputs = session.outputMetadata.filter((value) => value.isTensor);
  }

  /** @throws Fault `model-unusable` for a file that does not load, or is not the one its card was written for */
  static async load(file: string): Promise<Network> {
    const { bytes } = readModel(file);
    const session = await orUnusable(file, () =>
      InferenceSession.create(bytes, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: "sequential",
        logSeverityLevel: 4,
      }),
    );
    return new Network(file, session);
  }

  /**
   * @returns the floats of one output, of any length
   * @throws Fault `model-unusable` when the network fails, or gives something else
   */
  async run(input: string, tensor: Tensor, output: string): Promise<Float32Array> {
    const outputs = await orUnusable(this.file, () => this.#session.run({ [input]: tensor }));
    const data = outputs[output]?.data;
    if (data instanceof Float32Array) return data;
    throw this.fault(`output ${output} is not what the file declares`);
  }

  fault(detail: string): Fault {
    return new Fault("model-unusable", `${this.file}: ${detail}`);
  }
}

async function orUnusable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Fault("model-unusable", `${file}: ${detail}`, { cause: error });
  }
}
