import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Told } from "../../../shared/web/ask.ts";
import { type NotDone, Refused } from "../frame/refused.tsx";

/** What is typed into a form's field of this name; "" where it has none. */
export type Typed = (name: string) => string;

/** A few fields and the one thing they are for; what was refused stands above its button. */
export function OwnForm<T>({
  label,
  act,
  send,
  onDone,
  isWide = false,
  isPrimary = false,
  cancel,
  children,
}: {
  /** What it is, for those who hear the page. */
  readonly label: string;
  /** What its button does. */
  readonly act: string;
  readonly send: (typed: Typed, form: FormData) => Promise<Told<T>>;
  readonly onDone: (value: T) => void;
  readonly isWide?: boolean;
  readonly isPrimary?: boolean;
  /** The way out without doing it. */
  readonly cancel?: { readonly text: string; readonly go: () => void };
  readonly children: ComponentChildren;
}) {
  const isAsking = useSignal(false);
  const notDone = useSignal<NotDone | undefined>(undefined);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const data = new FormData(form);
    const typed: Typed = (name) => {
      const value = data.get(name);
      return typeof value === "string" ? value : "";
    };
    const told = await send(typed, data);
    isAsking.value = false;
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind !== "ok") return;
    form.reset();
    onDone(told.value);
  };
  return (
    <form
      class={isWide ? "account-form account-form-wide" : "account-form"}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {children}
      <Refused told={notDone.value} />
      <div class="form-acts">
        <button
          type="submit"
          class={isPrimary ? "button primary" : "button"}
          disabled={isAsking.value}
        >
          {act}
        </button>
        {cancel !== undefined && (
          <button type="button" class="link" onClick={cancel.go}>
            {cancel.text}
          </button>
        )}
      </div>
    </form>
  );
}
