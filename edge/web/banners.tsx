import { durationText } from "../../shared/web/duration.ts";
import { NewsBanner } from "../../shared/web/news-banner.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { news, silence, tryNow, untilNextTry } from "./connection.ts";
import { lastTold } from "./facility-time.ts";
import { countText, timeText } from "./format.ts";
import { facility, sync } from "./model.ts";
import { words } from "./words.ts";

/** How far the daemon's news can be trusted. */
export function DaemonNewsBanner() {
  const zone = facility.value?.timezone;
  return (
    <NewsBanner
      news={news.value}
      silenceMs={silence.value}
      untilNextTryMs={untilNextTry.value}
      asOf={
        zone === undefined
          ? ""
          : words.asOf(timeText(lastTold.value, zone), durationText(silence.value))
      }
      words={words}
      onTryNow={tryNow}
    />
  );
}

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
