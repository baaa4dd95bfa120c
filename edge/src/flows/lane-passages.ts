import type { Instant } from "@gatehouse/shared/time";
import type { LaneEffect, PassageOutcome } from "../domain/lane-state.ts";
import { type Passage, savePassage } from "../store/passages.ts";
import type { LaneDeps, LaneOwner } from "./lane-deps.ts";
import { endedLine, withFact } from "./passage-facts.ts";
import type { UnwrittenFacts } from "./unwritten-facts.ts";

/** The passage under way at one lane, and the last one: each fact of it is written, with what the owner makes of it. */
export class LanePassages {
  readonly #deps: LaneDeps;
  readonly #unwritten: UnwrittenFacts;
  #owner: LaneOwner | undefined;
  #current: Passage | undefined;
  #last: Passage | undefined;

  constructor(deps: LaneDeps, unwritten: UnwrittenFacts) {
    this.#deps = deps;
    this.#unwritten = unwritten;
  }

  ownedBy(owner: LaneOwner): void {
    this.#owner = owner;
  }

  /** Missing where none is under way. */
  get current(): Passage | undefined {
    return this.#current;
  }

  /** The passage under way, or the last one. */
  get latest(): Passage | undefined {
    return this.#current ?? this.#last;
  }

  /** A passage has the lane from now on; its beginning is in the book. */
  begin(passage: Passage): void {
    this.#current = passage;
  }

  /** One of its five facts is known. */
  noteFact({ fact, evidence }: LaneEffect & { kind: "fact" }, at: Instant): void {
    if (this.#current === undefined) return;
    const passage = withFact(this.#current, fact, at, evidence);
    this.#current = passage;
    this.#unwritten.add((tx) => {
      savePassage(tx, passage);
      if (fact === "passed") this.#owner?.passed(tx, passage, at);
    });
  }

  /** It is over. @param next the passage that takes the lane in its place */
  end(outcome: PassageOutcome, at: Instant, next: Passage | undefined): void {
    if (this.#current === undefined) return;
    const passage = { ...this.#current, outcome };
    this.#last = passage;
    this.#current = undefined;
    const { counters, lane } = this.#deps;
    // The same session has the gate again: nothing was given up.
    const isAbandoned = passage.passedAt === null && next?.sessionId !== passage.sessionId;
    this.#unwritten.add((tx) => {
      savePassage(tx, passage);
      tx.append(at, endedLine(passage));
      if (isAbandoned) this.#owner?.abandoned(tx, passage, outcome, at);
      tx.afterCommit(() => counters.count("passages_total", { lane: lane.id, outcome }));
    });
  }
}
