import { type DeviceTold, devicesToldMax } from "@gatehouse/shared/contracts/registry";
import { type Duration, elapsed, hours, type Instant, minutes } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import type { DeviceLife } from "./device-life.ts";
import { deviceRecord } from "./device-views.ts";

/** One whose state flickers is told no more often. */
const leastPause = minutes(5);
/** When it was heard last is told so often, also where nothing has changed. */
const atLeastEvery = hours(24);
/** A battery is told in such steps, so that it does not make a line a day for each sensor. */
const batteryStep = 5;

interface Told {
  readonly text: string;
  readonly at: Instant;
}

/** What head office knows of the devices: each is told when it comes or changes, at most a line's worth at a time. */
export class DevicesTold {
  readonly #told = new Map<string, Told>();

  /** Those that are due to be told, at most as many as a line holds. */
  due(lives: Iterable<DeviceLife>, now: Instant): readonly DeviceTold[] {
    const due: DeviceTold[] = [];
    for (const life of lives) {
      if (due.length === devicesToldMax) break;
      const device = toldOf(life);
      const before = this.#told.get(device.device_id);
      if (before === undefined || isDue(before, textOf(device), elapsed(before.at, now)))
        due.push(device);
    }
    return due;
  }

  /** Writes them into the ledger. */
  tell(tx: Tx, devices: readonly DeviceTold[], now: Instant): void {
    tx.append(now, { type: "devices-told", body: { devices: [...devices] } });
    tx.afterCommit(() => {
      for (const device of devices)
        this.#told.set(device.device_id, { text: textOf(device), at: now });
    });
  }
}

const isDue = (before: Told, text: string, since: Duration): boolean =>
  since >= atLeastEvery || (before.text !== text && since >= leastPause);

function toldOf(life: DeviceLife): DeviceTold {
  const { device_id, kind, make, lane_id, state, state_since, ...rest } = deviceRecord(life);
  const { standing, configured, last_seen, battery_pct, firmware } = rest;
  const what = { device_id, kind, make, lane_id, standing, configured, firmware };
  return { ...what, state, state_since, last_seen, battery_pct };
}

/** What makes it worth telling. */
const textOf = ({ last_seen: _, battery_pct, ...device }: DeviceTold): string =>
  JSON.stringify([device, battery_pct === null ? null : Math.floor(battery_pct / batteryStep)]);
