import { type Duration, elapsed, instantOf } from "@gatehouse/shared/time";

/** How long ago, in the largest unit that says something. */
export function ageText(at: string | null, now: string): string {
  const [from, to] = [at === null ? undefined : instantOf(at), instantOf(now)];
  return from === undefined || to === undefined ? "–" : durationText(elapsed(from, to));
}

function durationText(age: Duration): string {
  const seconds = Math.floor(age / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
