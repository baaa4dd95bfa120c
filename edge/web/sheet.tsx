import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { words } from "./words.ts";

export interface SheetProps {
  /** Of the title, for those who hear the page. */
  readonly id: string;
  readonly title: string;
  /** Shown in the head beside the title. */
  readonly beside?: ComponentChildren;
  readonly isWide?: boolean;
  /** While an answer is awaited the sheet stays. */
  readonly isBusy?: boolean;
  readonly children: ComponentChildren;
  /** Where it is left out, the sheet is no form and has only its way back. */
  readonly submit?: { readonly text: string; readonly isPossible: boolean; press(): void };
  onClose(): void;
}

/** A sheet over the page: a title, what it is about, the way back (Esc), and at most one act (Enter). */
export function Sheet(props: SheetProps) {
  const { id, title, isBusy = false, submit } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key is heard: fast fingers press the lane's key and the choice's at once.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    // Closed before it goes, so that the focus returns to where it came from.
    dialog.current?.close();
    props.onClose();
  };
  return (
    <dialog
      ref={dialog}
      class={`sheet${props.isWide === true ? " sheet-wide" : ""}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!isBusy) close();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && submit?.isPossible === true) submit.press();
        }}
      >
        <header>
          <h2 id={id}>{title}</h2>
          {props.beside}
        </header>
        {props.children}
        <footer>
          <button type="button" class="button act" disabled={isBusy} onClick={close}>
            <span>{words.back}</span>
            <kbd>Esc</kbd>
          </button>
          {submit !== undefined && (
            <button
              type="submit"
              class="button act primary"
              disabled={isBusy || !submit.isPossible}
            >
              <span>{submit.text}</span>
              <kbd>⏎</kbd>
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

/** What came of the last press, or what is still missing: in one place, so that nothing jumps. */
export function Said({ trouble, hint }: { readonly trouble: string; readonly hint?: string }) {
  if (trouble === "") return <p class="sheet-said">{hint ?? "\u00A0"}</p>;
  return (
    <p class="sheet-said tone-bad" role="alert">
      <StateMark tone="bad" /> {trouble}
    </p>
  );
}
