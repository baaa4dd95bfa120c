import type { SeenPlate } from "../hardware.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";
import { wallClock } from "./wall-clock.ts";

/** A lane controller's question whether a vehicle may pass; it reads the answer from the same call. */
export function gateQuestion(
  { rawPlate, at }: SeenPlate,
  { id, token, timezone }: PlateCameraOptions,
): Push {
  const question = {
    ParkID: "1",
    Plate: rawPlate,
    ChannelName: id,
    ChannelNo: 1,
    IsIn: true,
    IoTime: wallClock(at, timezone).slice(0, 19),
    InPicUrl: "",
  };
  return {
    path: `/push/${id}/${token}`,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(question)),
  };
}
