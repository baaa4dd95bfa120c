import { isBrightened } from "./panels.ts";
import { isWhole, showWhole, zoomBy, zoomStep } from "./stage-view.ts";
import { words } from "./words.ts";

/** Zoom and light, at the picture's edge. */
export function StageTools() {
  return (
    <div class="stage-tools">
      <button
        type="button"
        class="button"
        aria-label={words.zoomIn}
        onClick={() => zoomBy(zoomStep)}
      >
        +
      </button>
      <button
        type="button"
        class="button"
        aria-label={words.zoomOut}
        onClick={() => zoomBy(1 / zoomStep)}
      >
        −
      </button>
      <button
        type="button"
        class="button"
        aria-label={words.fit}
        disabled={isWhole.value}
        onClick={showWhole}
      >
        ⤢
      </button>
      <button
        type="button"
        class="button"
        aria-label={words.brighten}
        aria-pressed={isBrightened.value}
        onClick={() => (isBrightened.value = !isBrightened.value)}
      >
        ☀
      </button>
    </div>
  );
}
