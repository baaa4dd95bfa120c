import type { Told } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { refusalText } from "../refusal.tsx";
import { ProblemLines } from "./answered.tsx";

/** What kept something that was asked for from happening. */
export type NotDone = Exclude<Told<unknown>, { readonly kind: "ok" }>;

/** Why something did not happen, said where it was asked for: what, where in the form, and what to do. */
export function Refused({ told }: { readonly told: NotDone | undefined }) {
  if (told === undefined) return null;
  return (
    <div class="tone-bad" role="alert">
      <p>
        <StateMark tone="bad" /> {refusalText(told)}
      </p>
      {told.kind === "refused" && (told.problem.errors ?? []).length > 0 && (
        <ProblemLines problem={told.problem} />
      )}
    </div>
  );
}
