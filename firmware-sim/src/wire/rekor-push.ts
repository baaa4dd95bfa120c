import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SeenPlate } from "../hardware.ts";
import { greyPicture } from "./multipart-body.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";

/** One read as a Rekor Scout agent pushes it, when the vehicle has gone by. */
export function rekorPush(
  { readId, rawPlate, confidence, vehicleClass, at }: SeenPlate,
  { id, token }: PlateCameraOptions,
): Push {
  const percent = confidence * 100;
  const candidate = { plate: rawPlate, confidence: percent, matches_template: 0 };
  const group = {
    version: 2,
    data_type: "alpr_group",
    epoch_start: at - 1000,
    epoch_end: at,
    company_id: "company",
    agent_uid: id,
    camera_id: 1,
    uuids: [readId],
    best_uuid: readId,
    best_plate: {
      ...candidate,
      region: "eu-de",
      coordinates: [],
      candidates: [candidate],
      plate_crop_jpeg: greyPicture.toString("base64"),
    },
    best_plate_number: rawPlate,
    best_confidence: percent,
    best_region: "eu-de",
    travel_direction: 182.5,
    is_parked: false,
    is_preview: false,
    vehicle: { body_type: [{ name: bodyTypes[vehicleClass], confidence: 90 }] },
  };
  return {
    path: `/push/${id}`,
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: Buffer.from(JSON.stringify(group)),
  };
}

const bodyTypes: Readonly<Record<VehicleClass, string>> = {
  car: "sedan-standard",
  motorcycle: "motorcycle",
  truck: "tractor-trailer",
  bus: "bus",
  van: "van-full",
  bicycle: "bicycle",
  unknown: "missing",
};
