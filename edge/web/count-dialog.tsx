import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { news } from "./connection.ts";
import { countWords } from "./count-words.ts";
import {
  choose,
  isCounting,
  isKeepable,
  keep,
  marks,
  method,
  methods,
  scope,
  scopes,
  startOver,
  tap,
  total,
  walked,
} from "./counting.ts";

/** Walking past spaces and saying what is true. What was entered stays until it is kept or given up. */
export function CountDialog() {
  return isCounting.value ? <Dialog /> : null;
}

function Dialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    dialog.current?.close();
    isCounting.value = false;
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isAsking.value || !isKeepable.value) return;
    isAsking.value = true;
    trouble.value = (await keep()) ?? "";
    isAsking.value = false;
  };
  return (
    <dialog
      ref={dialog}
      class="sheet count-sheet"
      aria-labelledby="count-title"
      onCancel={(event) => {
        event.preventDefault();
        if (!isAsking.value) close();
      }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <header>
          <h2 id="count-title">{countWords.title}</h2>
          <button type="button" class="link" onClick={startOver}>
            {countWords.startOver}
          </button>
        </header>
        <Where />
        <How />
        <p class="quiet">{countWords.hints[method.value]}</p>
        {method.value === "total" ? <Total /> : <Spaces />}
        {trouble.value === "" ? (
          <p class="sheet-said">{summary()}</p>
        ) : (
          <p class="sheet-said tone-bad" role="alert">
            <StateMark tone="bad" /> {trouble.value}
          </p>
        )}
        <footer>
          <button type="button" class="button act" disabled={isAsking.value} onClick={close}>
            <span>{countWords.back}</span>
            <kbd>Esc</kbd>
          </button>
          <button
            type="submit"
            class="button act primary"
            disabled={isAsking.value || !isKeepable.value || news.value !== "live"}
          >
            <span>{isAsking.value ? countWords.keeping : countWords.keep}</span>
            <kbd>⏎</kbd>
          </button>
        </footer>
      </form>
    </dialog>
  );
}

function summary(): string {
  const [count, of] = [marks.value.size, walked.value.length];
  if (of === 0) return countWords.noSpaces;
  if (method.value === "total") return "";
  return method.value === "each" ? countWords.entered(count, of) : countWords.marked(count, of);
}

function Where() {
  return (
    <label class="count-where">
      <span>{countWords.where}</span>
      <select
        value={`${scope.value?.kind} ${scope.value?.id}`}
        onChange={(event) => {
          const wanted = scopes.peek()[event.currentTarget.selectedIndex];
          if (wanted !== undefined) choose({ kind: wanted.kind, id: wanted.id });
        }}
      >
        {scopes.value.map(({ kind, id, name }) => (
          <option key={`${kind} ${id}`} value={`${kind} ${id}`}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function How() {
  return (
    <fieldset class="count-how">
      <legend class="visually-hidden">{countWords.how}</legend>
      {methods.map((each) => (
        <label key={each} class="choice">
          <input
            type="radio"
            name="method"
            checked={method.value === each}
            onChange={() => {
              method.value = each;
              startOver();
            }}
          />
          <span>{countWords.methods[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Total() {
  return (
    <label class="note">
      <span>{countWords.occupied}</span>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={walked.value.length}
        value={total.value ?? ""}
        onInput={(event) => {
          const count = event.currentTarget.valueAsNumber;
          total.value =
            Number.isInteger(count) && count >= 0 && count <= walked.value.length
              ? count
              : undefined;
        }}
      />
    </label>
  );
}

function Spaces() {
  return (
    <ul class="count-spaces">
      {walked.value.map((space) => (
        <Space key={space.space_id} space={space} />
      ))}
    </ul>
  );
}

/** As shown, or as it truly is. */
function Space({ space }: { readonly space: SpaceView }) {
  const mark = marks.value.get(space.space_id);
  const { text, look } = lookOf(space, mark?.occupied);
  return (
    <li>
      <button
        type="button"
        class={`count-space ${look}`}
        aria-pressed={mark !== undefined}
        onClick={() => tap(space)}
      >
        <strong>{space.number}</strong>
        <small>{text}</small>
      </button>
    </li>
  );
}

function lookOf({ status }: SpaceView, truth: boolean | undefined): { text: string; look: string } {
  if (truth !== undefined) {
    const text = truth ? countWords.isTaken : countWords.isFree;
    return { text, look: `marked ${truth ? "taken" : "free"}` };
  }
  if (method.value === "each") return { text: "–", look: "blank" };
  if (status === "occupied") return { text: countWords.taken, look: "taken" };
  if (status === "free") return { text: countWords.free, look: "free" };
  return { text: countWords.unknown, look: "blank" };
}
