import {
  forgetRow,
  isRowBackwards,
  placeRow,
  rowCount,
  rowEnds,
  rowFirst,
  rowMost,
  rowPreview,
} from "./drafting.ts";
import { upcoming } from "./editor.ts";
import { knownNumbers } from "./cameras.ts";
import { rangesOf } from "./numbering.ts";
import { words } from "./words.ts";

/** How many spaces stand between two ends, and what they are called. */
export function RowForm() {
  const ends = rowEnds.value;
  if (ends?.last === undefined) return null;
  const row = rowPreview.value;
  const unknown = rangesOf(
    (row ?? []).map(({ id }) => id).filter((id) => !knownNumbers.value.has(id)),
  ).map(({ first, last }) => (first === last ? first : `${first}–${last}`));
  return (
    <form
      class="panel-part row-form"
      onSubmit={(event) => {
        event.preventDefault();
        placeRow();
      }}
    >
      <h3>{words.row}</h3>
      <label class="field">
        <span>{words.howMany}</span>
        <input
          type="number"
          inputMode="numeric"
          min={ends.keys === undefined ? 2 : 3}
          max={rowMost}
          value={rowCount.value}
          onInput={(event) => {
            const count = event.currentTarget.valueAsNumber;
            if (Number.isInteger(count) && count >= 2 && count <= rowMost) rowCount.value = count;
          }}
        />
      </label>
      <label class="field">
        <span>{words.firstNumber}</span>
        <input
          type="text"
          autoComplete="off"
          value={rowFirst.value ?? upcoming.value}
          onInput={(event) => {
            const number = event.currentTarget.value.trim();
            rowFirst.value = number === "" ? undefined : number;
          }}
        />
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={isRowBackwards.value}
          onChange={() => (isRowBackwards.value = !isRowBackwards.value)}
        />
        {words.backwards}
      </label>
      {row === undefined && <p class="tone-warn">▲ {words.noRow}</p>}
      {unknown.length > 0 && (
        <p class="tone-warn">
          ▲ {unknown.join(", ")}: {words.noSuchSpaces}
        </p>
      )}
      <div class="acts">
        <button type="submit" class="button primary" disabled={row === undefined}>
          {words.place(row?.length ?? rowCount.value)} <kbd>⏎</kbd>
        </button>
        <button type="button" class="button" onClick={forgetRow}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
