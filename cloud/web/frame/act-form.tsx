import "./act-form.css";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { ask, type Contract } from "../../../shared/web/ask.ts";
import { type NotDone, Refused } from "./refused.tsx";

/**
 * A form that asks head office to change something. A try that was lost is asked for again under the same id; what was
 * refused is said below the fields.
 */
export function ActForm<T>({
  label,
  path,
  contract,
  bodyOf,
  acts,
  children,
  onDone,
  onCancel,
  withRequestId = true,
}: {
  /** What the form does, for those who hear it. */
  readonly label: string;
  readonly path: string;
  readonly contract: Contract<T>;
  /** What is asked for, without its request id. */
  readonly bodyOf: (form: FormData) => object;
  readonly acts: { readonly save: string; readonly cancel: string };
  readonly children: ComponentChildren;
  readonly onDone: (value: T) => void;
  readonly onCancel: () => void;
  /** False where what is asked for has an id of its own. */
  readonly withRequestId?: boolean;
}) {
  const requestId = useSignal(crypto.randomUUID());
  const isAsking = useSignal(false);
  const notDone = useSignal<NotDone | undefined>(undefined);
  const submit = async (form: FormData): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const body = withRequestId ? { request_id: requestId.value, ...bodyOf(form) } : bodyOf(form);
    const told = await ask("POST", path, contract, body);
    isAsking.value = false;
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind !== "unreachable") requestId.value = crypto.randomUUID();
    if (told.kind === "ok") onDone(told.value);
  };
  return (
    <form
      class="act-form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      {children}
      <div class="act-form-acts">
        <button type="submit" class="button primary" disabled={isAsking.value}>
          {acts.save}
        </button>
        <button type="button" class="link" onClick={onCancel}>
          {acts.cancel}
        </button>
      </div>
      <Refused told={notDone.value} />
    </form>
  );
}

/** A field's text, trimmed; "" where it is empty. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** The lines of a field, each trimmed, without empty ones. */
export const linesIn = (form: FormData, name: string): string[] =>
  textIn(form, name)
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** What is ticked of a group. */
export const tickedIn = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === "string");

/** A group of boxes to tick. */
export function Ticks({
  legend,
  name,
  choices,
  ticked,
}: {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly ticked: readonly string[];
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.map(({ value, label }) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={ticked.includes(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
