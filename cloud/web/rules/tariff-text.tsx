import { useSignal } from "@preact/signals";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import type { DraftDesk } from "./draft-desk.ts";
import { tariffWords as words } from "./tariff-words.ts";
import type { Written } from "./written.ts";

/** The whole tariff as JSON; what is written counts at once where it can be read. */
export function TariffText({ desk }: { readonly desk: DraftDesk }) {
  /** What is being written; undefined: as the fields have it. */
  const typed = useSignal<string | undefined>(undefined);
  const isWrong = useSignal(false);
  const write = (text: string): void => {
    typed.value = text;
    const read = readWritten(text);
    isWrong.value = read === undefined;
    if (read !== undefined) desk.write(read);
  };
  const complaints = desk.complaints.value;
  return (
    <section class="tariff-json">
      <h2>{words.asText}</h2>
      <p class="quiet" id="tariff-json-hint">
        {words.asTextHint}
      </p>
      <textarea
        aria-label={words.asText}
        aria-describedby="tariff-json-hint"
        rows={16}
        spellcheck={false}
        value={typed.value ?? JSON.stringify(desk.tariff.value, null, 2)}
        onInput={({ currentTarget }) => write(currentTarget.value)}
        onBlur={() => {
          if (!isWrong.value) typed.value = undefined;
        }}
      />
      {isWrong.value && (
        <p role="alert">
          <StateMark tone="bad" /> {words.notJson}
        </p>
      )}
      {complaints.length > 0 && (
        <ul class="problem" aria-label={words.complaints(complaints.length)}>
          {complaints.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path}</code>: {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function readWritten(text: string): Written | undefined {
  try {
    const read: unknown = JSON.parse(text);
    const isObject = read !== null && typeof read === "object" && !Array.isArray(read);
    return isObject ? (read as Written) : undefined;
  } catch {
    return undefined;
  }
}
