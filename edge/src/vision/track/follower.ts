import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { Detection } from "../vehicles.ts";
import { type BayFlow, Flow, type FlowMap } from "./flow.ts";
import { type Followed, Tracker } from "./tracker.ts";

/** A vehicle of one picture and the bay it stands in. */
export interface Standing {
  readonly detection: Detection;
  readonly bay: string | undefined;
}

/** What following adds to one picture. */
export interface Following {
  /** Each vehicle in the order given, with its track once it counts. */
  readonly followed: readonly Followed[];
  readonly flow: readonly BayFlow[];
}

/** One camera's traffic: who is who from picture to picture, and what they do. */
export class Follower {
  readonly #view: CameraView;
  readonly #tracker: Tracker;
  readonly #flow = new Flow();
  #map: { readonly key: string; readonly map: FlowMap } | undefined;

  /** @param sureMin the score at which the camera's detector is as often right as wrong */
  constructor(view: CameraView, sureMin: number) {
    this.#view = view;
    this.#tracker = new Tracker({ sureMin });
  }

  /**
   * @param standing one a vehicle, weak ones included: they keep a half hidden car's number
   * @param atMs when the picture was taken
   */
  update(
    standing: readonly Standing[],
    atMs: number,
    size: { readonly width: number; readonly height: number },
  ): Following {
    const detections = standing.map(({ detection }) => detection);
    const followed = this.#tracker.update(detections, atMs);
    const placed = followed.flatMap(({ track }, index) =>
      track === undefined ? [] : [{ track, bay: standing[index]?.bay }],
    );
    const flow = this.#flow.update(placed, this.#mapFor(size));
    this.#flow.keep(this.#tracker.known);
    return { followed, flow };
  }

  /** Zones and lines belong to the size of the view's first frame. */
  #mapFor({ width, height }: { readonly width: number; readonly height: number }): FlowMap {
    const key = `${width} ${height}`;
    if (this.#map?.key === key) return this.#map.map;
    const [frame] = this.#view.frames;
    const [across, down] = [width / (frame?.width ?? width), height / (frame?.height ?? height)];
    const scaled = ([x, y]: readonly [number, number]): [number, number] => [x * across, y * down];
    const map: FlowMap = {
      zones: this.#view.zones.map((zone) => ({ ...zone, polygon: zone.polygon.map(scaled) })),
      lines: this.#view.lines.map(({ id, from, to }) => ({
        id,
        from: scaled(from),
        to: scaled(to),
      })),
    };
    this.#map = { key, map };
    return map;
  }
}
