import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { VehicleCount } from "@gatehouse/shared/ports/sensor-feed";
import { elapsed, hours, type Instant } from "@gatehouse/shared/time";
import type { SensorWord } from "./codec.ts";
import type { FrameStanding } from "./frame-count.ts";
import type { SensorState } from "./sensor-state.ts";

/** What one message of a sensor comes to. Without an observation or a count it proves that the sensor lives. */
export interface SensorMessage {
  readonly state: SensorState;
  readonly observation?: SpaceObservation;
  readonly count?: VehicleCount;
}

/** What a sensor's word says of its space, and what it counted, at its place among its other words. */
export function messageOf(
  state: SensorState,
  word: SensorWord,
  standing: FrameStanding,
  at: Instant,
): SensorMessage {
  const { id, spaceId, counter, confidence } = state.sensor;
  const occupied = state.occupiedBy(word);
  const { boot, sequence } = standing;
  const { counts, batteryPercent } = word;
  if (spaceId !== undefined && occupied !== undefined) {
    const battery = batteryPercent === undefined ? {} : { batteryPercent };
    return {
      state,
      observation: {
        spaceId,
        source: "sensor",
        sourceId: id,
        boot,
        sequence,
        occupied,
        confidence,
        at,
        ...battery,
      },
    };
  }
  if (counter === undefined || counts === undefined) return { state };
  const [into, out] =
    counter.into === "left" ? [counts.left, counts.right] : [counts.right, counts.left];
  return { state, count: { sensorId: id, zoneId: counter.zoneId, sequence, into, out, at } };
}

/** A sensor that has lost its clock says 1970, or next year: then the arrival counts. */
export function momentOf(said: Instant | undefined, arrivedAt: Instant): Instant {
  if (said === undefined || said > arrivedAt) return arrivedAt;
  return elapsed(said, arrivedAt) > longestDelay ? arrivedAt : said;
}

/** How long a message may have waited in a sensor that was out of reach. */
const longestDelay = hours(7 * 24);
