import type { AlertView } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { resolveAlert } from "./api.ts";
import { news } from "./connection.ts";
import { words } from "./words.ts";

/** Presses on one alert: one at a time, and why the last was refused ("": it was not). */
export function useAlertPress({ alert_id: alertId }: AlertView) {
  const isAsking = useSignal(false);
  const refusal = useSignal("");
  const press = async (act: typeof resolveAlert): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const answer = await act(alertId);
    isAsking.value = false;
    if (answer.kind === "refused") refusal.value = answer.problem.title;
    else refusal.value = answer.kind === "ok" ? "" : words.offline;
  };
  return {
    press: (act: typeof resolveAlert): void => void press(act),
    isAsking: isAsking.value,
    refusal: refusal.value,
  };
}

/** A button beside an alert; it rests while an answer is awaited or there is nobody to ask. */
export function AlertButton({
  isPrimary = false,
  isAsking,
  onClick,
  children,
}: {
  readonly isPrimary?: boolean;
  readonly isAsking: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class={`button${isPrimary ? " primary" : ""}`}
      disabled={isAsking || news.value !== "live"}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
