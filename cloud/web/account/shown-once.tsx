import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { ownWords as words } from "./own-words.ts";

/** A secret that is shown this once: what to do with it, the secret itself, and a way to copy it. */
export function ShownOnce({
  hint,
  copied,
  doneText,
  onDone,
  children,
}: {
  readonly hint: string;
  /** What is copied. */
  readonly copied: string;
  readonly doneText: string;
  readonly onDone: () => void;
  readonly children: ComponentChildren;
}) {
  const isCopied = useSignal(false);
  return (
    <div class="shown-once" aria-live="polite">
      <p>{hint}</p>
      {children}
      <div class="form-acts">
        <button
          type="button"
          class="button"
          onClick={() =>
            void navigator.clipboard.writeText(copied).then(() => (isCopied.value = true))
          }
        >
          {isCopied.value ? words.copied : words.copy}
        </button>
        <button type="button" class="link" onClick={onDone}>
          {doneText}
        </button>
      </div>
    </div>
  );
}
