import "../frame/filters.css";
import type { OfficeAlert } from "@gatehouse/shared/contracts/alerts/at-office";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { type NotDone, Refused } from "../frame/refused.tsx";
import { alertPageWords as words } from "./alert-page-words.ts";

/** What somebody does about an alert: looks after it, with a note; closes one that head office has raised. */
export function AlertActs({
  alert,
  path,
  onDone,
}: {
  readonly alert: OfficeAlert;
  readonly path: string;
  readonly onDone: () => void;
}) {
  const requestId = useSignal(crypto.randomUUID());
  const note = useSignal("");
  const isAsking = useSignal(false);
  const notDone = useSignal<NotDone | undefined>(undefined);
  const acknowledge = async (): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const told = await ask("POST", `${path}/acknowledge`, nothing, {
      request_id: requestId.value,
      note: note.value,
    });
    isAsking.value = false;
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind === "unreachable") return;
    requestId.value = crypto.randomUUID();
    if (told.kind === "ok") {
      note.value = "";
      onDone();
    }
  };
  return (
    <form
      class="filters"
      aria-label={words.lookAfter}
      onSubmit={(event) => {
        event.preventDefault();
        void acknowledge();
      }}
    >
      <label>
        <span>{words.note}</span>
        <input
          value={note.value}
          maxlength={500}
          placeholder={words.notePlaceholder}
          autocomplete="off"
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary" disabled={isAsking.value}>
        {alert.acknowledged === null ? words.lookAfter : words.lookAfterToo}
      </button>
      {alert.source === "head-office" ? (
        <ConfirmedAct
          name={words.closeIt}
          question={words.closeQuestion}
          act={() => ask("POST", `${path}/resolve`, nothing)}
          onDone={onDone}
        />
      ) : (
        <p class="quiet">{words.atFacility}</p>
      )}
      <Refused told={notDone.value} />
    </form>
  );
}
