import { Fault } from "@gatehouse/shared/fault";
import { InferenceSession, type Tensor } from "onnxruntime-node";
import type { Declared } from "./family.ts";
import { type ModelCard, readModel, sha256Of } from "./models/card.ts";

/** One thread a session: with other load on the machine, two threads were slower than one. */
const sessionOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  logSeverityLevel: 4,
};

/** What a network gives, by the name of the output. */
export type Outputs = InferenceSession.OnnxValueMapType;

/** A model file's session on one thread; what goes wrong with it is a Fault that names the file. */
export class Network {
  readonly file: string;
  /** Of the file. */
  readonly sha256: string;
  /** Written beside the file; undefined where there is none. */
  readonly card: ModelCard | undefined;
  readonly inputs: readonly Declared[];
  readonly outputs: readonly Declared[];
  readonly #session: InferenceSession;

  private constructor(
    file: string,
    sha256: string,
    card: ModelCard | undefined,
    session: InferenceSession,
  ) {
    this.file = file;
    this.sha256 = sha256;
    this.card = card;
    this.#session = session;
    this.inputs = session.inputMetadata.filter((value) => value.isTensor);
    this.outputs = session.outputMetadata.filter((value) => value.isTensor);
  }

  /** @throws Fault `model-unusable` for a file that does not load, or is not the one its card was written for */
  static async load(file: string): Promise<Network> {
    const { bytes, card } = readModel(file);
    const session = await orUnusable(file, () => InferenceSession.create(bytes, sessionOptions));
    return new Network(file, sha256Of(bytes), card, session);
  }

  /**
   * @param feeds a tensor for each input, by its name
   * @throws Fault `model-unusable` when the network fails
   */
  infer(feeds: Readonly<Record<string, Tensor>>): Promise<Outputs> {
    return orUnusable(this.file, () => this.#session.run(feeds));
  }

  /**
   * @returns the floats of one output, of any length
   * @throws Fault `model-unusable` when the network fails, or gives something else
   */
  async run(input: string, tensor: Tensor, output: string): Promise<Float32Array> {
    return this.floats(await this.infer({ [input]: tensor }), output);
  }

  /**
   * @param length where the file leaves it open, the network might give another
   * @throws Fault `model-unusable` for an output that is missing, or is something else
   */
  floats(outputs: Outputs, name: string, length?: number): Float32Array {
    const data = outputs[name]?.data;
    const isAsSaid = data instanceof Float32Array && data.length === (length ?? data.length);
    if (isAsSaid) return data;
    throw this.oddOutput(name);
  }

  /** An output that is not what it should be. */
  oddOutput(name: string): Fault {
    return this.fault(`output ${name} is not what the file declares`);
  }

  /** What is wrong with the file. */
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
