import type { CandidatesData, NamedPlate, SessionView } from "@gatehouse/shared/contracts/plates";
import { type Signal, signal } from "@preact/signals";
import type { Told } from "../../shared/web/ask.ts";
import { askedWords } from "./asked-words.ts";
import { askCandidates, chooseAtLane } from "./desk-api.ts";
import { newRequestId, tellAt } from "./opening.ts";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";

/** A plate that the vehicle at an entry may have. */
export interface LikelyPlate {
  readonly plate: string;
  readonly named: readonly NamedPlate[];
  /** Its session, where it is inside as far as anybody knows. */
  readonly inside: SessionView | undefined;
}

/** What a person does to say whose vehicle wants in: pick a likely plate or write one, and why. */
export class EntrySaying {
  readonly laneId: string;
  readonly told: Signal<Told<CandidatesData> | undefined> = signal(undefined);
  readonly plate = signal("");
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

  /** Each plate once, those written down first, then those that are inside under one like it. */
  get likely(): readonly LikelyPlate[] {
    const told = this.told.value;
    if (told?.kind !== "ok") return [];
    const { named, candidates } = told.value;
    const plates = [...named, ...candidates].flatMap(({ plate }) => plate ?? []);
    return [...new Set(plates)].map((plate) => ({
      plate,
      named: named.filter((each) => each.plate === plate),
      inside: candidates.find((each) => each.plate === plate),
    }));
  }

  /** Somebody has compared it with the picture. */
  pick(plate: string): void {
    this.write(plate);
    if (this.reason.value === "") this.reason.value = askedWords.whyPlate[0] ?? "";
  }

  write(plate: string): void {
    if (this.isAsking.value) return;
    this.#requestId = newRequestId();
    this.plate.value = plate;
    this.trouble.value = "";
  }

  /** Sends what was said; a lost answer is asked for again by the same request. */
  async press(): Promise<void> {
    const [plate, reason] = [this.plate.value.trim(), this.reason.value.trim()];
    this.isAsking.value = true;
    const told = await chooseAtLane(this.laneId, { request_id: this.#requestId, plate, reason });
    this.isAsking.value = false;
    this.trouble.value = troubleOf(told);
    if (told.kind === "refused") this.#requestId = newRequestId();
    if (told.kind !== "ok") return;
    tellAt(this.laneId, told.value.sentence);
    hideShown();
  }
}
