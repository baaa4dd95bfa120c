import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { ExaminedPicture } from "@gatehouse/shared/ports/camera-setup";
import type { FlowMark, SeenVehicle, Sight } from "@gatehouse/shared/ports/sight-feed";
import type { Examined, Looked } from "./messages.ts";

type Seen = Extract<Looked["outcome"], { kind: "seen" | "unchanged" }>;
type Vehicle = Seen["vehicles"][number];
type ExaminedSeen = Extract<Examined["outcome"], { kind: "seen" }>;

/** The space that a camera's bay is; a bay that is not named is called like its space. */
export const spaceOf = ({ space_of_bay: spaces }: CameraConfig, bay: string): string =>
  spaces[bay] ?? bay;

/** A look in the facility's words: bays are spaces. @param boot this run of the vision process */
export function sightOf(config: CameraConfig, boot: string, looked: Looked, seen: Seen): Sight {
  return {
    cameraId: config.id,
    boot,
    at: looked.at,
    size: seen.size,
    vehicles: seen.vehicles.map((vehicle) => seenVehicle(config, vehicle)),
    spaces: seen.words.map(({ bay, occupied, confidence }) => ({
      spaceId: spaceOf(config, bay),
      occupied,
      confidence,
    })),
    flow: seen.flow.map((mark) => flowMark(config, mark)),
    isTracking: config.tracking,
  };
}

/** What an examination found; its bays are those drawn on the view. */
export function examinedPicture(outcome: ExaminedSeen): ExaminedPicture {
  const judged = new Map(outcome.judges.map((each) => [each.bay, each]));
  return {
    kind: "seen",
    picture: outcome.picture,
    size: outcome.size,
    bays: outcome.words.map((word) => {
      const { detector, classifier } = judged.get(word.bay) ?? {};
      return {
        ...word,
        ...(detector === undefined ? {} : { detector }),
        ...(classifier === undefined ? {} : { classifier }),
      };
    }),
    vehicles: outcome.vehicles.map(({ bay, ...vehicle }) => ({
      ...plainVehicle(vehicle),
      ...(bay === undefined ? {} : { bay }),
    })),
    stages: outcome.stages,
  };
}

const plainVehicle = ({ vehicle, score, box, track }: Vehicle): Omit<SeenVehicle, "spaceId"> => ({
  vehicleClass: vehicle,
  confidence: score,
  box,
  ...(track === undefined ? {} : { trackId: track }),
});

const seenVehicle = (config: CameraConfig, vehicle: Vehicle): SeenVehicle => ({
  ...plainVehicle(vehicle),
  ...(vehicle.bay === undefined ? {} : { spaceId: spaceOf(config, vehicle.bay) }),
});

function flowMark(config: CameraConfig, mark: Seen["flow"][number]): FlowMark {
  const { kind, track, vehicle, score, position, mark: markId, direction, bay, fromBay } = mark;
  return {
    kind,
    trackId: track,
    vehicleClass: vehicle,
    confidence: score,
    position,
    ...(markId === undefined ? {} : { markId }),
    ...(direction === undefined ? {} : { direction }),
    ...(bay === undefined ? {} : { spaceId: spaceOf(config, bay) }),
    ...(fromBay === undefined ? {} : { fromSpaceId: spaceOf(config, fromBay) }),
  };
}
