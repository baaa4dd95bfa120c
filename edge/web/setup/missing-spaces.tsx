import { spaceNumbers } from "./cameras.ts";
import { choose, tool, upcoming, wantedNumber } from "./editor.ts";
import { missing } from "./missing.ts";
import { rangesOf } from "./numbering.ts";
import { words } from "./words.ts";

/** Ranges shown at once; a house of ten thousand spaces is drawn camera by camera. */
const shownMost = 24;

/** What is still to be drawn; a tap says which is next. */
export function MissingSpaces() {
  if (spaceNumbers.value.length === 0) return null;
  const ranges = rangesOf(missing.value);
  if (ranges.length === 0) {
    return <p class="tone-ok">● {words.allDrawn}</p>;
  }
  const shown = ranges.slice(0, shownMost);
  return (
    <section class="panel-part">
      <h3>
        {words.notDrawn} ({missing.value.length})
      </h3>
      <ul class="chips">
        {shown.map(({ first, last }) => (
          <li key={first}>
            <button
              type="button"
              class="chip"
              aria-pressed={tool.value === "space" && upcoming.value === first}
              onClick={() => {
                if (tool.peek() !== "space") choose("space");
                wantedNumber.value = first;
              }}
            >
              {first === last ? first : `${first}–${last}`}
            </button>
          </li>
        ))}
        {ranges.length > shown.length && <li class="quiet">…</li>}
      </ul>
      <p class="quiet">{words.notDrawnHint}</p>
    </section>
  );
}
