import { ageText, minuteText, momentText, moneyText, unknown } from "../format.ts";
import { words } from "../words.ts";

/** An amount in a facility's currency. @param minor whole minor units; null: not known */
export function Money({
  minor,
  currency,
}: {
  readonly minor: number | null;
  readonly currency: string | null;
}) {
  const text = minor === null ? unknown : moneyText(minor, currency === "" ? null : currency);
  return <span class={minor !== null && minor < 0 ? "amount below-zero" : "amount"}>{text}</span>;
}

/** So long ago is told as an age. */
const relativeMs = 86_400_000;

/**
 * A moment: how long ago it was where that is less than a day, else day and time at the facility; whole when hovered.
 *
 * @param now what the age is counted from: the answer's `as_of`; left out, the moment is always whole
 */
export function Moment({
  at,
  now,
  timezone,
}: {
  readonly at: string | null;
  readonly now?: string;
  readonly timezone: string;
}) {
  if (at === null) return <>{unknown}</>;
  const age = now === undefined ? relativeMs : Date.parse(now) - Date.parse(at);
  const isRelative = now !== undefined && age >= 0 && age < relativeMs;
  return (
    <time dateTime={at} title={momentText(at, timezone)}>
      {isRelative ? words.ago(ageText(at, now)) : minuteText(at, timezone)}
    </time>
  );
}
