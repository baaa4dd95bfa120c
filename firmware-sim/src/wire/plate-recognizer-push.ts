import { isoOf } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SeenPlate } from "../hardware.ts";
import { greyPicture, multipartBody } from "./multipart-body.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";

const boundary = "4f2d9a1c7be84d0fb1a6";

/**
 * One read as Plate Recognizer Stream pushes it. It knows no id of a read, no repeat of an old one and writes
 * plates in small letters.
 */
export function plateRecognizerPush(seen: SeenPlate, { id, token }: PlateCameraOptions): Push {
  const fileName = `${id}_screenshots/${seen.at}.jpg`;
  const json = {
    hook: { target: `/push/${id}`, id, event: "recognition", filename: fileName },
    data: {
      camera_id: id,
      filename: fileName,
      timestamp: `${isoOf(seen.at).slice(0, 23)}000Z`,
      timestamp_local: `${isoOf(seen.at).slice(0, 23).replace("T", " ")}000+00:00`,
      results: [resultOf(seen)],
    },
  };
  const parts = [
    { name: "json", type: "application/json", body: Buffer.from(JSON.stringify(json)) },
    { name: "upload", fileName: "vehicle.jpg", type: "image/jpeg", body: greyPicture },
  ];
  return {
    path: `/push/${id}`,
    headers: {
      authorization: `Token ${token}`,
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    body: multipartBody(parts, boundary),
  };
}

function resultOf({ rawPlate, confidence, vehicleClass }: SeenPlate) {
  const box = { xmin: 460, ymin: 57, xmax: 557, ymax: 82 };
  const plate = rawPlate.toLowerCase();
  return {
    box,
    plate,
    score: confidence,
    dscore: confidence,
    region: { code: "de", score: confidence },
    candidates: [{ plate, score: confidence }],
    vehicle: { type: vehicleTypes[vehicleClass], score: 0.9, box },
    direction: "",
    source_url: "",
    position_sec: 0,
  };
}

const vehicleTypes: Readonly<Record<VehicleClass, string>> = {
  car: "Sedan",
  motorcycle: "Motorcycle",
  truck: "Big Truck",
  bus: "Bus",
  van: "Van",
  bicycle: "Unknown",
  unknown: "Unknown",
};
