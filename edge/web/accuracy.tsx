import type { AccuracyScore } from "@gatehouse/shared/contracts/accuracy";
import { useEffect } from "preact/hooks";
import { durationText } from "../../shared/web/duration.ts";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { news } from "./connection.ts";
import { countWords } from "./count-words.ts";
import { accuracy, beginCount, keepAsking, lastSaid, saidForMs, stopAsking } from "./counting.ts";
import { ageOf, realAge } from "./facility-time.ts";
import { countText, preciseText } from "./format.ts";

/** How right the system was when people looked, and the way to look again. */
export function Accuracy() {
  useEffect(() => {
    void keepAsking();
    return stopAsking;
  }, []);
  const now = accuracy.value;
  if (now === undefined) return null;
  const { days = 0, scores = [] } = now.windows.at(-1) ?? {};
  const whole = scores.filter(
    ({ zone_id: zone, accuracy: share }) => zone === null && share !== null,
  );
  const published = whole.find(({ source }) => source === "fused");
  const drifting = new Set(
    now.cameras.flatMap(({ camera_id: id, drift }) => (drift === null ? [] : [id])),
  );
  return (
    <section class="accuracy">
      <h2>{countWords.accuracy}</h2>
      {published === undefined ? (
        <p class="quiet">{countWords.nobodyCounted}</p>
      ) : (
        <Published score={published} days={days} />
      )}
      <ul>
        {whole
          .filter(({ source }) => source !== "fused")
          .map((score) => (
            <Source
              key={`${score.source} ${score.camera_id}`}
              score={score}
              isDrifting={score.camera_id !== null && drifting.has(score.camera_id)}
            />
          ))}
      </ul>
      <button type="button" class="button" disabled={news.value !== "live"} onClick={beginCount}>
        {countWords.count}
      </button>
      <Said />
    </section>
  );
}

function Published({ score, days }: { readonly score: AccuracyScore; readonly days: number }) {
  const { low, high, right, wrong } = score;
  return (
    <>
      <p class="accuracy-share">{countWords.right(preciseText(score.accuracy ?? 0))}</p>
      <small>
        {countWords.between(
          preciseText(low ?? 0),
          preciseText(high ?? 1),
          countText(right + wrong),
          days,
        )}
      </small>
    </>
  );
}

function Source({
  score,
  isDrifting,
}: {
  readonly score: AccuracyScore;
  readonly isDrifting: boolean;
}) {
  const { source, camera_id: id, accuracy: share, low, high } = score;
  const name = id === null ? (countWords.sources[source] ?? source) : countWords.camera(id);
  return (
    <li title={`${preciseText(low ?? 0)} – ${preciseText(high ?? 1)}`}>
      <StateMark tone={isDrifting ? "warn" : "calm"} /> {name}{" "}
      <strong>{preciseText(share ?? 0)}</strong> {isDrifting && countWords.drifting}
    </li>
  );
}

/** What came of a count; later, who counted last. */
function Said() {
  const said = lastSaid.value;
  const [last] = accuracy.value?.counts ?? [];
  if (said !== undefined && realAge(said.atMs) < saidForMs) {
    return (
      <output class="tone-ok">
        <StateMark tone="ok" /> {said.sentence}
      </output>
    );
  }
  return last === undefined ? null : (
    <small>{countWords.lastCount(last.by, durationText(ageOf(last.at)))}</small>
  );
}
