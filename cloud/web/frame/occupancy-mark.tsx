import { percentText } from "../format.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { frameWords as words } from "./frame-words.ts";

export type OccupancyBand = "low" | "middle" | "high";

/** The band of an occupancy: below half, up to four fifths, above. @param percent 0 to 100 */
export const bandOf = (percent: number): OccupancyBand =>
  percent > 80 ? "high" : percent >= 50 ? "middle" : "low";

const tones: Readonly<Record<OccupancyBand, Tone>> = { low: "ok", middle: "warn", high: "bad" };

/** How it is told without the colour. @param percent 0 to 100 */
export const bandText = (percent: number): string => words.occupancyBand[bandOf(percent)];

/** How full something is, with the shape and the word of its band. @param percent 0 to 100; null: not known */
export function OccupancyMark({ percent }: { readonly percent: number | null }) {
  if (percent === null) return <>{percentText(null)}</>;
  const band = bandOf(percent);
  return (
    <span class="occupancy-mark">
      <StateMark tone={tones[band]} /> {percentText(percent)} <small>{bandText(percent)}</small>
    </span>
  );
}
