import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { momentOf } from "../domain/calendar.ts";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { Book } from "../store/book.ts";
import { type Refusal, refusal } from "./desk.ts";

/** What those who keep rights need. */
export interface KeepingDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly calendar: SiteCalendar;
}

/** So many of a list are shown; the rest is found by searching. */
export const shownMost = 200;
/** So many entries of its own a facility may have, and so many visitors that may still come. */
export const ownMost = 10_000;

const plateMost = 12;

export const ownedByHeadOffice = (what: string): Refusal =>
  refusal("owned-by-head-office", `${what} is head office's: it is changed there.`);

/** The normalised plate, or why it is none. */
export function plateFrom(written: string): string | Refusal {
  const plate = normalisePlate(written);
  if (plate !== "" && plate.length <= plateMost) return plate;
  return refusal(
    "no-plate",
    `"${written}" is no plate: write its letters A–Z and digits, at most ${plateMost}.`,
  );
}

/** The moment that a person wrote, or why it is none; without an offset it is the facility's clock. */
export function momentFrom(
  written: string,
  { calendar }: KeepingDeps,
  now: Instant,
): Instant | Refusal {
  return (
    momentOf(written, calendar.timezone, now) ??
    refusal("no-moment", `"${written}" is no moment: write it as 2026-06-01T18:00.`)
  );
}

export const isoOrNull = (at: number | null): string | null =>
  at === null ? null : isoOf(at as Instant);
