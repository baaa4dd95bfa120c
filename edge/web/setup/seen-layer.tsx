import { isVehicle } from "@gatehouse/shared/contracts/camera-setup";
import { percentText } from "../format.ts";
import type { Point } from "@gatehouse/shared/polygon";
import { trackIn } from "./following.ts";
import { look } from "./looking.ts";
import { panel, showsBoxes, showsConfidences, showsFaint } from "./panels.ts";
import { pictureSize, viewport } from "./stage-view.ts";
import { toStage } from "./viewport.ts";

/** Narrower boxes do not say what they hold, or nothing at all; CSS pixels. */
const wholeLabelFrom = 72;
const labelFrom = 30;

/** The vehicles that were seen in the picture shown. */
export function SeenLayer() {
  const seen = look.value?.seen;
  if (seen === undefined || panel.value !== "check" || !showsBoxes.value) return null;
  const across = pictureSize.value.width / seen.width;
  const down = pictureSize.value.height / seen.height;
  const place = (x: number, y: number): Point => toStage(viewport.value, [x * across, y * down]);
  return (
    <g>
      {seen.vehicles
        .filter((each) => showsFaint.value || isVehicle(each))
        .map(({ box, vehicle_class: kind, confidence, track_id: own }, index) => {
          const [left, top] = place(box[0], box[1]);
          const [right, bottom] = place(box[2], box[3]);
          const size = { x: left, y: top, width: right - left, height: bottom - top };
          // A tested picture is no part of what is followed.
          const track = own ?? (look.value?.file === undefined ? trackIn(box) : undefined);
          const id = track === undefined ? "" : `#${track}`;
          const sure = showsConfidences.value ? percentText(confidence) : "";
          const text = [right - left < wholeLabelFrom ? "" : kind, id, sure];
          return (
            <g key={index} class="vehicle">
              <rect class="casing" {...size} />
              <rect class="outline" {...size} />
              {right - left >= labelFrom && (
                <text class="label start" font-size={11} x={left} y={top - 7}>
                  {text.filter(Boolean).join(" ")}
                </text>
              )}
            </g>
          );
        })}
    </g>
  );
}
