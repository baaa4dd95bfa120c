import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { FrameMessage, SpaceOccupancy } from "@gatehouse/shared/contracts/tracking";
import type { TrackingUpdate } from "@gatehouse/shared/contracts/tracking-answers";
import type { SeenVehicle, Sight } from "@gatehouse/shared/ports/sight-feed";
import { isoOf } from "@gatehouse/shared/time";
import type { Alert } from "../../store/alerts.ts";
import { alertOutward } from "./alerts.ts";
import type { CameraPicture } from "./picture.ts";

/** Shares of the picture's width and height. */
export type SpaceBox = NonNullable<SpaceOccupancy["bbox"]>;

/** What of a picture no rule needs: its size in pixels, and where its spaces are. */
export interface PictureShape {
  readonly size?: Sight["size"] | undefined;
  readonly boxes?: ReadonlyMap<string, SpaceBox>;
}

type DetectionOutward = TrackingUpdate["detections"][number];

/** The tracking guide's message of a picture, without the picture. */
export function messageOf(
  cameraId: string,
  picture: CameraPicture,
  { size, boxes }: PictureShape,
): FrameMessage {
  const { boot, seen, vehicles, spaces } = picture;
  const matched = vehicles.flatMap((vehicle) =>
    vehicle.spaceId === undefined
      ? []
      : [{ detection: detectionOf(vehicle), space_id: vehicle.spaceId }],
  );
  return {
    camera_id: cameraId,
    metadata: {
      vehicle_count: vehicles.length,
      occupied_spaces: spaces.filter(({ occupied }) => occupied).length,
      total_spaces: spaces.length,
      timestamp: isoOf(seen.at),
      detections: vehicles.map(detectionOf),
      space_occupancy: spaces.map(({ spaceId, name, occupied }) => {
        const bbox = boxes?.get(spaceId);
        const space = { space_id: spaceId, space_name: name, is_occupied: occupied };
        return bbox === undefined ? space : { ...space, bbox };
      }),
      matched_detections: matched,
      tracking_enabled: vehicles.some(({ trackId }) => trackId !== undefined),
      ...(size === undefined ? {} : { frame_size: { ...size } }),
      boot,
    },
  };
}

/** What live pages hear after a picture. */
export function updateOf(
  cameraId: string,
  { seen, vehicles, spaces }: CameraPicture,
  activeStays: number,
  alerts: readonly Alert[],
): TrackingUpdate {
  const occupied = spaces.filter((space) => space.occupied).length;
  return {
    type: "tracking_update",
    camera_id: cameraId,
    timestamp: isoOf(seen.at),
    vehicle_count: vehicles.length,
    occupancy_rate: spaces.length === 0 ? 0 : occupied / spaces.length,
    active_sessions: activeStays,
    alerts: alerts.map(alertOutward),
    detections: vehicles.map(detectionOf),
  };
}

/**
 * The rectangle around each drawn space.
 *
 * @param spaceOf our name of a space as it is drawn
 */
export function boxesIn(
  view: CameraView,
  spaceOf: (bay: string) => string,
): ReadonlyMap<string, SpaceBox> {
  const [frame] = view.frames;
  if (frame === undefined) return new Map();
  const { width, height, spaces } = frame;
  return new Map(
    spaces.map(({ id, polygon }) => {
      const [left, right] = rangeOf(polygon.map(([x]) => x / width));
      const [top, bottom] = rangeOf(polygon.map(([, y]) => y / height));
      return [spaceOf(id), { x: left, y: top, width: right - left, height: bottom - top }];
    }),
  );
}

function detectionOf({ vehicleClass, confidence, box, trackId }: SeenVehicle): DetectionOutward {
  const { left, top, right, bottom } = box;
  return {
    class: vehicleClass,
    confidence,
    bbox: [left, top, right - left, bottom - top],
    track_id: trackId ?? null,
    center: [(left + right) / 2, (top + bottom) / 2],
  };
}

/** Within the picture: what is drawn past its edge ends there. */
function rangeOf(shares: readonly number[]): readonly [least: number, most: number] {
  const inside = shares.map((share) => Math.min(1, Math.max(0, share)));
  return [Math.min(...inside), Math.max(...inside)];
}
