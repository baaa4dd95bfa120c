import { Accuracy } from "@gatehouse/edge/flows/accuracy";
import type { SpaceNow } from "@gatehouse/edge/flows/occupancy";
import type { SpokenSpaces } from "@gatehouse/edge/flows/spoken-words";
import { Book } from "@gatehouse/edge/store/book";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import type { SpaceView } from "@gatehouse/shared/contracts/kiosk";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import { type Instant, instantOf } from "@gatehouse/shared/time";

/** So many of the first spaces are seen by the camera `north`; all have a sensor. */
const seenByCamera = 24;

/** The real audit over spaces that a test can change. */
export const memoryAccuracy = (clock: Clock, spaces: readonly SpaceView[]): Accuracy =>
  new Accuracy({
    book: new Book(":memory:"),
    clock,
    random: new SystemRandom(),
    zoneIds: [...new Set(spaces.map(({ zone_id }) => zone_id))],
    spaces: spoken(spaces),
    changed: () => {},
  });

function spoken(spaces: readonly SpaceView[]): SpokenSpaces {
  const now = (space: SpaceView): SpaceNow => ({
    spec: {
      spaceId: space.space_id,
      number: space.number,
      zoneId: space.zone_id,
      level: space.level,
      type: space.space_type as SpaceType,
      sensorId: `bay-${space.number}`,
    },
    status: space.status,
    since: instantOf(space.since) as Instant,
  });
  const find = (id: string): SpaceView | undefined => spaces.find((each) => each.space_id === id);
  const seen = (): SpaceView[] => spaces.slice(0, seenByCamera);
  return {
    all: () => spaces.map(now),
    one: (id) => {
      const space = find(id);
      return space && now(space);
    },
    words: (id) => {
      const space = find(id);
      if (space === undefined) return [];
      const { receivedAt } = { receivedAt: instantOf(space.since) as Instant };
      const word = { occupied: space.status === "occupied", receivedAt, counts: true };
      const sensor = { source: "sensor" as const, sourceId: `bay-${space.number}`, ...word };
      const camera = { source: "camera" as const, sourceId: "north", ...word };
      return seen().includes(space) ? [sensor, camera] : [sensor];
    },
    spacesOf: (id) => (id === "north" ? seen().map(({ space_id }) => space_id) : []),
    cameras: () => ["north"],
  };
}
