import { useSignal } from "@preact/signals";
import { codeTrouble, isAsking, takeCode } from "./paying.ts";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

/** A shop gave the driver a code: it is typed once, and taken off. */
export function CodeForm() {
  const code = useSignal("");
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isAsking.value || code.value.trim() === "") return;
    if (await takeCode(code.value.trim())) code.value = "";
  };
  return (
    <details class="driver-code">
      <summary>{words.haveCode}</summary>
      <form onSubmit={(event) => void submit(event)}>
        <label class="driver-field">
          <span>{words.code}</span>
          <input
            required
            maxLength={20}
            autocapitalize="characters"
            autocomplete="off"
            value={code.value}
            onInput={({ currentTarget }) => (code.value = currentTarget.value)}
          />
        </label>
        <button class="button" type="submit" disabled={isAsking.value}>
          {words.takeCode}
        </button>
      </form>
      <Trouble told={codeTrouble.value} />
    </details>
  );
}
