import type { Problem } from "@gatehouse/shared/contracts/problem";
import type { ComponentChildren } from "preact";
import { durationText } from "../../../shared/web/duration.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { news, tick } from "../connection.ts";
import type { Answer } from "./answer.ts";
import { refusalOf } from "../refusal-words.ts";
import { frameWords as words } from "./frame-words.ts";

/** What is shown though it came longer ago than this, is shown as old. */
const staleAfterMs = 180_000;

/**
 * Shows an answer in whichever of its states it is: before it is here a skeleton, old or of the question before it
 * dimmed, refused or not understood as a sentence with what to do.
 */
export function Answered<T>({
  answer,
  children,
  skeleton = "table",
}: {
  readonly answer: Answer<T>;
  readonly children: (value: T) => ComponentChildren;
  /** The size of what is to come. */
  readonly skeleton?: "figures" | "table" | "chart" | "line";
}) {
  const { value, state, isFormer, problem, again } = answer;
  if (state === "refused" || state === "broken")
    return <NotAnswered problem={problem} onAgain={again} />;
  if (value === undefined)
    return (
      <div class="answered" aria-busy="true">
        {state === "offline" ? (
          <Notice tone="bad" text={words.offline} onAgain={again} />
        ) : (
          <output class="visually-hidden">{words.loading}</output>
        )}
        <span class={`skeleton skeleton-${skeleton}`} />
      </div>
    );
  // The page's own line may know first that nobody answers; each question learns it when it asks again.
  const isOffline = state === "offline" || news.value === "offline";
  const ageMs = ageOf(answer);
  const isOld = isOffline || ageMs > staleAfterMs;
  return (
    <div class="answered" aria-busy={isFormer}>
      {isOld && (
        <Notice
          tone={isOffline ? "bad" : "warn"}
          text={(isOffline ? words.offlineOld : words.stale)(durationText(ageMs))}
          onAgain={again}
        />
      )}
      <div class={isFormer || isOld ? "answered-value is-old" : "answered-value"}>
        {children(value)}
      </div>
    </div>
  );
}

/** Ages move once a second. */
function ageOf({ cameAtMs }: Answer<unknown>): number {
  void tick.value;
  return performance.now() - cameAtMs;
}

/** What head office did not want to answer, and what to do about it. */
function NotAnswered({
  problem,
  onAgain,
}: {
  readonly problem: Problem | undefined;
  readonly onAgain: () => void;
}) {
  return (
    <div class="answered-not" role="alert">
      <p>
        <StateMark tone="bad" />{" "}
        <strong>{problem === undefined ? words.broken : words.refusedHead}</strong>
      </p>
      {problem !== undefined && <ProblemLines problem={problem} />}
      <button type="button" class="button" onClick={onAgain}>
        {words.askAgain}
      </button>
    </div>
  );
}

/** Why something was refused, in the page's words where it has some, else in head office's: what, where, what to do. */
export function ProblemLines({ problem }: { readonly problem: Problem }) {
  const { type, title, detail, hint, errors = [] } = problem;
  const own = words.refusals[type] ?? refusalOf[type];
  return (
    <ul class="problem">
      <li>{own ?? title}</li>
      {detail !== undefined && <li>{detail}</li>}
      {errors.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          <code>{path}</code>: {message}
        </li>
      ))}
      {own === undefined && hint !== undefined && <li>{hint}</li>}
    </ul>
  );
}

/** One line above what it is about, with the way to ask again. */
function Notice({
  tone,
  text,
  onAgain,
}: {
  readonly tone: "bad" | "warn";
  readonly text: string;
  readonly onAgain: () => void;
}) {
  return (
    <div class={`banner tone-back-${tone}`}>
      <StateMark tone={tone} />
      <p>
        <output>{text}</output>
      </p>
      <button type="button" class="button" onClick={onAgain}>
        {words.askAgain}
      </button>
    </div>
  );
}
