import { durationText } from "../../shared/web/duration.ts";
import { NewsBanner } from "../../shared/web/news-banner.tsx";
import { news, overview, silenceMs, tryNow, untilNextTryMs } from "./connection.ts";
import { words } from "./words.ts";

/** How far head office's news can be trusted. */
export function OfficeNewsBanner() {
  // Stale news are said with their age already.
  const isOld = news.value === "offline" && overview.value !== undefined;
  return (
    <NewsBanner
      news={news.value}
      silenceMs={silenceMs.value}
      untilNextTryMs={untilNextTryMs.value}
      asOf={isOld ? words.asOfLong(durationText(silenceMs.value)) : ""}
      words={words}
      onTryNow={tryNow}
    />
  );
}
