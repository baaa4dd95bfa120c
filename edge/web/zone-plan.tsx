import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import { chooseWords } from "./choose-words.ts";
import { news } from "./connection.ts";
import { ageOf } from "./facility-time.ts";
import { durationText } from "../../shared/web/duration.ts";
import { countText } from "./format.ts";
import { counts, type ZoneModel } from "./model.ts";
import { coloursOf, drawPlan } from "./plan-drawing.ts";
import { cornerOf, layOut, spaceAt, type PlanLayout } from "./plan-layout.ts";
import { shown } from "./showing.ts";
import { words } from "./words.ts";

interface Props {
  readonly zone: ZoneModel;
  /** Spaces of the whole facility. */
  readonly total: number;
  /** Characters of the facility's longest number. */
  readonly longest: number;
}

/** Room for the frame around a chosen space at the edge. */
const margin = 2;

/** One zone on a canvas: 10,000 spaces cost as much as their pixels. Pointer and arrow keys read one by one. */
export function ZonePlan({ zone, total, longest }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useSignal(0);
  const theme = useSignal(0);
  const chosen = useSignal<number | undefined>(undefined);
  const layout = useMemo(
    () => layOut(zone.spaces.length, width.value, total, longest),
    [zone, width.value, total, longest],
  );

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => (width.value = element.clientWidth - 2 * margin));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const onChange = (): void => void (theme.value += 1);
    dark.addEventListener("change", onChange);
    return () => dark.removeEventListener("change", onChange);
  }, []);
  useEffect(() => {
    const element = canvas.current;
    if (element !== null) fit(element, layout);
    theme.value += 1;
  }, [layout]);
  useSignalEffect(() => {
    void zone.version.value;
    void theme.value;
    const mark = chosen.value;
    if (width.value === 0) return undefined;
    const request = requestAnimationFrame(() => {
      const pen = canvas.current?.getContext("2d");
      if (pen === null || pen === undefined || frame.current === null) return;
      drawPlan(pen, layoutRef.current, zone.spaces, coloursOf(frame.current), mark);
    });
    return () => cancelAnimationFrame(request);
  });
  const layoutRef = useRef(layout);
  layoutRef.current = layout;

  const own = counts.value?.zones.find(({ zone_id }) => zone_id === zone.zoneId);
  const label = words.planLabel(zone.name, countText(own?.free ?? 0), countText(own?.total ?? 0));
  return (
    <div class="zone">
      <h3>
        {zone.name}{" "}
        <span class="quiet">
          {words.freeOf(countText(own?.free ?? 0), countText(own?.total ?? 0))}
        </span>
      </h3>
      <div ref={frame} class="plan">
        <canvas
          ref={canvas}
          tabIndex={0}
          onPointerMove={(event) =>
            (chosen.value = spaceAt(
              layout,
              zone.spaces.length,
              event.offsetX - margin,
              event.offsetY - margin,
            ))
          }
          onPointerLeave={() => (chosen.value = undefined)}
          onClick={(event) =>
            show(
              zone.spaces[
                spaceAt(
                  layout,
                  zone.spaces.length,
                  event.offsetX - margin,
                  event.offsetY - margin,
                ) ?? -1
              ],
            )
          }
          onBlur={() => (chosen.value = undefined)}
          onKeyDown={(event) => {
            if (event.key === "Enter") return show(zone.spaces[chosen.value ?? -1]);
            const next = moved(layout, zone.spaces.length, chosen.value, event.key);
            if (next === undefined) return;
            event.preventDefault();
            chosen.value = next;
          }}
        >
          {label}
        </canvas>
        <Reading zone={zone} layout={layout} index={chosen.value} />
      </div>
    </div>
  );
}

/** Whose vehicle stands there is said in a sheet. */
function show(space: SpaceView | undefined): void {
  if (space !== undefined && news.peek() === "live")
    shown.value = { kind: "space", spaceId: space.space_id };
}

/** Gives the canvas as many pixels as the screen has. */
function fit(canvas: HTMLCanvasElement, { width, height }: PlanLayout): void {
  const density = devicePixelRatio;
  canvas.width = Math.ceil((width + 2 * margin) * density);
  canvas.height = Math.ceil((height + 2 * margin) * density);
  canvas.style.inlineSize = `${width + 2 * margin}px`;
  canvas.style.blockSize = `${height + 2 * margin}px`;
  canvas.getContext("2d")?.setTransform(density, 0, 0, density, margin * density, margin * density);
}

/** What the space under the finger or the arrow keys is. */
function Reading({
  zone,
  layout,
  index,
}: {
  readonly zone: ZoneModel;
  readonly layout: PlanLayout;
  readonly index: number | undefined;
}) {
  const bubble = useRef<HTMLOutputElement>(null);
  void zone.version.value;
  const space = index === undefined ? undefined : zone.spaces[index];
  useEffect(() => {
    if (bubble.current === null || index === undefined) return;
    const { x, y } = cornerOf(layout, index);
    const room = layout.width - bubble.current.offsetWidth;
    bubble.current.style.translate = `${Math.max(0, Math.min(x, room))}px ${y + layout.cellHeight + 8}px`;
  }, [index, layout]);
  if (space === undefined) return null;
  const status = words.status[space.status] ?? space.status;
  const type = words.types[space.space_type] ?? space.space_type;
  return (
    <output ref={bubble} class="reading">
      {words.spaceFor(space.number, status, durationText(ageOf(space.since)), type)}
      {space.vehicle !== undefined && ` · ${space.vehicle.plate ?? chooseWords.noPlate}`}
    </output>
  );
}

function moved(
  layout: PlanLayout,
  count: number,
  from: number | undefined,
  key: string,
): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: layout.columns,
    ArrowUp: -layout.columns,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  const next = from === undefined ? 0 : from + step;
  return Math.min(count - 1, Math.max(0, next));
}
