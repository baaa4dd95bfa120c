import { OfficeNewsBanner } from "./banner.tsx";
import { words } from "./words.ts";

/** The page before its first news: everything in its place, nothing said yet. */
export function OfficeSkeleton() {
  return (
    <div class="office" aria-busy="true">
      <header class="top">
        <div>
          <h1>{words.office}</h1>
          <span class="skeleton skeleton-sentence" />
        </div>
      </header>
      <OfficeNewsBanner />
      <main class="facilities-and-closeup">
        <output class="visually-hidden">{words.lookingAround}</output>
        <div class="rows">
          {[0, 1, 2, 3, 4].map((row) => (
            <span key={row} class="skeleton skeleton-row" />
          ))}
        </div>
      </main>
    </div>
  );
}
