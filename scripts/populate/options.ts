import { parseArgs } from "node:util";

export const usage = `npm run populate -- [--days N] [--facilities N] [--scale X] [--seed N] [--metrics N] [--data DIR] [--check]

  --days N        so many days of history, up to the present hour (30)
  --facilities N  so many car parks (5)
  --scale X       their size; 1: some 60 to 180 spaces (1)
  --seed N        another number makes another town (1)
  --metrics N     afterwards the metrics of the last N days, hour by hour (7; 0: none)
  --data DIR      where head office's embedded database lives (./data)
  --check         afterwards compare the reports of those days with the raw lines, facility by facility
                  (--facilities 0: of what is there)

DATABASE_URL      another PostgreSQL than the embedded one

Everything goes through head office's own ingest. Run again it goes on where it stopped, or tells the days since.`;

export interface PopulateOptions {
  readonly days: number;
  readonly facilities: number;
  readonly scale: number;
  readonly seed: number;
  readonly metricsDays: number;
  readonly data: string;
  readonly check: boolean;
}

/** @throws RangeError with what to write */
export function readOptions(args: readonly string[]): PopulateOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: text,
      facilities: text,
      scale: text,
      seed: text,
      metrics: text,
      data: text,
      check: { type: "boolean" },
    },
    strict: true,
  });
  const number = (name: string, told: string | undefined, usual: number, most: number): number => {
    const value = told === undefined ? usual : Number(told);
    if (!(value >= 0 && value <= most))
      throw new RangeError(`--${name}: write a number from 0 to ${most}`);
    return value;
  };
  return {
    days: Math.ceil(number("days", values.days, 30, 3_660)),
    facilities: Math.ceil(number("facilities", values.facilities, 5, 10_000)),
    scale: number("scale", values.scale, 1, 100),
    seed: Math.ceil(number("seed", values.seed, 1, 1e9)),
    metricsDays: Math.ceil(number("metrics", values.metrics, 7, 400)),
    data: values.data ?? "./data",
    check: values.check === true,
  };
}
