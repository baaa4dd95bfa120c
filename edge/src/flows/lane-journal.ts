import type { Instant } from "@gatehouse/shared/time";

/** What a lane's wires, gate and readers have said, for somebody who watches. */
export interface LaneJournalLine {
  /** Grows by one from line to line, from 1. */
  readonly seq: number;
  readonly at: Instant;
  readonly laneId: string;
  readonly kind: "input" | "phase" | "read" | "gate";
  readonly text: string;
}

/** Lines remembered; a minute of a busy facility has about 300. */
const remembered = 2000;
/** Lines told at once. */
const toldMax = 500;

/** The last things that happened at the lanes, in memory only: the book has what must be kept. */
export class LaneJournal {
  readonly #lines: LaneJournalLine[] = [];
  #latest = 0;

  get latest(): number {
    return this.#latest;
  }

  note(line: Omit<LaneJournalLine, "seq">): void {
    this.#latest += 1;
    this.#lines.push({ ...line, seq: this.#latest });
    if (this.#lines.length > remembered) this.#lines.shift();
  }

  /**
   * What came after a line, oldest first.
   *
   * @param after undefined: nothing, only where it stands now
   * @param laneId undefined: every lane
   */
  since(
    after: number | undefined,
    laneId: string | undefined,
  ): { readonly latest: number; readonly missed: number; readonly lines: LaneJournalLine[] } {
    if (after === undefined) return { latest: this.#latest, missed: 0, lines: [] };
    const first = this.#lines[0]?.seq ?? this.#latest + 1;
    const missed = Math.max(0, first - 1 - after);
    const news = this.#lines.filter(({ seq }) => seq > after).slice(0, toldMax);
    return {
      latest: news.at(-1)?.seq ?? Math.min(Math.max(after, 0), this.#latest),
      missed,
      lines: news.filter((line) => laneId === undefined || line.laneId === laneId),
    };
  }
}
