import type { Told } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { refusalOf } from "../refusal-words.ts";
import { accessWords as words } from "./access-words.ts";

/** Why something was not done, where the eye already is: in the page's words where it has some, then line by line. */
export function RuleProblem({
  told,
  refusals = {},
}: {
  readonly told: Exclude<Told<unknown>, { readonly kind: "ok" }> | { readonly sentence: string };
  /** Words for refusals that only this page knows. */
  readonly refusals?: Readonly<Record<string, string>>;
}) {
  const [head, lines] = saidBy(told, { ...words.refusals, ...refusals });
  return (
    <div class="rule-problem" role="alert">
      <p>
        <StateMark tone="bad" /> {head}
      </p>
      {lines.length > 0 && (
        <ul class="problem">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function saidBy(
  told: Parameters<typeof RuleProblem>[0]["told"],
  refusals: Readonly<Record<string, string>>,
): readonly [string, readonly string[]] {
  if ("sentence" in told) return [told.sentence, []];
  if (told.kind === "unreachable") return [words.offline, []];
  if (told.kind === "broken") return [words.broken, []];
  const { type, title, hint, errors = [] } = told.problem;
  const own = refusals[type] ?? refusalOf[type];
  const lines = errors.map(({ path, message }) => `${path.replace(/^rule\.?/, "")}: ${message}`);
  return [own ?? title, own === undefined && hint !== undefined ? [...lines, hint] : lines];
}
