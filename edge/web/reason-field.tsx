import type { Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { laneWords } from "./lane-words.ts";

/** What the contracts allow. */
const reasonMax = 200;

/** Why something is done: a tap on what is usual, or words of one's own. */
export function ReasonField({
  reason,
  usual = laneWords.reasons,
}: {
  readonly reason: Signal<string>;
  readonly usual?: readonly string[];
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="note reason-field">
      <label class="note">
        <span>{laneWords.reason}</span>
        <input
          ref={input}
          type="text"
          maxLength={reasonMax}
          value={reason}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
      </label>
      <p class="chips">
        {usual.map((each) => (
          <button
            key={each}
            type="button"
            class="button chip"
            aria-pressed={reason.value === each}
            onClick={() => {
              reason.value = each;
              // Enter now confirms the sheet and does not press this again.
              input.current?.focus();
            }}
          >
            {each}
          </button>
        ))}
      </p>
    </div>
  );
}
