import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { DaemonNewsBanner } from "../banners.tsx";
import { leave } from "../connection.ts";
import { facility } from "../model.ts";
import { words as kioskWords } from "../words.ts";
import { CalibratePanel } from "./calibrate-panel.tsx";
import { CameraChooser, CameraList, CameraTrouble } from "./camera-list.tsx";
import { cards, cardsTrouble, keepAsking, stopAsking } from "./cameras.ts";
import { CheckPanel } from "./check-panel.tsx";
import { DrawPanel } from "./draw-panel.tsx";
import { subject } from "./editor.ts";
import { arriveFirst } from "./going.ts";
import { pressed } from "./keys.ts";
import { keepLooking, stopLooking } from "./looking.ts";
import { panel, panels } from "./panels.ts";
import { Questions } from "./questions.tsx";
import { SaveBar } from "./save-bar.tsx";
import { Stage } from "./stage.tsx";
import { whyNot } from "./told.ts";
import { ToolBar } from "./tool-bar.tsx";
import { words } from "./words.ts";

/** The cameras, the picture of one, and what is done with it. */
export function SetupPage({ me }: { readonly me: Me }) {
  useEffect(() => {
    void keepAsking();
    void keepLooking();
    document.addEventListener("keydown", onKey);
    return () => {
      stopAsking();
      stopLooking();
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  useSignalEffect(() => {
    if (cards.value !== undefined) arriveFirst();
  });
  return (
    <div class="setup">
      <header class="setup-bar">
        <div class="setup-title">
          <a class="link" href="/">
            ‹ {words.toKiosk}
          </a>
          <h1>
            {words.title} <small>{facility.value?.name}</small>
          </h1>
        </div>
        <CameraChooser />
        {subject.value === undefined ? <span /> : <SaveBar />}
        <div class="setup-person">
          <span>{me.name}</span>
          <button type="button" class="button" onClick={() => void leave()}>
            {kioskWords.signOut}
          </button>
        </div>
      </header>
      <DaemonNewsBanner />
      <Body />
      <Questions />
    </div>
  );
}

function Body() {
  const cameraId = subject.value?.cameraId;
  const trouble = cardsTrouble.value;
  if (cards.value === undefined && trouble !== undefined) {
    return (
      <p class="empty" role="alert">
        <StateMark tone="warn" /> {whyNot(trouble)}
      </p>
    );
  }
  if (cards.value?.length === 0) {
    return (
      <p class="empty">
        <strong>{words.noCameras}</strong> {words.noCamerasHint}
      </p>
    );
  }
  return (
    <main class="setup-body">
      <CameraList />
      <div class="setup-picture">
        <CameraTrouble />
        {panel.value === "draw" && cameraId !== undefined && <ToolBar />}
        {cameraId === undefined ? (
          <span class="stage skeleton" />
        ) : (
          <Stage key={cameraId} cameraId={cameraId} />
        )}
      </div>
      {cameraId === undefined ? <span class="skeleton" /> : <Panels />}
    </main>
  );
}

function Panels() {
  return (
    <aside class="setup-panel">
      <div class="tabs" role="tablist">
        {panels.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={panel.value === each}
            class={panel.value === each ? "tab on" : "tab"}
            onClick={() => (panel.value = each)}
          >
            {words[each]}
          </button>
        ))}
      </div>
      <div key={panel.value} class="panel-body" role="tabpanel">
        {panel.value === "draw" && <DrawPanel />}
        {panel.value === "check" && <CheckPanel />}
        {panel.value === "calibrate" && <CalibratePanel />}
      </div>
    </aside>
  );
}

const typedInto = new Set(["text", "number"]);

function onKey(event: KeyboardEvent): void {
  const isTyping =
    (event.target instanceof HTMLInputElement && typedInto.has(event.target.type)) ||
    event.target instanceof HTMLSelectElement;
  const isCommand = event.ctrlKey || event.metaKey;
  if (document.querySelector("dialog[open]") !== null) return;
  if (isTyping && !(isCommand && event.key.toLowerCase() === "s")) return;
  const isOnButton =
    event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
  if (isOnButton && event.key === "Enter") return;
  if (subject.peek() !== undefined && pressed(event)) event.preventDefault();
}
