import { seconds } from "@gatehouse/shared/time";
import { saveSnapshot } from "../../store/tracking.ts";
import type { CameraPicture } from "./picture.ts";
import type { TrackingWrites } from "./writes.ts";

/** However little happens, one is taken so often. */
const every = seconds(60);
/** When a space has changed one is taken, but not sooner than this after the last. */
const gap = seconds(10);

/** Keeps what one camera sees (requirements T19): when a space changes, and once a minute. */
export class CameraSnapshots {
  readonly #cameraId: string;
  readonly #writes: TrackingWrites;
  #last: { readonly arrived: number; readonly occupied: string } | undefined;

  constructor(cameraId: string, writes: TrackingWrites) {
    this.#cameraId = cameraId;
    this.#writes = writes;
  }

  consider(picture: CameraPicture): void {
    const { arrived } = picture.seen;
    const taken = picture.spaces.filter(({ occupied }) => occupied);
    const occupied = taken.map(({ spaceId }) => spaceId).join("\n");
    const age = arrived - (this.#last?.arrived ?? -Infinity);
    if (age < every && (occupied === this.#last?.occupied || age < gap)) return;
    this.#last = { arrived, occupied };
    const row = rowOf(this.#cameraId, picture);
    this.#writes.add((tx) => saveSnapshot(tx, row));
  }
}

function rowOf(cameraId: string, { seen, spaces, vehicles }: CameraPicture) {
  const occupiedSpaces = spaces.filter(({ occupied }) => occupied).length;
  const byClass = Map.groupBy(vehicles, ({ vehicleClass }) => vehicleClass);
  return {
    cameraId,
    timestamp: seen.at,
    vehicleCount: vehicles.length,
    occupiedSpaces,
    totalSpaces: spaces.length,
    occupancyRate: spaces.length === 0 ? 0 : occupiedSpaces / spaces.length,
    vehicleTypes: Object.fromEntries([...byClass].map(([type, all]) => [type, all.length])),
    trackIds: vehicles.flatMap(({ trackId }) => (trackId === undefined ? [] : [trackId])),
    spaceOccupancy: Object.fromEntries(spaces.map((space) => [space.spaceId, space.occupied])),
  };
}
