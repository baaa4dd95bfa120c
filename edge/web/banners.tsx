import { StateMark } from "../../shared/web/state-mark.tsx";
import { news, silence, tryNow, untilNextTry } from "./connection.ts";
import { lastTold } from "./facility-time.ts";
import { countText, durationText, timeText } from "./format.ts";
import { facility, sync } from "./model.ts";
import { words } from "./words.ts";

/** How far the page can be trusted, when it cannot be trusted whole. */
export function NewsBanner() {
  const zone = facility.value?.timezone;
  const asOf =
    zone === undefined
      ? ""
      : words.asOf(timeText(lastTold.value, zone), durationText(silence.value));
  switch (news.value) {
    case "loading":
    case "live":
      return null;
    case "stale":
      return (
        <div class="banner tone-back-warn">
          <StateMark tone="warn" />
          <p>
            <strong>{words.stale(durationText(silence.value))}</strong> {asOf}
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
            {asOf} {nextTryText()}
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

export const nextTryText = (): string =>
  untilNextTry.value > 0
    ? words.tryAgainIn(durationText(untilNextTry.value + 999))
    : words.tryingNow;

/** The internet is gone and the car park goes on: said once, where it is always seen. */
export function OfficeBanner() {
  if (sync.value?.state !== "offline") return null;
  return (
    <div class="banner thin tone-back-warn">
      <StateMark tone="warn" />
      <p>{words.officeOfflineLong(countText(sync.value.queued))}</p>
    </div>
  );
}
