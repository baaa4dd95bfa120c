import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { SensorHealth } from "@gatehouse/shared/ports/sensor-feed";
import { elapsed, hours, type Instant } from "@gatehouse/shared/time";
import type { SensorWord } from "./codec.ts";
import { FrameCount } from "./frame-count.ts";
import type { PlannedSensor } from "./planned-sensor.ts";

/** How well a gateway heard a sensor: dBm and dB. */
export interface Radio {
  readonly rssi: number | undefined;
  readonly snr: number | undefined;
}

/** Per cent of a battery. */
const clearlyMore = 5;

/** One sensor as it has been heard since the daemon started. Each message tells only some of it. */
export class SensorState {
  readonly sensor: PlannedSensor;
  readonly frames = new FrameCount();
  /** Set where the broker knows more than the last message does. */
  connection: "online" | "stale" | "offline" | undefined;
  readonly #counts = { messages: 0, refused: 0 };
  readonly #counted = { into: 0, out: 0 };
  #known: Pick<SensorWord, "batteryPercent" | "batteryVolts" | "temperatureC" | "firmware"> = {};
  #isLow: boolean | undefined;
  #trouble: string | undefined;
  #radio: Radio = { rssi: undefined, snr: undefined };
  #lastSeen: Instant | undefined;

  constructor(sensor: PlannedSensor) {
    this.sensor = sensor;
  }

  /** A message that was understood, whatever it spoke of. */
  heard(word: SensorWord, at: Instant, radio?: Radio): void {
    const { batteryPercent, batteryVolts, batteryLow, temperatureC, firmware, trouble } = word;
    this.#counts.messages += 1;
    this.#lastSeen = at;
    this.#known = {
      ...this.#known,
      ...(batteryPercent !== undefined && { batteryPercent }),
      ...(batteryVolts !== undefined && { batteryVolts }),
      ...(temperatureC !== undefined && { temperatureC }),
      ...(firmware !== undefined && { firmware }),
    };
    this.#isLow = this.#isLowBy(batteryLow, batteryPercent);
    if (radio !== undefined) this.#radio = radio;
    this.#trouble = trouble;
  }

  #isLowBy(says: boolean | undefined, percent: number | undefined): boolean | undefined {
    if (says !== undefined) return says;
    if (percent === undefined) return this.#isLow;
    const { batteryLowPercent } = this.sensor;
    // A battery at its limit goes to and fro with the temperature: it is well only when it is clearly so.
    return percent < batteryLowPercent + (this.#isLow === true ? clearlyMore : 0);
  }

  /** A message that nobody could read: it lives, and somebody must look. */
  refused(why: string, at: Instant): void {
    this.#counts.refused += 1;
    this.#lastSeen = at;
    this.#trouble = `its last message was refused: ${why}`;
  }

  counted(into: number, out: number): void {
    this.#counted.into += into;
    this.#counted.out += out;
  }

  /** Whether a vehicle stands there; undefined where this word does not say. */
  occupiedBy(word: SensorWord): boolean | undefined {
    const { occupiedBelowMm } = this.sensor;
    if (occupiedBelowMm === undefined) return word.occupied;
    return word.distanceMm === undefined ? undefined : word.distanceMm < occupiedBelowMm;
  }

  health(): SensorHealth {
    const { id, make, spaceId, counter } = this.sensor;
    const { rssi, snr } = this.#radio;
    return {
      sensorId: id,
      make,
      lastSeen: this.#lastSeen,
      ...(spaceId !== undefined && { space: spaceId }),
      ...(counter !== undefined && { zoneId: counter.zoneId }),
      ...this.#known,
      ...(this.#isLow !== undefined && { batteryLow: this.#isLow }),
      ...(rssi !== undefined && { rssi }),
      ...(snr !== undefined && { snr }),
      lostFrames: this.frames.counts.lost,
      restarts: this.frames.counts.restarts,
      ...(this.#trouble !== undefined && { trouble: this.#trouble }),
    };
  }

  report(now: Instant): DeviceReport {
    const { id, make, counter, silentAfterH } = this.sensor;
    const { lost, again, late, restarts, sameCount } = this.frames.counts;
    const { batteryPercent, batteryVolts, temperatureC } = this.#known;
    const { rssi, snr } = this.#radio;
    const numbers = {
      battery_pct: batteryPercent,
      battery_v: batteryVolts,
      temperature_c: temperatureC,
      rssi_dbm: rssi,
      snr_db: snr,
      ...(counter === undefined
        ? {}
        : { counted_in: this.#counted.into, counted_out: this.#counted.out }),
    };
    const isSilent =
      this.#lastSeen !== undefined && elapsed(this.#lastSeen, now) > hours(silentAfterH);
    const heardOf = this.#lastSeen === undefined ? "unknown" : isSilent ? "stale" : "online";
    return {
      id,
      kind: counter === undefined ? "bay-sensor" : "counter",
      make,
      state: this.connection ?? heardOf,
      ...(this.#lastSeen !== undefined && { lastSeen: this.#lastSeen }),
      ...(this.#trouble !== undefined && { detail: this.#trouble }),
      counters: {
        ...this.#counts,
        lost_frames: lost,
        repeated: again,
        late,
        restarts,
        same_count: sameCount,
        ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)),
      },
    };
  }
}
