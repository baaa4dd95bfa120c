import { type LaneMode, laneModes } from "@gatehouse/shared/contracts/lanes";
import type { Book, Tx } from "../store/book.ts";
import { type LaneSetting, listLaneSettings, saveLaneSetting } from "../store/lanes.ts";

/** The row of the whole facility. */
const facility = "";

/** What people have made of the lanes until they take it back. It outlives a restart, and is asked at every read. */
export class LaneSettings {
  readonly #book: Book;
  #known: Map<string, LaneSetting> | undefined;
  /** Lanes that an alarm keeps shut to those who want in. */
  readonly #shut = new Set<string>();

  constructor(book: Book) {
    this.#book = book;
  }

  /** The mode somebody set, of one lane or of the facility (`undefined`). */
  modeOf(laneId: string | undefined): LaneMode {
    return this.#of(laneId ?? facility).mode;
  }

  /** The mode that holds at a lane: the strictest of its own, the facility's, an alarm's and a lock's. */
  effectiveMode(laneId: string): LaneMode {
    if (this.#shut.has(laneId) || this.isLocked(laneId)) return "closed-to-all";
    const stricter = Math.max(
      laneModes.indexOf(this.modeOf(undefined)),
      laneModes.indexOf(this.modeOf(laneId)),
    );
    return laneModes[stricter] ?? "closed-to-all";
  }

  isLocked(laneId: string): boolean {
    return this.#of(laneId).locked;
  }

  /** The way a reversible lane is used; it begins as an entry. */
  directionOf(laneId: string): "entry" | "exit" {
    return this.#of(laneId).direction ?? "entry";
  }

  /** Not kept: an alarm that still is on says so again after a restart. */
  shut(laneId: string, isShut: boolean): void {
    if (isShut) this.#shut.add(laneId);
    else this.#shut.delete(laneId);
  }

  change(tx: Tx, laneId: string | undefined, change: Partial<Omit<LaneSetting, "laneId">>): void {
    const next = { ...this.#of(laneId ?? facility), ...change };
    saveLaneSetting(tx, next);
    tx.afterCommit(() => void this.#all().set(next.laneId, next));
  }

  #of(laneId: string): LaneSetting {
    const unset: LaneSetting = { laneId, mode: "open", locked: false, direction: null };
    return this.#all().get(laneId) ?? unset;
  }

  /** Read at the first question: the book is whole by then. */
  #all(): Map<string, LaneSetting> {
    this.#known ??= new Map(listLaneSettings(this.#book).map((row) => [row.laneId, row]));
    return this.#known;
  }
}
