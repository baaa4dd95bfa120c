import type { Told } from "../../shared/web/ask.ts";
import { durationText } from "../../shared/web/duration.ts";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { accountWords } from "./account-words.ts";
import { refusalOf } from "./refusal-words.ts";
import { words } from "./words.ts";

/** Why something was refused, where the eye already is; its place is kept while there is nothing to say. */
export function Refusal({ text }: { readonly text: string }) {
  return (
    <p id="refusal" class="refusal tone-bad" role="alert">
      {text !== "" && <StateMark tone="bad" />} {text}
    </p>
  );
}

/** A refusal in the page's own words where it has some, else in head office's. */
export function refusalText(answer: Exclude<Told<unknown>, { readonly kind: "ok" }>): string {
  if (answer.kind === "unreachable") return words.offline;
  if (answer.kind === "broken") return words.broken;
  const { problem, retryAfterMs } = answer;
  if (problem.type === "too-many-tries") return accountWords.waitFor(durationText(retryAfterMs));
  return accountWords.refusals[problem.type] ?? refusalOf[problem.type] ?? problem.title;
}
