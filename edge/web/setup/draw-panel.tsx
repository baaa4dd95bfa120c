import { ChosenShape } from "./chosen-shape.tsx";
import { hasManyCorners } from "./drafting.ts";
import { complaints, drawing, numberOf, select, selected, tool } from "./editor.ts";
import { MissingSpaces } from "./missing-spaces.tsx";
import { RowForm } from "./row-form.tsx";
import { words } from "./words.ts";

/** What the tool in hand needs, what is chosen, what is still missing, and everything that is drawn here. */
export function DrawPanel() {
  return (
    <>
      {tool.value === "select" && <ChosenShape />}
      {tool.value === "space" && (
        <label class="tick">
          <input
            type="checkbox"
            checked={hasManyCorners.value}
            onChange={() => (hasManyCorners.value = !hasManyCorners.value)}
          />
          {words.manyCorners}
        </label>
      )}
      {tool.value === "row" && <RowForm />}
      <MissingSpaces />
      <DrawnHere />
    </>
  );
}

/** By name, for those who do not find a shape on the picture; what is wrong is said beside it. */
function DrawnHere() {
  const shapes = drawing.value?.shapes ?? [];
  if (shapes.length === 0) return <p class="empty">{words.nothingHere}</p>;
  return (
    <section class="panel-part">
      <h3>{words.drawnHere(shapes.length)}</h3>
      <ul class="chips">
        {shapes.map((shape) => {
          const wrong = complaints.value.filter(
            ({ kind, id }) => kind === shape.kind && id === shape.id,
          );
          return (
            <li key={shape.key}>
              <button
                type="button"
                class={wrong.length > 0 ? "chip flawed" : "chip"}
                aria-pressed={selected.value.has(shape.key)}
                title={wrong.map(({ flaw }) => words.flaws[flaw]).join(", ")}
                onClick={() => select([shape.key])}
              >
                {wrong.length > 0 && "▲ "}
                {shape.kind === "space" ? numberOf(shape) : shape.id}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
