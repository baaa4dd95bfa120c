import { nextTryText } from "./banners.tsx";
import { news, tryNow } from "./connection.ts";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { words } from "./words.ts";

/** The page before its first news: everything in its place, nothing said yet. */
export function KioskSkeleton() {
  const isOffline = news.value === "offline";
  return (
    <div class="kiosk" aria-busy={!isOffline}>
      <header class="top-bar">
        <span class="skeleton skeleton-title" />
      </header>
      {isOffline && (
        <div class="banner tone-back-bad">
          <StateMark tone="bad" />
          <p>
            <output>
              <strong>{words.offline}</strong>
            </output>{" "}
            {nextTryText()}
          </p>
          <button type="button" class="button" onClick={tryNow}>
            {words.tryNow}
          </button>
        </div>
      )}
      <main>
        <output class="visually-hidden">{words.lookingAround}</output>
        <div class="lane-row">
          {[0, 1, 2, 3].map((lane) => (
            <span key={lane} class="skeleton skeleton-lane" />
          ))}
        </div>
        <div class="below">
          <span class="skeleton skeleton-plan" />
          <span class="skeleton skeleton-plan" />
        </div>
      </main>
    </div>
  );
}
