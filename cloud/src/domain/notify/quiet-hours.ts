import { localClock } from "@gatehouse/shared/local-clock";
import { type Instant, milliseconds } from "@gatehouse/shared/time";

const dayMs = 86_400_000;

/** Hours of the wall clock in which nobody is woken; `from` after `until` runs over midnight. */
export interface QuietHours {
  /** `HH:MM` */
  readonly from: string;
  readonly until: string;
}

/**
 * When the quiet hours end in which a moment lies, at the facility; undefined where it lies in none. The same two times
 * are no quiet hours.
 */
export function quietUntil(
  at: Instant,
  { from, until }: QuietHours,
  timezone: string,
): Instant | undefined {
  const { offset } = localClock(timezone).at(at);
  const local = at + offset;
  const day = Math.floor(local / dayMs) * dayMs;
  const time = local - day;
  const [begin, end] = [timeOf(from), timeOf(until)];
  const isIn = begin <= end ? time >= begin && time < end : time >= begin || time < end;
  if (!isIn) return undefined;
  const endDay = begin > end && time >= begin ? day + dayMs : day;
  return momentOf(endDay + end, at, timezone);
}

const timeOf = (text: string): number => {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return milliseconds((hour * 60 + minute) * 60_000);
};

/** The moment of a local time, with the offset that holds there: the clocks may change in the night. */
function momentOf(local: number, near: Instant, timezone: string): Instant {
  const clock = localClock(timezone);
  const guess = (local - clock.at(near).offset) as Instant;
  return (local - clock.at(guess).offset) as Instant;
}
