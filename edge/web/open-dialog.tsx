import {
  overrideReasons,
  type LaneView,
  type Me,
  type OverrideReason,
} from "@gatehouse/shared/contracts/kiosk";
import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Plate } from "../../shared/web/plate.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { askedWords } from "./asked-words.ts";
import { news } from "./connection.ts";
import { moneyText } from "./format.ts";
import { facility, laneSignal } from "./model.ts";
import { newRequestId, openingLane, press, type Outcome } from "./opening.ts";
import { shown } from "./showing.ts";
import { words } from "./words.ts";

/** What the contract allows. */
const noteMax = 200;

/** Opening by hand: a reason, one press, and what came of it. */
export function OpenDialog({ me }: { readonly me: Me }) {
  const laneId = openingLane.value;
  const lane = laneId === undefined ? undefined : laneSignal(laneId)?.value;
  if (lane === undefined) return null;
  return <Dialog key={lane.lane_id} lane={lane} me={me} />;
}

function Dialog({ lane, me }: { readonly lane: LaneView; readonly me: Me }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const reason = useSignal<OverrideReason | undefined>(undefined);
  const note = useSignal("");
  const requestId = useSignal(newRequestId());
  const isAsking = useSignal(false);
  const trouble = useSignal<Exclude<Outcome, { kind: "opened" }> | undefined>(undefined);
  /** The session this opening is for: the one that stood at the lane when the dialog opened. */
  const sessionId = useRef(lane.session_id);
  const close = (): void => {
    // Closed before it goes, so that the focus returns to where it came from.
    dialog.current?.close();
    openingLane.value = undefined;
  };

  // Before the next key is heard: fast fingers press the lane's key and the reason's at once.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
      const chosen = overrideReasons[Number(event.key) - 1];
      if (!/^\d$/.test(event.key) || chosen === undefined) return;
      event.preventDefault();
      reason.value = chosen;
      dialog.current?.querySelector<HTMLInputElement>(`input[value="${chosen}"]`)?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const missing = missingPart(reason.value, note.value);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isAsking.value || reason.value === undefined || missing !== undefined) return;
    isAsking.value = true;
    trouble.value = undefined;
    const outcome = await press({
      laneId: lane.lane_id,
      requestId: requestId.value,
      reason: reason.value,
      note: note.value.trim(),
      sessionId: sessionId.current,
    });
    isAsking.value = false;
    if (outcome.kind === "opened") close();
    else trouble.value = outcome;
    if (outcome.kind === "refused") requestId.value = newRequestId();
  };

  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="open-title"
      onCancel={(event) => {
        event.preventDefault();
        if (!isAsking.value) close();
      }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <header>
          <h2 id="open-title">{words.openTitle(lane.name)}</h2>
          {lane.last_read !== null && (
            <Plate
              plate={lane.last_read.plate}
              raw={lane.last_read.raw_plate}
              label={words.plateLabel(lane.last_read.plate)}
            />
          )}
        </header>
        <p>{lane.sentence}</p>
        <Reasons reason={reason} />
        <label class="note">
          <span>{reason.value === "other" ? words.note : words.noteOptional}</span>
          <input
            type="text"
            maxLength={noteMax}
            value={note}
            onInput={(event) => (note.value = event.currentTarget.value)}
          />
        </label>
        <button
          type="button"
          class="link"
          onClick={() => {
            close();
            shown.value = { kind: "asked", laneId: lane.lane_id };
          }}
        >
          {askedWords.more}
        </button>
        <Consequences lane={lane} me={me} />
        <Trouble trouble={trouble.value} hint={missing} />
        <footer>
          <button type="button" class="button act" disabled={isAsking.value} onClick={close}>
            <span>{words.back}</span>
            <kbd>Esc</kbd>
          </button>
          <button
            type="submit"
            class="button act primary"
            disabled={isAsking.value || missing !== undefined || news.value !== "live"}
          >
            <span>{isAsking.value ? words.opening(lane.name) : words.open(lane.name)}</span>
            <kbd>⏎</kbd>
          </button>
        </footer>
      </form>
    </dialog>
  );
}

function missingPart(reason: OverrideReason | undefined, note: string): string | undefined {
  if (reason === undefined) return words.chooseReason;
  return reason === "other" && note.trim() === "" ? words.noteNeeded : undefined;
}

function Reasons({ reason }: { readonly reason: Signal<OverrideReason | undefined> }) {
  return (
    <fieldset class="reasons">
      <legend>{words.reason}</legend>
      {overrideReasons.map((each, index) => (
        <label key={each} class="choice">
          <input
            type="radio"
            name="reason"
            value={each}
            checked={reason.value === each}
            onChange={() => (reason.value = each)}
          />
          <span>
            {words.reasons[each]} <kbd>{index + 1}</kbd>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Consequences({ lane, me }: { readonly lane: LaneView; readonly me: Me }) {
  const currency = facility.value?.currency ?? "EUR";
  return (
    <p class="consequences">
      {lane.due_minor !== null && lane.due_minor > 0 && (
        <strong>{words.staysUnpaid(moneyText(lane.due_minor, currency))} </strong>
      )}
      {words.underName(me.name)}
    </p>
  );
}

/** Why nothing happened, or what is still missing: in the same place, so that nothing jumps. */
function Trouble({
  trouble,
  hint,
}: {
  readonly trouble: Exclude<Outcome, { kind: "opened" }> | undefined;
  readonly hint: string | undefined;
}) {
  if (trouble === undefined) return <p class="sheet-said">{hint ?? "\u00A0"}</p>;
  const tone = trouble.kind === "refused" ? "bad" : "warn";
  const more = trouble.kind === "refused" ? trouble.hint : words.noAnswer;
  return (
    <p class={`sheet-said tone-${tone}`} role="alert">
      <StateMark tone={tone} /> {trouble.sentence} {more !== trouble.sentence && more}
    </p>
  );
}
