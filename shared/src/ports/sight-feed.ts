import type { Part } from "../part.ts";
import type { Instant } from "../time.ts";
import type { VehicleClass } from "../vehicle.ts";
import type { Reporting } from "./device.ts";

/** A rectangle in pixels of the picture; x to the right, y down. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One vehicle in one picture. */
export interface SeenVehicle {
  readonly vehicleClass: VehicleClass;
  /** 0–1. */
  readonly confidence: number;
  readonly box: PixelBox;
  /** Of this camera's present boot; undefined when vehicles are not followed. Never a key of anything billed. */
  readonly trackId?: number;
  /** The space it stands in, where it stands in one. */
  readonly spaceId?: string;
}

/** What a picture says of one space, before any fusing with other sources. */
export interface SeenSpace {
  readonly spaceId: string;
  readonly occupied: boolean;
  /** 0.5–1. */
  readonly confidence: number;
}

/** Something a followed vehicle did. */
export interface FlowMark {
  readonly kind: "entry" | "exit" | "line-crossed" | "space-change";
  readonly trackId: number;
  readonly vehicleClass: VehicleClass;
  /** 0–1. */
  readonly confidence: number;
  /** The middle of its lower edge, in pixels. */
  readonly position: readonly [x: number, y: number];
  /** Zone or line, where one is meant. */
  readonly markId?: string;
  readonly direction?: "forward" | "reverse";
  readonly spaceId?: string;
  readonly fromSpaceId?: string;
}

/** What one camera saw in one picture: words and numbers, never pixels. */
export interface Sight {
  readonly cameraId: string;
  /** Names one run of the camera's tracker: `(cameraId, boot, trackId)` names a vehicle. */
  readonly boot: string;
  readonly at: Instant;
  readonly size: { readonly width: number; readonly height: number };
  readonly vehicles: readonly SeenVehicle[];
  readonly spaces: readonly SeenSpace[];
  readonly flow: readonly FlowMark[];
  readonly isTracking: boolean;
}

/** Cameras, or whoever else reports what cameras see. */
export interface SightFeed extends Part, Reporting {
  /** One listener a feed; set before `start`. It never waits. */
  onSight(listener: (sight: Sight) => void): void;
}
