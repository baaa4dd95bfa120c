import type { ComponentChildren } from "preact";
import { isoOf, type Instant } from "@gatehouse/shared/time";
import { civilMoment, wallTime } from "@gatehouse/shared/civil-moment";
import type { DraftDesk } from "./draft-desk.ts";
import { tariffWords as words } from "./tariff-words.ts";
import { type Path, pathText, textAt, valueAt } from "./written.ts";

interface FieldAt {
  readonly desk: DraftDesk;
  readonly path: Path;
  /** Of its label and hint in the words. */
  readonly word: string;
}

/** A field's label, its hint, and what does not fit there. */
function Labelled({
  desk,
  path,
  word,
  children,
}: FieldAt & { readonly children: ComponentChildren }) {
  const here = pathText(path);
  const wrong = desk.complaints.value.filter(
    (each) => each.path === here || each.path.startsWith(`${here}[`),
  );
  return (
    <label class={wrong.length > 0 ? "is-wrong" : undefined}>
      <span>{words.fields[word] ?? word}</span>
      {children}
      {wrong.map(({ message }) => (
        <small class="wrong" key={message}>
          {message}
        </small>
      ))}
    </label>
  );
}

/** A place of the tariff as a text: an amount, a length of time, a name. */
export function TextField({
  mode = "text",
  ...at
}: FieldAt & { readonly mode?: "text" | "decimal" | "number" | "list" }) {
  const { desk, path, word } = at;
  // While somebody types, a blank at the end is the beginning of the next word.
  const write = (value: string): void => {
    if (value.trim() === "") return desk.put(path, undefined);
    if (mode === "list") return desk.put(path, value.trim().split(/[\s,]+/));
    desk.put(path, mode === "number" && /^\d+$/.test(value) ? Number(value) : value);
  };
  return (
    <Labelled {...at}>
      <input
        type="text"
        inputMode={mode === "decimal" ? "decimal" : mode === "number" ? "numeric" : undefined}
        value={textAt(desk.tariff.value, path)}
        placeholder={words.hints[word]}
        autocomplete="off"
        spellcheck={false}
        onChange={({ currentTarget }) => write(currentTarget.value.trim())}
        onInput={({ currentTarget }) => {
          if (mode !== "list") write(currentTarget.value);
        }}
      />
    </Labelled>
  );
}

/** A place of the tariff that is one of a few words. @param usual nothing written: as the engine takes it */
export function ChoiceField({
  choices,
  hasUsual = true,
  ...at
}: FieldAt & { readonly choices: readonly string[]; readonly hasUsual?: boolean }) {
  const { desk, path } = at;
  const value = textAt(desk.tariff.value, path);
  return (
    <Labelled {...at}>
      <select
        value={value}
        onChange={({ currentTarget }) => desk.put(path, currentTarget.value || undefined)}
      >
        {hasUsual && <option value="">{words.usual}</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {words.choices[choice] ?? choice}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A moment, on the facility's wall clock. */
export function MomentField(at: FieldAt) {
  const { desk, path } = at;
  const { timezone } = desk.facility;
  const value = valueAt(desk.tariff.value, path);
  const written = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return (
    <Labelled {...at}>
      <input
        type="datetime-local"
        value={Number.isNaN(written) ? "" : wallTime(written as Instant, timezone)}
        onChange={({ currentTarget }) => {
          const moment = civilMoment(currentTarget.value, timezone);
          desk.put(path, moment === undefined ? undefined : isoOf(moment));
        }}
      />
    </Labelled>
  );
}
