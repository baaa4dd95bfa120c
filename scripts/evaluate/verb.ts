/** One thing that can be evaluated: `npm run evaluate -- NAME --set DIR --out FILE …`. */
export interface Verb {
  readonly name: string;
  /** One sentence of the usage. */
  readonly summary: string;
  /** What `--set` and `--out` name. */
  readonly set: string;
  readonly out: string;
  /** By flag without `--`; all are optional. */
  readonly options: Readonly<Record<string, { readonly value: string; readonly text: string }>>;
  /** @throws CannotEvaluate */
  run(task: Task): Promise<Evaluation>;
}

export interface Task {
  /** Absolute paths. */
  readonly set: string;
  readonly out: string;
  /** As written, by flag without `--`. */
  readonly options: Readonly<Record<string, string | undefined>>;
}

export interface Evaluation {
  /** What is printed as one line of JSON. */
  readonly score: object;
  /** The same for a person. */
  readonly lines: readonly string[];
}

/** A share in percent. */
export const percent = (share: number | null): string =>
  share === null ? "none in the set" : `${(100 * share).toFixed(2)} %`;
