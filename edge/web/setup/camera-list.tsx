import type { CameraCard } from "@gatehouse/shared/contracts/camera-setup";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { cards } from "./cameras.ts";
import { subject } from "./editor.ts";
import { go } from "./going.ts";
import { words } from "./words.ts";

const tones: Readonly<Record<CameraCard["state"], Tone>> = {
  online: "ok",
  stale: "warn",
  offline: "bad",
  unknown: "unknown",
};

/** Every camera with its state; one is chosen. */
export function CameraList() {
  const known = cards.value ?? [];
  return (
    <nav class="camera-list" aria-label={words.cameras}>
      <h2>{words.cameras}</h2>
      <ul>
        {known.map((card) => (
          <li key={card.camera_id}>
            <button
              type="button"
              class="camera-card"
              aria-current={subject.value?.cameraId === card.camera_id ? "true" : undefined}
              onClick={() => go(card.camera_id)}
            >
              <span class="camera-name">{card.camera_id}</span>
              <span class="camera-state">
                <StateMark tone={tones[card.state]} /> {words.states[card.state]}
              </span>
              <small>{drawnText(card)}</small>
              {card.lane_id !== null && <small>{words.readsPlates(card.lane_id)}</small>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The same on a small screen. */
export function CameraChooser() {
  const known = cards.value ?? [];
  return (
    <label class="camera-chooser">
      <span class="visually-hidden">{words.chooseCamera}</span>
      <select
        value={subject.value?.cameraId ?? ""}
        onChange={(event) => {
          const wanted = event.currentTarget.value;
          // It shows the chosen one again until the page has really gone there.
          event.currentTarget.value = subject.peek()?.cameraId ?? "";
          go(wanted);
        }}
      >
        {known.map((card) => (
          <option key={card.camera_id} value={card.camera_id}>
            {card.camera_id} · {words.states[card.state]}
          </option>
        ))}
      </select>
    </label>
  );
}

function drawnText({ drawing, spaces }: CameraCard): string {
  if (drawing === "unusable") return words.drawingUnusable;
  return spaces.length === 0 ? words.nothingDrawn : words.drawnCount(spaces.length);
}

/** What is wrong with the chosen camera, and what to do about it. */
export function CameraTrouble() {
  const card = cards.value?.find(({ camera_id }) => camera_id === subject.value?.cameraId);
  const drawn = subject.value?.trouble;
  if (card === undefined) return null;
  const isWell = card.hint === null && (drawn === null || drawn === undefined);
  if (isWell) return null;
  return (
    <p class="banner thin tone-back-warn">
      <StateMark tone="warn" />
      <span>
        {card.hint ?? ""}{" "}
        {drawn !== null && drawn !== undefined && `${words.drawingUnusable}: ${drawn}`}
      </span>
    </p>
  );
}
