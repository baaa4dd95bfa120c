import "./confirmed-act.css";
import { useSignal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { filterWords as words } from "./filter-words.ts";
import { type NotDone, Refused } from "./refused.tsx";

/** An act that cannot be undone: asked for twice, and what was refused is said where it was asked. */
export function ConfirmedAct({
  name,
  question,
  act,
  onDone,
}: {
  /** What is done: "Delete". */
  readonly name: string;
  /** What is asked before it is done: "Delete this report?" */
  readonly question: string;
  readonly act: () => Promise<Told<unknown>>;
  readonly onDone: () => void;
}) {
  const step = useSignal<"resting" | "asked" | "acting">("resting");
  const notDone = useSignal<NotDone | undefined>(undefined);
  const go = async (): Promise<void> => {
    step.value = "acting";
    const told = await act();
    step.value = "resting";
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind === "ok") onDone();
  };
  if (step.value === "resting")
    return (
      <div class="confirmed-act">
        <button type="button" class="link" onClick={() => (step.value = "asked")}>
          {name}
        </button>
        <Refused told={notDone.value} />
      </div>
    );
  return (
    <div class="confirmed-act">
      <span>{question}</span>
      <button
        type="button"
        class="button"
        disabled={step.value === "acting"}
        onClick={() => void go()}
      >
        {name}
      </button>
      <button type="button" class="link" onClick={() => (step.value = "resting")}>
        {words.leaveIt}
      </button>
    </div>
  );
}
