import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { ProcessAnswer } from "@gatehouse/shared/contracts/tracking-answers";
import type { Sight } from "@gatehouse/shared/ports/sight-feed";
import { isoOf } from "@gatehouse/shared/time";
import * as tables from "../../../src/store/tracking-schema.ts";
import { CarPark, type CarParkOptions } from "../car-park.ts";
import { frameOf } from "../guide-example.ts";

export interface SeenCar {
  readonly track?: number;
  readonly space?: string;
  readonly class?: string;
  readonly confidence?: number;
  /** Left, top, width, height. */
  readonly bbox?: readonly [number, number, number, number];
}

export interface FrameWish {
  readonly cars?: readonly SeenCar[];
  /** Space → whether it is occupied; missing: those that cars stand in are, and A001 to A004 else free. */
  readonly spaces?: Readonly<Record<string, boolean>>;
  readonly timestamp?: string;
  readonly boot?: string;
  readonly camera?: string;
  readonly picture?: string;
}

type Tracking = FacilityConfig["tracking"];

/** A car park with a camera `CAM1` whose vision worker sends frames, and a camera `CAM2` of its own. */
export async function trackedPark(
  options: CarParkOptions & { readonly rules?: Partial<Tracking> } = {},
): Promise<CarPark> {
  const cameras = [
    CameraConfig.parse({ id: "CAM1", source: { kind: "pushed" } }),
    CameraConfig.parse({ id: "CAM2", source: { kind: "folder", path: "pictures" } }),
  ];
  return CarPark.open({
    ...options,
    change: (config) => {
      const changed = options.change?.(config) ?? config;
      return { ...changed, cameras, tracking: { ...changed.tracking, ...options.rules } };
    },
  });
}

/** What the worker of `CAM1` sees, told as the tracking guide has it. */
export function message(park: CarPark, wish: FrameWish) {
  const cars = wish.cars ?? [];
  const free = Object.fromEntries(["A001", "A002", "A003", "A004"].map((id) => [id, false]));
  const taken = Object.fromEntries(
    cars.flatMap(({ space }) => (space === undefined ? [] : [[space, true]])),
  );
  const spaces: Readonly<Record<string, boolean>> = wish.spaces ?? { ...free, ...taken };
  const detections = cars.map((car, index) => ({
    class: car.class ?? "car",
    confidence: car.confidence ?? 0.9,
    bbox: car.bbox ?? [index * 100, 100, 80, 60],
    track_id: car.track ?? null,
  }));
  return {
    camera_id: wish.camera ?? "CAM1",
    ...(wish.picture === undefined ? {} : { frame_base64: wish.picture }),
    metadata: {
      vehicle_count: cars.length,
      occupied_spaces: Object.values(spaces).filter(Boolean).length,
      total_spaces: Object.keys(spaces).length,
      timestamp: wish.timestamp ?? isoOf(park.machine.now()),
      detections,
      space_occupancy: Object.entries(spaces).map(([id, occupied]) => ({
        space_id: id,
        space_name: id,
        is_occupied: occupied,
      })),
      matched_detections: cars.flatMap(({ space }, index) =>
        space === undefined ? [] : [{ detection: detections[index], space_id: space }],
      ),
      tracking_enabled: cars.every(({ track }) => track !== undefined),
      ...(wish.boot === undefined ? {} : { boot: wish.boot }),
    },
  };
}

/** The worker sends a frame. @throws when it is refused */
export function send(park: CarPark, wish: FrameWish): ProcessAnswer {
  const said = message(park, wish);
  const answer = park.facility.tracking.receive(frameOf(said, said.camera_id));
  if ("kind" in answer) throw new RangeError(answer.sentence);
  return answer;
}

/** The same frame again and again, every two seconds. */
export async function sendFor(park: CarPark, wish: FrameWish, forSeconds: number): Promise<void> {
  for (let passed = 0; passed < forSeconds; passed += 2) {
    send(park, wish);
    await park.pass(2);
  }
}

/** What `CAM2` sees with the daemon's own eyes. */
export const sightOf = (park: CarPark, known: Partial<Sight> = {}): Sight => ({
  cameraId: "CAM2",
  boot: "pool-1",
  at: park.machine.now(),
  size: { width: 1280, height: 720 },
  vehicles: [],
  spaces: [],
  flow: [],
  isTracking: true,
  ...known,
});

export const rowsOf = (park: CarPark) => ({
  stays: park.book.db.select().from(tables.cameraStays).all(),
  vehicles: park.book.db.select().from(tables.cameraVehicles).all(),
  events: park.book.db.select().from(tables.flowEvents).all(),
  snapshots: park.book.db.select().from(tables.snapshots).all(),
  hours: park.book.db.select().from(tables.cameraHours).all(),
  spaceDays: park.book.db.select().from(tables.cameraSpaceDays).all(),
});

export const counted = (park: CarPark, name: string): number =>
  park.facility
    .metrics()
    .filter((metric) => metric.name === name)
    .reduce((sum, { value }) => sum + value, 0);
