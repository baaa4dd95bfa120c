import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import type { EvidencePicture } from "@gatehouse/shared/contracts/violations";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import type { Book } from "../../store/book.ts";
import { readNote, saveNote } from "../../store/notes.ts";
import { findSession } from "../../store/sessions.ts";
import { runningViolations } from "../../store/violations.ts";
import type { SteadyTime } from "../steady-time.ts";
import { evidenceOf, picturesOf } from "./violation-evidence.ts";
import { type FindingDeps, findViolations, type Found } from "./violation-findings.ts";
import {
  advanceViolation,
  detectViolation,
  nextOf,
  type ViolationDeps,
} from "./violation-writing.ts";

export interface ViolationWatchDeps extends ViolationDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly steady: Pick<SteadyTime, "now">;
  readonly rules: ViolationRules;
  readonly spaces: readonly SpaceSpec[];
  readonly pictures: ReadPictures | undefined;
}

/** New violations of each rule in one look: their pictures are read and hashed meanwhile. */
const foundMost = 10;
/** Violations whose days are looked at in one look; the others have their turn in the next ones. */
const advancedMost = 100;
const sinceNote = "violations-no-payment-since";

/** Finds what breaks the facility's rules, and lets the days of penalties pass. */
export class ViolationWatch {
  readonly #deps: ViolationWatchDeps;
  readonly #finding: FindingDeps;
  /** The last violation whose days were looked at. */
  #after = "";

  constructor(deps: ViolationWatchDeps) {
    this.#deps = deps;
    const spaces = new Map(deps.spaces.map((space) => [space.spaceId, space]));
    this.#finding = { rules: deps.rules, spaces };
  }

  /** One look, of bounded work. @throws Fault `disk-full`: the next look finds the same */
  async look(): Promise<void> {
    this.#advance();
    const { book, clock, steady } = this.#deps;
    const unpaidSince = this.#unpaidSince();
    const look = { now: clock.now(), steady: steady.now(), unpaidSince };
    for (const found of findViolations(book, this.#finding, look, foundMost)) {
      const pictures = await this.#picturesOf(found);
      this.#write(found, pictures);
    }
  }

  #advance(): void {
    const { book, clock, timezone } = this.#deps;
    const running = runningViolations(book, this.#after, advancedMost);
    this.#after = running.length < advancedMost ? "" : (running.at(-1)?.violationId ?? "");
    const at = clock.now();
    const ripe = running.filter((each) => (nextOf(each, timezone)?.at ?? Infinity) <= at);
    if (ripe.length === 0) return;
    book.write((tx) => {
      for (const violation of ripe) {
        let next = advanceViolation(tx, this.#deps, violation, at);
        // After a time without power several of its days may have come.
        while (next !== undefined) next = advanceViolation(tx, this.#deps, next, at);
      }
    }, "plain");
  }

  #write(found: Found, pictures: readonly EvidencePicture[]): void {
    const { book, clock, rules } = this.#deps;
    const { type, subject } = found;
    book.write((tx) => {
      // It may have been paid, or have left, while its pictures were read: the evidence says what is so now.
      const session = found.session && findSession(tx, found.session.sessionId);
      if (type === "no-payment" && session?.paymentStatus !== "unpaid") return;
      if (type === "unauthorised" && (session === undefined || session.paidAmount > 0)) return;
      const { enabled: _, ...terms } = rules[type];
      const evidence = evidenceOf(tx, { ...found, session }, pictures);
      detectViolation(tx, this.#deps, { type, subject, terms, evidence }, clock.now());
    }, "plain");
  }

  async #picturesOf({ session }: Found): Promise<readonly EvidencePicture[]> {
    const { book, pictures, log } = this.#deps;
    try {
      return await picturesOf(book, pictures, session);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.warn("violation pictures", { error: error.message });
      return [];
    }
  }

  /** When the rule about leaving without paying was first enabled: nobody is fined for before. */
  #unpaidSince(): Instant {
    const { book, clock, rules } = this.#deps;
    const now = clock.now();
    if (!rules["no-payment"].enabled) return now;
    const known = readNote(book, sinceNote);
    const since = known === undefined ? undefined : instantOf(known);
    if (since !== undefined) return since;
    book.write((tx) => saveNote(tx, sinceNote, isoOf(now)), "plain");
    return now;
  }
}
