import { fillBetween } from "./drafting.ts";
import type { DrawnZone, Shape } from "./drawing.ts";
import { changeSelected, complaints, corner, removeSelected, selectedShapes } from "./editor.ts";
import { duplicate, nextCorner, removeCorner } from "./keys.ts";
import { missing } from "./missing.ts";
import { words } from "./words.ts";

/** Numbers offered while a name is typed. */
const offeredMost = 200;

/** The one shape that is chosen, or how many. */
export function ChosenShape() {
  const chosen = selectedShapes.value;
  const [shape] = chosen;
  if (shape === undefined) return <p class="quiet">{words.nothingChosen}</p>;
  const isPair = chosen.length === 2 && chosen.every(isFillable);
  return (
    <section class="panel-part chosen-shape">
      <h3>{chosen.length > 1 ? words.many(chosen.length) : words[shape.kind]}</h3>
      {chosen.length === 1 && <Fields key={shape.key} shape={shape} />}
      <div class="acts">
        {isPair && (
          <button type="button" class="button primary" onClick={fillBetween}>
            {words.fillBetween}
          </button>
        )}
        {chosen.length === 1 && shape.kind === "line" && (
          <button
            type="button"
            class="button"
            onClick={() =>
              changeSelected((each) => ({ ...each, points: each.points.toReversed() }))
            }
          >
            {words.turnAround}
          </button>
        )}
        {chosen.length === 1 && (
          <button type="button" class="button" onClick={nextCorner}>
            {words.nextCorner} <kbd>.</kbd>
          </button>
        )}
        {chosen.length === 1 && mayLoseCorner(shape) && (
          <button type="button" class="button" onClick={removeCorner}>
            {words.removeCorner}
          </button>
        )}
        <button type="button" class="button" onClick={duplicate}>
          {words.duplicate} <kbd>Ctrl D</kbd>
        </button>
        <button type="button" class="button" onClick={removeSelected}>
          {words.remove} <kbd>Del</kbd>
        </button>
      </div>
    </section>
  );
}

const isFillable = ({ kind, points }: Shape): boolean => kind === "space" && points.length === 4;

const mayLoseCorner = (shape: Shape): boolean =>
  corner.value !== undefined && shape.kind !== "line" && shape.points.length > 3;

function Fields({ shape }: { readonly shape: Shape }) {
  const wrong = complaints.value.filter(({ kind, id }) => kind === shape.kind && id === shape.id);
  return (
    <>
      <label class="field">
        <span>{shape.kind === "space" ? words.number : words.name}</span>
        <input
          type="text"
          value={shape.id}
          maxLength={64}
          list={shape.kind === "space" ? "space-numbers" : undefined}
          autoComplete="off"
          onChange={(event) => {
            const id = event.currentTarget.value.trim();
            if (id === "") event.currentTarget.value = shape.id;
            else if (id !== shape.id) changeSelected((each) => ({ ...each, id }));
          }}
        />
      </label>
      {shape.kind === "space" && (
        <datalist id="space-numbers">
          {missing.value.slice(0, offeredMost).map((number) => (
            <option key={number}>{number}</option>
          ))}
        </datalist>
      )}
      {wrong.length > 0 && (
        <p class="tone-warn" role="alert">
          ▲ {shape.id} {wrong.map(({ flaw }) => words.flaws[flaw]).join(", ")}.
        </p>
      )}
      {shape.kind === "zone" && <Uses zone={shape} />}
      {shape.kind === "line" && <p class="quiet">{words.lineHint}</p>}
    </>
  );
}

const uses = ["entry", "exit", "area"] as const;

function Uses({ zone }: { readonly zone: DrawnZone }) {
  return (
    <fieldset class="uses">
      <legend>{words.zoneUse}</legend>
      {uses.map((use) => (
        <label key={use} class="tick">
          <input
            type="radio"
            name="use"
            checked={zone.use === use}
            onChange={() =>
              changeSelected((each) => (each.kind === "zone" ? { ...each, use } : each))
            }
          />
          {words.uses[use]}
        </label>
      ))}
    </fieldset>
  );
}
