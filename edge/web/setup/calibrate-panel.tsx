import type { CalibrationState } from "@gatehouse/shared/contracts/camera-setup";
import { useSignal } from "@preact/signals";
import { durationText } from "../../../shared/web/duration.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { ageOf } from "../facility-time.ts";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { calibration, calibrationTrouble, isAsking, learn } from "./calibrating.ts";
import { cards } from "./cameras.ts";
import { isDirty, subject } from "./editor.ts";
import { look } from "./looking.ts";
import { whyNot } from "./told.ts";
import { words } from "./words.ts";

/** As many as a car park shows within a quarter of an hour, at a picture every few seconds. */
const usualFrames = 60;
const framesMost = 500;

/** Teaching the camera what its empty lot looks like. */
export function CalibratePanel() {
  const state = calibration.value;
  const isBusy = isAsking.value || state?.state === "running";
  return (
    <>
      <Outcome />
      <p>{words.calibrationWhy}</p>
      {isDirty.value && <p class="tone-warn">▲ {words.saveFirst}</p>}
      <ByEmpty isBusy={isBusy} />
      <ByFrames isBusy={isBusy} />
    </>
  );
}

function ByEmpty({ isBusy }: { readonly isBusy: boolean }) {
  const seen = look.value?.seen;
  return (
    <section class="panel-part">
      <h3>{words.byEmpty}</h3>
      <div class="acts">
        <button
          type="button"
          class="button primary"
          disabled={isBusy || seen === undefined}
          onClick={() => seen !== undefined && void learn({ by: "shown", tag: seen.tag })}
        >
          {words.useShown}
        </button>
        <label class={isBusy ? "button file waiting" : "button file"}>
          {words.useFile}
          <input
            type="file"
            accept="image/jpeg,image/png"
            disabled={isBusy}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = "";
              if (file !== undefined) void learn(file);
            }}
          />
        </label>
      </div>
    </section>
  );
}

function ByFrames({ isBusy }: { readonly isBusy: boolean }) {
  const frames = useSignal(usualFrames);
  return (
    <section class="panel-part">
      <h3>{words.byFrames}</h3>
      <p class="quiet">{words.byFramesWhy}</p>
      <div class="acts">
        <label class="field short">
          <span>{words.frames}</span>
          <input
            type="number"
            inputMode="numeric"
            min={1}
            max={framesMost}
            value={frames.value}
            onInput={(event) => {
              const count = event.currentTarget.valueAsNumber;
              if (Number.isInteger(count) && count >= 1 && count <= framesMost)
                frames.value = count;
            }}
          />
        </label>
        <button
          type="button"
          class="button"
          disabled={isBusy}
          onClick={() => void learn({ by: "first-frames", frames: frames.value })}
        >
          {words.learnFrames}
        </button>
      </div>
    </section>
  );
}

const looks: Readonly<Record<CalibrationState["state"], { tone: Tone; title: string }>> = {
  none: { tone: "unknown", title: words.neverCalibrated },
  running: { tone: "calm", title: words.calibrating },
  done: { tone: "ok", title: words.calibrationDone },
  refused: { tone: "warn", title: words.calibrationRefused },
  failed: { tone: "bad", title: words.calibrationFailed },
};

/** What came of it, in words: where the eye already is. */
function Outcome() {
  const [state, trouble] = [calibration.value, calibrationTrouble.value];
  if (trouble !== undefined) {
    return (
      <p class="outcome tone-back-warn" role="alert">
        <StateMark tone="warn" /> {whyNot(trouble)}
      </p>
    );
  }
  if (state === undefined) return null;
  const card = cards.value?.find(({ camera_id }) => camera_id === subject.value?.cameraId);
  const { tone, title } = looks[state.state];
  const zone = facility.value?.timezone ?? "UTC";
  return (
    <section class={`outcome outcome-${state.state}`} aria-live="polite">
      <h3>
        <StateMark tone={tone} /> {title}
      </h3>
      {state.state === "none" && card?.is_calibrated === true && <p>{words.learntBefore}</p>}
      {state.state === "running" && state.at !== null && (
        <p>{words.calibratingSince(durationText(ageOf(state.at)))}</p>
      )}
      <ul>
        {state.report.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {state.at !== null && state.by !== null && state.state !== "running" && (
        <small>{words.byWhom(state.by, momentText(Date.parse(state.at), zone))}</small>
      )}
    </section>
  );
}
