import { StateMark } from "../../shared/web/state-mark.tsx";
import { news, overview, silenceMs, tryNow, untilNextTryMs } from "./connection.ts";
import { durationText } from "./format.ts";
import { words } from "./words.ts";

/** How far the page can be trusted, when it cannot be trusted whole. */
export function NewsBanner() {
  const age = overview.value === undefined ? "" : words.asOfLong(durationText(silenceMs.value));
  switch (news.value) {
    case "loading":
    case "live":
      return null;
    case "stale":
      return (
        <div class="banner tone-back-warn">
          <StateMark tone="warn" />
          <p>
            <strong>{words.stale(durationText(silenceMs.value))}</strong>
          </p>
        </div>
      );
    case "offline":
      return (
        <div class="banner tone-back-bad">
          <StateMark tone="bad" />
          <p>
            <output>
              <strong>{words.offline}</strong>
            </output>{" "}
            {age}{" "}
            {untilNextTryMs.value > 0
              ? words.tryAgainIn(durationText(untilNextTryMs.value + 999))
              : words.tryingNow}
          </p>
          <button type="button" class="button" onClick={tryNow}>
            {words.tryNow}
          </button>
        </div>
      );
    case "broken":
      return (
        <div class="banner tone-back-bad">
          <StateMark tone="bad" />
          <p>
            <output>
              <strong>{words.broken}</strong>
            </output>{" "}
            {words.brokenHint}
          </p>
          <button type="button" class="button" onClick={() => location.reload()}>
            {words.reload}
          </button>
        </div>
      );
  }
}
