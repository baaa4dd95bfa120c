import { type Signal, signal } from "@preact/signals";
import type { Complaint } from "@gatehouse/shared/contracts/problem";
import { type PricedStay, StaysTested } from "@gatehouse/shared/contracts/rules/tariffs";
import { ask } from "../../../shared/web/ask.ts";
import type { FacilityAt } from "../frame/page.ts";
import { type Path, withAt, type Written } from "./written.ts";

/** So long nobody types before head office is asked again. */
const quietMs = 300;

/** A stay that nobody had; times are the facility's wall clock. */
export interface Trial {
  readonly vehicle_class: string;
  readonly entry: string;
  readonly exit: string;
}

/** A tariff that is being written, what does not fit in it, and what it would charge. */
export class DraftDesk {
  readonly facility: FacilityAt;
  readonly tariff: Signal<Written>;
  readonly trials: Signal<readonly Trial[]>;
  readonly complaints = signal<readonly Complaint[]>([]);
  /** Of each trial what it costs; empty while something does not fit. */
  readonly priced = signal<readonly PricedStay[]>([]);
  /** The answer shown is to what stands there now. */
  readonly isFresh = signal(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(facility: FacilityAt, tariff: Written) {
    this.facility = facility;
    this.tariff = signal(tariff);
    this.trials = signal(usualTrials(facility.today));
    this.#ask();
  }

  /** Writes one place of it. */
  put(path: Path, value: unknown): void {
    this.write((withAt(this.tariff.value, path, value) ?? {}) as Written);
  }

  write(tariff: Written): void {
    this.tariff.value = tariff;
    this.#ask();
  }

  tryStays(trials: readonly Trial[]): void {
    this.trials.value = trials;
    this.#ask();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #ask(): void {
    this.isFresh.value = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#askNow(), quietMs);
  }

  async #askNow(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const path = `/v1/facilities/${encodeURIComponent(this.facility.facilityId)}/tariffs/test-stays`;
    const body = { tariff: this.tariff.value, stays: this.trials.value };
    const told = await ask("POST", path, StaysTested, body);
    if (mine !== this.#asked) return;
    if (told.kind !== "ok") {
      // A stay that is half written, or nobody there: what was said last stands as old.
      this.priced.value = [];
      return;
    }
    this.complaints.value = told.value.complaints;
    this.priced.value = told.value.stays;
    this.isFresh.value = true;
  }
}

function usualTrials(today: string): Trial[] {
  const day = (days: number): string =>
    new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  const trial = (entry: string, exit: string): Trial => ({ vehicle_class: "car", entry, exit });
  return [
    trial(`${day(0)}T10:00`, `${day(0)}T10:45`),
    trial(`${day(0)}T10:00`, `${day(0)}T13:10`),
    trial(`${day(0)}T18:00`, `${day(1)}T09:00`),
    trial(`${day(0)}T08:00`, `${day(3)}T08:00`),
  ];
}
