export interface Metric {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Samples kept for a quantile; older ones give way. */
const sampleLimit = 10_000;

/** Counts and samples since the start of the process; the metrics face and the status read them. */
export class Counters {
  readonly #counts = new Map<string, Metric>();
  readonly #samples = new Map<string, number[]>();

  count(name: string, labels: Readonly<Record<string, string>> = {}, by = 1): void {
    const key = `${name} ${JSON.stringify(labels)}`;
    const value = (this.#counts.get(key)?.value ?? 0) + by;
    this.#counts.set(key, { name, labels, value });
  }

  sample(name: string, value: number): void {
    const samples = this.#samples.get(name) ?? [];
    samples.push(value);
    if (samples.length > sampleLimit) samples.shift();
    this.#samples.set(name, samples);
  }

  /** The given quantile (0–1) of the kept samples; undefined without any. */
  quantile(name: string, quantile: number): number | undefined {
    const sorted = (this.#samples.get(name) ?? []).toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
  }

  all(): Metric[] {
    const quantiles = [...this.#samples.keys()].flatMap((name) =>
      [0.5, 0.99].map((quantile) => ({
        name,
        labels: { quantile: String(quantile) },
        value: this.quantile(name, quantile) ?? 0,
      })),
    );
    return [...this.#counts.values(), ...quantiles];
  }
}
