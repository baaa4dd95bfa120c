import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import type { SensorsData, UnreadData } from "@gatehouse/shared/contracts/sensor-config";
import type { SensorsDesk } from "../flows/sensors-desk.ts";
import { exitCodes } from "./control-outcome.ts";

/** `gatehouse sensors list`. */
export function sensorsAnswer(desk: SensorsDesk, now: string): ControlAnswer {
  const data: SensorsData = {
    now,
    sensors: [...desk.sensors()],
    counters: [...desk.counters()],
  };
  const bad = data.sensors.filter(({ trouble, battery_low }) => trouble !== null || battery_low);
  const silent = data.sensors.filter(({ last_seen }) => last_seen === null).length;
  const verdict =
    bad.length === 0
      ? `${data.sensors.length - silent} of ${data.sensors.length} sensors have spoken, none in trouble.`
      : `${bad.length} of ${data.sensors.length} sensors need a technician.`;
  return {
    exit_code: bad.length === 0 ? exitCodes.healthy : exitCodes.attention,
    verdict,
    data,
  };
}

/** `gatehouse sensors raw`. */
export function unreadAnswer(desk: SensorsDesk): ControlAnswer {
  const data: UnreadData = { messages: [...desk.unread()] };
  const count = data.messages.length;
  return {
    exit_code: count === 0 ? exitCodes.healthy : exitCodes.attention,
    verdict:
      count === 0
        ? "Every message of the sensors was read."
        : `${count} messages could not be read; a mapping in profiles/sensors can say how.`,
    data,
  };
}
