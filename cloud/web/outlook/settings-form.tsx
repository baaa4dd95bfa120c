import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { type NotDone, Refused } from "../frame/refused.tsx";
import { newRequestId } from "../people-state.ts";

/**
 * A form that sets something of a facility, behind a disclosure. What was refused is said below it; a try that was lost
 * is asked for again under the same id.
 *
 * @param orderOf what is sent besides the id of the request
 */
export function SettingsForm({
  title,
  path,
  orderOf,
  onKept,
  save,
  saved,
  children,
}: {
  readonly title: string;
  readonly path: string;
  readonly orderOf: (form: FormData) => object;
  readonly onKept: () => void;
  readonly save: string;
  /** What is said when it is done. */
  readonly saved: string;
  readonly children: ComponentChildren;
}) {
  const requestId = useSignal(newRequestId());
  const isAsking = useSignal(false);
  const isKept = useSignal(false);
  const notDone = useSignal<NotDone | undefined>(undefined);
  const submit = async (form: FormData): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    isKept.value = false;
    const body = { request_id: requestId.value, ...orderOf(form) };
    const told = await ask("POST", path, nothing, body);
    isAsking.value = false;
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind !== "unreachable") requestId.value = newRequestId();
    if (told.kind !== "ok") return;
    isKept.value = true;
    onKept();
  };
  return (
    <details>
      <summary>{title}</summary>
      <form
        class="settings-form"
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        {children}
        <button type="submit" class="button" disabled={isAsking.value}>
          {save}
        </button>
        <p>
          <output>{isKept.value ? saved : ""}</output>
        </p>
        <Refused told={notDone.value} />
      </form>
    </details>
  );
}

/** A whole or broken number of such a form. */
export function NumberField({
  name,
  label,
  value,
  least,
  most,
  step = 1,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step?: number | "any";
}) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        name={name}
        required
        min={least}
        max={most}
        step={step}
        defaultValue={String(value)}
      />
    </label>
  );
}

/** A text of such a form, over its whole width. */
export function TextField({
  name,
  label,
  value = "",
  most,
}: {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly most: number;
}) {
  return (
    <label class="wide">
      <span>{label}</span>
      <input name={name} required maxlength={most} defaultValue={value} autocomplete="off" />
    </label>
  );
}
