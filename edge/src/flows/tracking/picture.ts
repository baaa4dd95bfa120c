import type { FlowMark, SeenVehicle } from "@gatehouse/shared/ports/sight-feed";
import type { SeenAt } from "../../domain/tracked-vehicle.ts";
import type { GroundZone } from "../../domain/zone-course.ts";

/** A space in a camera's picture. */
export interface PicturedSpace {
  readonly spaceId: string;
  readonly name: string;
  readonly occupied: boolean;
}

/** What a camera's picture says, whoever looked at it. */
export interface CameraPicture {
  /** Names one run of the tracker. */
  readonly boot: string;
  readonly seen: SeenAt;
  readonly vehicles: readonly SeenVehicle[];
  readonly spaces: readonly PicturedSpace[];
  readonly flow: readonly FlowMark[];
  /** Where nobody has told the flow: the zones to tell it by, in the pixels of the picture. */
  readonly zones: readonly GroundZone[];
}
