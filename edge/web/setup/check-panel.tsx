import {
  type Examination,
  isVehicle,
  type JudgedSpace,
} from "@gatehouse/shared/contracts/camera-setup";
import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { countText, percentText } from "../format.ts";
import { drawing, isDirty, select, subject } from "./editor.ts";
import { hearFollowed } from "./following.ts";
import { isLooking, look, lookNow } from "./looking.ts";
import { showsBoxes, showsConfidences, showsFaint, showsMasks } from "./panels.ts";
import { words } from "./words.ts";

/** What the camera makes of the picture shown. */
export function CheckPanel() {
  const cameraId = subject.value?.cameraId;
  useEffect(() => (cameraId === undefined ? undefined : hearFollowed(cameraId)), [cameraId]);
  const seen = look.value?.seen;
  return (
    <>
      <p class="panel-sentence">{seen === undefined ? words.nothingSeen : sentence(seen)}</p>
      {isDirty.value && <p class="tone-warn">▲ {words.unsaved}</p>}
      <fieldset class="uses">
        <legend>{words.show}</legend>
        <Tick label={words.masks} on={showsMasks} />
        <Tick label={words.boxes} on={showsBoxes} />
        <Tick label={words.confidences} on={showsConfidences} />
        <Tick label={words.faint} on={showsFaint} />
      </fieldset>
      <PictureTest />
      {seen !== undefined && seen.spaces.length > 0 && <Judgements spaces={seen.spaces} />}
      {seen !== undefined && (
        <p class="quiet">
          {words.tookMs(countText(Object.values(seen.stages).reduce((sum, ms) => sum + ms, 0)))}
        </p>
      )}
    </>
  );
}

function sentence(seen: Examination): string {
  const vehicles = seen.vehicles.filter(isVehicle).length;
  if (seen.spaces.length === 0) return words.seenOnly(vehicles);
  const taken = seen.spaces.filter(({ occupied }) => occupied).length;
  return words.seen(taken, seen.spaces.length, vehicles);
}

function Tick({ label, on }: { readonly label: string; readonly on: Signal<boolean> }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on.value} onChange={() => (on.value = !on.value)} />
      {label}
    </label>
  );
}

function PictureTest() {
  return (
    <div class="panel-part">
      <label class={isLooking.value ? "button file waiting" : "button file"}>
        {words.testPicture}
        <input
          type="file"
          accept="image/jpeg,image/png"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file !== undefined) void lookNow(file);
          }}
        />
      </label>
      <p class="quiet">{words.testPictureHint}</p>
    </div>
  );
}

/** Those first that are least sure. */
function Judgements({ spaces }: { readonly spaces: readonly JudgedSpace[] }) {
  const sorted = spaces.toSorted((a, b) => a.confidence - b.confidence);
  return (
    <table class="judgements">
      <thead>
        <tr>
          <th scope="col">{words.space}</th>
          <th scope="col">{words.together}</th>
          <th scope="col" class="number">
            {words.detector}
          </th>
          <th scope="col" class="number">
            {words.classifier}
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((space) => (
          <Judgement key={space.bay} space={space} />
        ))}
      </tbody>
    </table>
  );
}

function Judgement({ space }: { readonly space: JudgedSpace }) {
  const { bay, space: number, occupied, confidence, detector, classifier } = space;
  const disagree =
    detector !== undefined && classifier !== undefined && detector > 0.5 !== classifier > 0.5;
  const find = (): void => {
    const shape = drawing.peek()?.shapes.find(({ kind, id }) => kind === "space" && id === bay);
    if (shape !== undefined) select([shape.key]);
  };
  return (
    <tr title={disagree ? words.judgesDisagree : undefined}>
      <th scope="row">
        <button type="button" class="link" onClick={find}>
          {number}
        </button>
      </th>
      <td>
        {occupied ? "■" : "○"} {occupied ? words.occupied : words.free}{" "}
        <strong>{percentText(confidence)}</strong> {disagree && <StateMark tone="warn" />}
      </td>
      <td class="number">{detector === undefined ? "–" : percentText(detector)}</td>
      <td class="number">{classifier === undefined ? "–" : percentText(classifier)}</td>
    </tr>
  );
}
