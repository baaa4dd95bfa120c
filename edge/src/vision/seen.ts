import type { Instant } from "@gatehouse/shared/time";
import type { Looked } from "./messages.ts";
import type { OpenCamera } from "./open-camera.ts";
import type { Outcome, SeenVehicle } from "./pipeline.ts";
import type { BayFlow } from "./track/flow.ts";

type Seen = Extract<Looked["outcome"], { kind: "seen" | "unchanged" }>;
type Vehicle = Seen["vehicles"][number];

/**
 * What a look tells the daemon: steadied words, and the vehicles that are believed because they are sure, stand in
 * a space or are followed.
 */
export function outcomeOf(open: OpenCamera, seen: Outcome, at: Instant): Seen {
  const { kind, words, size, vehicles } = seen;
  const following = open.follower?.update(
    vehicles.map((detection) => ({ detection, bay: detection.bay })),
    at,
    size,
  );
  const told = vehicles.flatMap((vehicle, index) => {
    const track = following?.followed[index]?.track;
    const isBelieved =
      track !== undefined || vehicle.bay !== undefined || vehicle.score >= open.sureMin;
    return isBelieved ? [vehicleOf(vehicle, track)] : [];
  });
  return {
    kind,
    words: open.vote.settle(words, at),
    size: { ...size },
    vehicles: told,
    flow: following?.flow.map(markOf) ?? [],
    plates: [],
  };
}

/** @param track what it is followed as: its class is that of all its sights */
export function vehicleOf(
  { vehicle, score, bay, left, top, right, bottom }: SeenVehicle,
  track?: BayFlow["track"],
): Vehicle {
  return {
    vehicle: track?.vehicle ?? vehicle,
    score,
    box: { left, top, right, bottom },
    ...(track === undefined ? {} : { track: track.id }),
    ...(bay === undefined ? {} : { bay }),
  };
}

function markOf(mark: BayFlow): Seen["flow"][number] {
  const { kind, track, confidence, position, markId, direction, bay, fromBay } = mark;
  return {
    kind,
    track: track.id,
    vehicle: track.vehicle,
    score: confidence,
    position: [...position],
    ...(markId === undefined ? {} : { mark: markId }),
    ...(direction === undefined ? {} : { direction }),
    ...(bay === undefined ? {} : { bay }),
    ...(fromBay === undefined ? {} : { fromBay }),
  };
}
