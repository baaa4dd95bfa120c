import type { CandidatesData, SessionView } from "@gatehouse/shared/contracts/plates";
import { type Signal, signal } from "@preact/signals";
import type { Told } from "../../shared/web/ask.ts";
import { askCandidates, chooseAtLane, correctPlate, findSessions } from "./desk-api.ts";
import { newRequestId, tellAt } from "./opening.ts";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";

/** A shorter part of a plate finds nothing. */
const partLeast = 2;

/** A vehicle that may be the one at the exit. */
export type Candidate = SessionView & {
  readonly isOtherClass: boolean;
  readonly isOtherColour: boolean;
};

/** What a person does to say whose vehicle stands at a lane. */
export class Choosing {
  readonly laneId: string;
  readonly told: Signal<Told<CandidatesData> | undefined> = signal(undefined);
  readonly part = signal("");
  readonly found: Signal<{ candidates: Candidate[]; hasMore: boolean } | undefined> =
    signal(undefined);
  readonly chosen: Signal<string | undefined> = signal(undefined);
  readonly isCorrecting = signal(false);
  readonly truePlate = signal("");
  readonly reason = signal("");
  readonly isAsking = signal(false);
  readonly trouble = signal("");
  #requestId = newRequestId();

  constructor(laneId: string) {
    this.laneId = laneId;
  }

  async look(): Promise<void> {
    this.told.value = await askCandidates(this.laneId);
  }

  /** Who is to choose from: those found by a part of the plate, else those who are likeliest. */
  get candidates(): readonly Candidate[] {
    if (this.found.value !== undefined) return this.found.value.candidates;
    const told = this.told.value;
    if (told?.kind !== "ok") return [];
    return told.value.candidates.map((each) => ({
      ...each,
      isOtherClass: !each.class_fits,
      isOtherColour: !each.colour_fits,
    }));
  }

  get candidate(): Candidate | undefined {
    return this.candidates.find(({ session_id: id }) => id === this.chosen.value);
  }

  pick(sessionId: string): void {
    if (this.isAsking.value) return;
    if (sessionId !== this.chosen.value) this.#requestId = newRequestId();
    this.chosen.value = sessionId;
    this.isCorrecting.value = false;
    this.trouble.value = "";
  }

  async search(part: string): Promise<void> {
    this.part.value = part;
    if (part.trim().length < partLeast) {
      this.found.value = undefined;
      return;
    }
    const told = await findSessions(part.trim());
    // Somebody has typed on meanwhile.
    if (this.part.value !== part) return;
    this.trouble.value = troubleOf(told);
    if (told.kind !== "ok") return;
    const candidates = told.value.sessions.map((each) => ({
      ...each,
      isOtherClass: false,
      isOtherColour: false,
    }));
    this.found.value = { candidates, hasMore: told.value.has_more };
  }

  /** Sends what is chosen or corrected; a lost answer is asked for again by the same request. */
  async press(): Promise<void> {
    const { candidate } = this;
    if (candidate === undefined) return;
    this.isAsking.value = true;
    await (this.isCorrecting.value ? this.#correct(candidate) : this.#choose(candidate));
    this.isAsking.value = false;
  }

  async #choose({ session_id: sessionId }: Candidate): Promise<void> {
    const request = { request_id: this.#requestId, session_id: sessionId };
    const told = await chooseAtLane(this.laneId, request);
    this.trouble.value = troubleOf(told);
    if (told.kind === "refused") this.#requestId = newRequestId();
    if (told.kind !== "ok") return;
    tellAt(this.laneId, told.value.sentence);
    hideShown();
  }

  async #correct({ session_id: sessionId }: Candidate): Promise<void> {
    const [plate, reason] = [this.truePlate.value.trim(), this.reason.value.trim()];
    const told = await correctPlate(sessionId, { plate, reason });
    this.trouble.value = troubleOf(told);
    if (told.kind !== "ok") return;
    this.isCorrecting.value = false;
    await this.look();
    await this.search(this.part.value);
  }
}
