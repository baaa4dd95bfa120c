import { type Candidate, mostCandidates, type PlateReading, readingOf } from "./reading.ts";

/** One character of the plate, as the frames see it: how much weight each sign has; "" is "there is none". */
type Column = Map<string, Vote>;

interface Vote {
  weight: number;
  /** The confidences of its frames, each times the frame's weight. */
  sure: number;
  frames: number;
}

/** No reading counts for nothing, and none counts fully. */
const leastWeight = 0.05;

/**
 * What many frames of one plate agree on, character by character.
 *
 * Each reading is laid beside the agreement so far where it differs least (edit distance), so that a character
 * that one frame has dropped shifts nothing; then each column votes, and a sure reading weighs more than a blurred
 * one (Fiscus, "A post-processing system to yield reduced word error rates: ROVER", 1997, with confidences).
 */
export class PlateVotes {
  readonly #columns: Column[] = [];
  readonly #texts = new Map<string, number>();
  #weight = 0;
  #frames = 0;

  get frames(): number {
    return this.#frames;
  }

  /** @param trust 0–1: how well the plate could be seen in this frame, whatever was read */
  add(reading: PlateReading, trust: number): void {
    const weight = Math.max(leastWeight, reading.confidence * trust);
    const columns = this.#alignedTo(reading.text);
    let at = 0;
    for (const [index, sign] of columns.entries()) {
      const confidence = sign === "" ? reading.confidence : (reading.characters[at] ?? 0);
      if (sign !== "") at += 1;
      const column = this.#columns[index];
      const vote = column?.get(sign) ?? { weight: 0, sure: 0, frames: 0 };
      vote.weight += weight;
      vote.sure += weight * confidence;
      vote.frames += 1;
      column?.set(sign, vote);
    }
    for (const { text, confidence } of reading.candidates) {
      this.#texts.set(text, (this.#texts.get(text) ?? 0) + weight * confidence);
    }
    this.#weight += weight;
    this.#frames += 1;
  }

  /** The agreement; `confidence` 0 before the first frame. */
  agreed(): PlateReading {
    const winners = this.#columns.map((column) => winnerOf(column));
    const signs = winners.filter(([sign]) => sign !== "");
    const text = signs.map(([sign]) => sign).join("");
    const characters = signs.map(([, vote]) => this.#confidenceOf(vote));
    return readingOf(text, characters, this.#candidates());
  }

  /**
   * Frames of one vehicle see the same dirt and the same screw, so `n` that agree count like √n that know nothing
   * of each other; those that disagree take away their share.
   */
  #confidenceOf({ weight, sure, frames }: Vote): number {
    const doubt = (1 - sure / weight) ** Math.sqrt(frames);
    return (weight / this.#weight) * (1 - doubt);
  }

  #candidates(): Candidate[] {
    return [...this.#texts]
      .map(([text, sum]) => ({ text, confidence: sum / this.#weight }))
      .toSorted((a, b) => b.confidence - a.confidence)
      .slice(0, mostCandidates);
  }

  /**
   * Lays a text over the columns; where it has a character more, a column is added, which all frames before say
   * nothing of.
   *
   * @returns for each column the sign of the text there, "" where it has none
   */
  #alignedTo(text: string): string[] {
    const rows = this.#columns.length;
    const costs = [Array.from({ length: text.length + 1 }, (_, at) => at)];
    for (let row = 1; row <= rows; row += 1) {
      const column = this.#columns[row - 1];
      const before = costs[row - 1] ?? [];
      const costRow = [(before[0] ?? 0) + this.#againstOf(column, "")];
      for (let at = 1; at <= text.length; at += 1) {
        const { best } = this.#step(column, text.charAt(at - 1), before, costRow, at);
        costRow.push(best);
      }
      costs.push(costRow);
    }
    return this.#walkBack(text, costs);
  }

  #step(
    column: Column | undefined,
    sign: string,
    before: readonly number[],
    row: readonly number[],
    at: number,
  ) {
    const same = (before[at - 1] ?? 0) + this.#againstOf(column, sign);
    const dropped = (before[at] ?? 0) + this.#againstOf(column, "");
    const added = (row[at - 1] ?? 0) + 1;
    return { best: Math.min(same, dropped, added), same, dropped };
  }

  #walkBack(text: string, costs: readonly (readonly number[])[]): string[] {
    const signs: string[] = [];
    let [row, at] = [this.#columns.length, text.length];
    while (row > 0 || at > 0) {
      const column = this.#columns[row - 1];
      if (row > 0 && at > 0) {
        const sign = text.charAt(at - 1);
        const step = this.#step(column, sign, costs[row - 1] ?? [], costs[row] ?? [], at);
        if (step.best === step.same) {
          signs.unshift(sign);
          [row, at] = [row - 1, at - 1];
          continue;
        }
        if (step.best === step.dropped) {
          signs.unshift("");
          row -= 1;
          continue;
        }
      } else if (row > 0) {
        signs.unshift("");
        row -= 1;
        continue;
      }
      signs.unshift(text.charAt(at - 1));
      this.#columns.splice(row, 0, this.#nothingSaid());
      at -= 1;
    }
    return signs;
  }

  /** How much of the weight so far speaks against a sign in a column, 0–1. */
  #againstOf(column: Column | undefined, sign: string): number {
    const weight = column?.get(sign)?.weight ?? 0;
    return this.#weight === 0 ? 1 : 1 - weight / this.#weight;
  }

  #nothingSaid(): Column {
    if (this.#frames === 0) return new Map();
    const { confidence } = this.agreed();
    const sure = this.#weight * confidence;
    return new Map([["", { weight: this.#weight, sure, frames: this.#frames }]]);
  }
}

function winnerOf(column: Column): [sign: string, vote: Vote] {
  let best: [string, Vote] = ["", { weight: 0, sure: 0, frames: 0 }];
  for (const [sign, vote] of column) if (vote.weight > best[1].weight) best = [sign, vote];
  return best;
}
