import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { momentText } from "../format.ts";
import { realAge } from "../facility-time.ts";
import { facility } from "../model.ts";
import { complaints, isDirty, subject } from "./editor.ts";
import { isSaving, save, savedMs, saveTrouble } from "./saving.ts";
import { whyNot } from "./told.ts";
import { words } from "./words.ts";

/** So long it is said that the saving came through; real time. */
const saidForMs = 6000;

/** Whether the drawing is the facility's, and the one button that makes it so. */
export function SaveBar() {
  const wrong = complaints.value.length;
  return (
    <div class="save-bar">
      <p class="save-said">
        <Standing />
      </p>
      <button
        type="button"
        class="button primary"
        disabled={!isDirty.value || wrong > 0 || isSaving.value}
        onClick={() => void save()}
      >
        {isSaving.value ? words.saving : words.save} <kbd>Ctrl S</kbd>
      </button>
    </div>
  );
}

function Standing() {
  const { tone, text } = standing();
  if (text === "") return null;
  return (
    <>
      {tone !== "calm" && <StateMark tone={tone} />} {text}
    </>
  );
}

function standing(): { tone: Tone; text: string } {
  const trouble = saveTrouble.value;
  if (trouble !== undefined) return { tone: "bad", text: `${words.notSaved} ${whyNot(trouble)}` };
  const wrong = complaints.value.length;
  if (wrong > 0) return { tone: "warn", text: words.mistakes(wrong) };
  if (isDirty.value) return { tone: "warn", text: words.unsavedChanges };
  if (savedMs.value !== undefined && realAge(savedMs.value) < saidForMs) {
    return { tone: "ok", text: words.saved };
  }
  const saved = subject.value?.saved;
  if (saved === null || saved === undefined) return { tone: "calm", text: "" };
  const zone = facility.value?.timezone ?? "UTC";
  return { tone: "calm", text: words.savedBy(saved.by, momentText(Date.parse(saved.at), zone)) };
}
