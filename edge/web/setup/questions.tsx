import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { subject } from "./editor.ts";
import { leaveUnsaved, wantedCamera } from "./going.ts";
import { loadTheirs, saveOverTheirs, theirs } from "./saving.ts";
import { words } from "./words.ts";

/** What only a person can decide: unsaved work, and two drawings of one camera. */
export function Questions() {
  if (theirs.value !== undefined) return <Conflict />;
  return wantedCamera.value === undefined ? null : <Leaving />;
}

function Conflict() {
  const saved = theirs.value?.saved;
  const zone = facility.value?.timezone ?? "UTC";
  const when = saved === null || saved === undefined ? "–" : momentText(Date.parse(saved.at), zone);
  return (
    <Question
      title={words.conflictTitle}
      text={words.conflictText(saved?.by ?? words.someone, when)}
      onBack={() => (theirs.value = undefined)}
    >
      <button type="button" class="button act" onClick={loadTheirs}>
        {words.loadTheirs}
      </button>
      <button type="button" class="button act primary" onClick={() => void saveOverTheirs()}>
        {words.saveMine}
      </button>
    </Question>
  );
}

function Leaving() {
  const stay = (): void => {
    wantedCamera.value = undefined;
  };
  return (
    <Question
      title={words.leaveTitle}
      text={words.leaveText(subject.value?.cameraId ?? "")}
      onBack={stay}
    >
      <button type="button" class="button act" onClick={() => void leaveUnsaved()}>
        {words.leaveAnyway}
      </button>
      <button type="button" class="button act primary" onClick={stay}>
        <span>{words.stay}</span> <kbd>Esc</kbd>
      </button>
    </Question>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly text: string;
  readonly onBack: () => void;
  readonly children: ComponentChildren;
}

function Question({ title, text, onBack, children }: QuestionProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="question-title"
      onCancel={(event) => {
        event.preventDefault();
        onBack();
      }}
    >
      <h2 id="question-title">{title}</h2>
      <p>{text}</p>
      <footer>{children}</footer>
    </dialog>
  );
}
