import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { hiddenCorner } from "./hand.ts";
import { look } from "./looking.ts";
import { selectedShapes } from "./editor.ts";
import { pictureSize, stageSize, viewport } from "./stage-view.ts";
import { toStage } from "./viewport.ts";

const sidePx = 132;
/** How much larger than on the stage. */
const larger = 2.2;

/** What lies under the finger that drags a corner, beside the finger. */
export function Loupe() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const place = hiddenCorner.value;
  useSignalEffect(() => {
    const [element, at, now] = [canvas.current, hiddenCorner.value, look.value];
    if (element === null || at === undefined) return;
    const density = devicePixelRatio;
    element.width = sidePx * density;
    element.height = sidePx * density;
    const pen = element.getContext("2d");
    if (pen === null) return;
    const scale = viewport.value.scale * larger * density;
    const middle = (sidePx * density) / 2;
    pen.setTransform(scale, 0, 0, scale, middle - at[0] * scale, middle - at[1] * scale);
    const { width, height } = pictureSize.value;
    if (now !== undefined) pen.drawImage(now.pixels, 0, 0, width, height);
    pen.lineWidth = (2 * density) / scale;
    pen.strokeStyle = "#ffffff";
    for (const { points } of selectedShapes.value) {
      pen.beginPath();
      for (const [x, y] of points) pen.lineTo(x, y);
      pen.closePath();
      pen.stroke();
    }
    pen.setTransform(density, 0, 0, density, 0, 0);
    pen.strokeStyle = "#ffd24a";
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(sidePx / 2, sidePx / 2 - 14);
    pen.lineTo(sidePx / 2, sidePx / 2 + 14);
    pen.moveTo(sidePx / 2 - 14, sidePx / 2);
    pen.lineTo(sidePx / 2 + 14, sidePx / 2);
    pen.stroke();
  });
  if (place === undefined) return null;
  const [x, y] = toStage(viewport.value, place);
  const isInTheWay = x < stageSize.value.width / 2 && y < sidePx + 60;
  return (
    <canvas ref={canvas} class={isInTheWay ? "loupe loupe-right" : "loupe"} aria-hidden="true" />
  );
}
