import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Where a new facility's time begins: Tuesday, 3 March 2026, 07:30 in Berlin. */
const firstMorning = Date.UTC(2026, 2, 3, 6, 30);

const Saved = z.object({ virtual_ms: z.number() });

/** The demonstration's own time: it runs faster than real time, and goes on where it was at the next start. */
export class VirtualDay {
  readonly rate: number;
  readonly #file: string;
  readonly #realEpochMs = Date.now();
  readonly #virtualEpochMs: number;

  constructor(dataDir: string, rate: number) {
    this.rate = rate;
    this.#file = join(dataDir, "clock.json");
    this.#virtualEpochMs = existsSync(this.#file)
      ? Saved.parse(JSON.parse(readFileSync(this.#file, "utf8"))).virtual_ms
      : firstMorning;
  }

  /** Virtual Unix milliseconds. */
  now(): number {
    return Math.floor(this.#virtualEpochMs + (Date.now() - this.#realEpochMs) * this.rate);
  }

  /** What every process is given, so that all of them have the same time. */
  get environment(): { readonly GATEHOUSE_CLOCK: string } {
    return { GATEHOUSE_CLOCK: `${this.rate},${this.#realEpochMs},${this.#virtualEpochMs}` };
  }

  save(): void {
    writeFileSync(this.#file, JSON.stringify({ virtual_ms: this.now() }));
  }
}
