import {
  cornersWanted,
  finish,
  forgetRow,
  hasManyCorners,
  rowEnds,
  rowPreview,
} from "./drafting.ts";
import {
  canRedo,
  canUndo,
  choose,
  draft,
  isSnapping,
  redo,
  type Tool,
  tool,
  undo,
  upcoming,
} from "./editor.ts";
import { toolKeys } from "./keys.ts";
import { words } from "./words.ts";

/** What a hand can do to the drawing; each with its key. */
export function ToolBar() {
  return (
    <div class="tool-bar">
      <div class="tool-row" role="toolbar" aria-label={words.draw}>
        {(Object.keys(toolKeys) as Tool[]).map((each) => (
          <button
            key={each}
            type="button"
            class={tool.value === each ? "button tool on" : "button tool"}
            aria-pressed={tool.value === each}
            onClick={() => {
              forgetRow();
              choose(each);
            }}
          >
            {words.tools[each]} <kbd>{toolKeys[each]}</kbd>
          </button>
        ))}
        <span class="tool-gap" />
        <button
          type="button"
          class="button tool"
          disabled={!canUndo.value && draft.value.length === 0}
          onClick={undo}
        >
          ↶ <span>{words.undo}</span>
        </button>
        <button type="button" class="button tool" disabled={!canRedo.value} onClick={redo}>
          ↷ <span>{words.redo}</span>
        </button>
        <label class="tick">
          <input
            type="checkbox"
            checked={isSnapping.value}
            onChange={() => (isSnapping.value = !isSnapping.value)}
          />
          {words.snap}
        </label>
      </div>
      <Hint />
    </div>
  );
}

/** What to do next, in one sentence. */
function Hint() {
  const isFinishable = draft.value.length >= 3 && cornersWanted.value === undefined;
  return (
    <p class="tool-hint" aria-live="polite">
      <span>
        {hint()} {left()}
      </span>
      {isFinishable && (
        <button type="button" class="link" onClick={finish}>
          {words.finish} <kbd>⏎</kbd>
        </button>
      )}
    </p>
  );
}

function hint(): string {
  const { hints } = words;
  switch (tool.value) {
    case "select":
      return hints.select;
    case "space":
      return hasManyCorners.value ? hints.manyCorners(upcoming.value) : hints.space(upcoming.value);
    case "row":
      if (rowPreview.value !== undefined) return hints.rowPlace;
      return rowEnds.value === undefined ? hints.rowFirst : hints.rowLast;
    case "zone":
      return hints.zone;
    case "line":
      return hints.line;
  }
}

function left(): string {
  const [done, wanted] = [draft.value.length, cornersWanted.value];
  return done === 0 || wanted === undefined ? "" : `(${words.cornersLeft(wanted - done)})`;
}
