import type { SeenPlate } from "../hardware.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";

/** One read as Verkada's webhook brings it: to the second, without class, picture or id. */
export function verkadaPush(
  { rawPlate, confidence, at }: SeenPlate,
  { id, token }: PlateCameraOptions,
): Push {
  const data = {
    camera_id: id,
    created: Math.floor(at / 1000),
    confidence,
    license_plate_number: rawPlate,
  };
  return {
    path: `/push/${id}/${token}`,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ webhook_type: "lpr", data })),
  };
}
