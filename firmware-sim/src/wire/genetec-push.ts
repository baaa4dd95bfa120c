import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SeenPlate } from "../hardware.ts";
import { greyPicture } from "./multipart-body.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";
import { wallClock } from "./wall-clock.ts";

/** One read as Genetec AutoVu exports it: texts throughout, UTC to the second, no id. */
export function genetecPush(
  { rawPlate, confidence, vehicleClass, at }: SeenPlate,
  { id, token }: PlateCameraOptions,
): Push {
  const [date = "", time = ""] = wallClock(at).slice(0, 19).split(" ");
  const [year, month, day] = date.split("-");
  const read = {
    CameraName: id,
    Plate: rawPlate,
    State: "",
    ConfidenceScore: String(Math.round(confidence * 100)),
    ContextImage: greyPicture.toString("base64"),
    DateUtc: `${day}/${month}/${year}`,
    TimeUtc: time,
    Attributes: {
      "Confidence Score": String(Math.round(confidence * 100)),
      "Vehicle Type": vehicleTypes[vehicleClass],
      "Relative Motion": "Moving Closer",
    },
  };
  return {
    path: `/push/${id}/${token}`,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(read)),
  };
}

const vehicleTypes: Readonly<Record<VehicleClass, string>> = {
  car: "Car",
  motorcycle: "Motorcycle",
  truck: "Truck",
  bus: "Bus",
  van: "Van",
  bicycle: "Bicycle",
  unknown: "",
};
