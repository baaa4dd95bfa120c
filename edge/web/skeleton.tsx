import { DaemonNewsBanner } from "./banners.tsx";
import { news } from "./connection.ts";
import { words } from "./words.ts";

/** The page before its first news: everything in its place, nothing said yet. */
export function KioskSkeleton() {
  return (
    <div class="kiosk" aria-busy={news.value !== "offline"}>
      <header class="top-bar">
        <span class="skeleton skeleton-title" />
      </header>
      <DaemonNewsBanner />
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
