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
      <button
        type="submit"
        class={isPrimary ? "button primary" : "button"}
        disabled={isAsking.value}
      >
        {act}
      </button>
    </form>
  );
}
