import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { down, type Handle, lost, move, up } from "./hand.ts";
import { HandLayer } from "./hand-layer.tsx";
import { look, isLookOld } from "./looking.ts";
import { Loupe } from "./loupe.tsx";
import { isBrightened, panel } from "./panels.ts";
import { SeenLayer } from "./seen-layer.tsx";
import { ShapeLayer } from "./shape-layer.tsx";
import { StageNotice } from "./stage-notice.tsx";
import { StageTools } from "./stage-tools.tsx";
import { pictureSize, resized, stageSize, viewport, zoomBy } from "./stage-view.ts";
import { tool } from "./editor.ts";
import type { Point } from "@gatehouse/shared/polygon";
import { words } from "./words.ts";

/** One notch of a wheel, about. */
const wheelNotch = 400;

/** The picture, what is drawn on it, and the hands that draw. */
export function Stage({ cameraId }: { readonly cameraId: string }) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void =>
      resized({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const drawsNow = panel.value === "draw" && tool.value !== "select";
  return (
    <div ref={frame} class={`stage${isLookOld.value ? " stage-old" : ""}`}>
      <Pixels />
      <svg
        class={drawsNow ? "stage-hands drawing" : "stage-hands"}
        width={stageSize.value.width}
        height={stageSize.value.height}
        aria-label={words.pictureLabel(cameraId)}
        onPointerDown={(event) => {
          if (event.button > 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          down(event.pointerId, placeOf(event), handleOf(event.target));
        }}
        onPointerMove={(event) =>
          move(event.pointerId, placeOf(event), event.pointerType === "touch")
        }
        onPointerUp={(event) => up(event.pointerId, placeOf(event), event.shiftKey)}
        onPointerCancel={(event) => lost(event.pointerId)}
        onPointerLeave={() => leave()}
        onWheel={(event) => {
          event.preventDefault();
          zoomBy(2 ** (-event.deltaY / wheelNotch), placeOf(event));
        }}
      >
        <ShapeLayer />
        <SeenLayer />
        <HandLayer />
      </svg>
      <Loupe />
      <StageNotice />
      <StageTools />
    </div>
  );
}

const leave = (): void => move(-1, [0, 0], true);

/** The camera's pixels, as many as the screen has. */
function Pixels() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const [element, now] = [canvas.current, look.value];
    const { width, height } = stageSize.value;
    const { scale, left, top } = viewport.value;
    const size = pictureSize.value;
    if (element === null) return;
    const density = devicePixelRatio;
    element.width = Math.round(width * density);
    element.height = Math.round(height * density);
    element.style.inlineSize = `${width}px`;
    element.style.blockSize = `${height}px`;
    const pen = element.getContext("2d");
    if (pen === null || now === undefined) return;
    pen.setTransform(density * scale, 0, 0, density * scale, density * left, density * top);
    pen.imageSmoothingEnabled = scale < 3;
    pen.drawImage(now.pixels, 0, 0, size.width, size.height);
  });
  return <canvas ref={canvas} class={isBrightened.value ? "pixels brightened" : "pixels"} />;
}

/** Of the stage, in CSS pixels. */
function placeOf(event: MouseEvent & { readonly currentTarget: SVGSVGElement }): Point {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function handleOf(target: EventTarget | null): Handle | undefined {
  if (!(target instanceof SVGElement)) return undefined;
  const { handle, key, index } = target.dataset;
  if ((handle !== "corner" && handle !== "side") || key === undefined) return undefined;
  return { kind: handle, key, index: Number(index) };
}
