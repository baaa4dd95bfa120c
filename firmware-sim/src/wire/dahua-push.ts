import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SeenPlate } from "../hardware.ts";
import { greyPicture } from "./multipart-body.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";
import { wallClock } from "./wall-clock.ts";

/** One read as a Dahua camera pushes it (ITSAPI). It repeats everything that is not answered `"Result": true`. */
export function dahuaPush(
  { rawPlate, confidence, vehicleClass, at }: SeenPlate,
  { id, token, timezone }: PlateCameraOptions,
): Push {
  const time = wallClock(at, timezone);
  const picture = { Content: greyPicture.toString("base64"), PicName: `${time}.jpg` };
  const body = {
    Picture: {
      NormalPic: picture,
      CutoutPic: picture,
      Plate: {
        BoundingBox: [3848, 6128, 4280, 6288],
        Channel: 0,
        Confidence: Math.round(confidence * 100),
        IsExist: rawPlate !== "",
        PlateColor: "White",
        PlateNumber: rawPlate,
        PlateType: "Normal",
        Region: "",
        UploadNum: 1,
      },
      SnapInfo: {
        AccurateTime: time,
        AllowUser: false,
        BlockUser: false,
        DSTTune: 0,
        DeviceID: id,
        Direction: "Obverse",
        TimeZone: 0,
      },
      Vehicle: { VehicleColor: "White", VehicleType: vehicleTypes[vehicleClass] },
    },
  };
  return {
    path: `/push/${id}/${token}/NotificationInfo/TollgateInfo`,
    headers: {
      "content-type": "application/json;charset=UTF-8",
      // As these cameras send it: without having been asked for anything.
      authorization: 'Digest username="admin", realm="", nonce="", uri="", response=""',
    },
    body: Buffer.from(JSON.stringify(body)),
    isTaken: (answer) => /"Result"\s*:\s*true/.test(answer),
  };
}

const vehicleTypes: Readonly<Record<VehicleClass, string>> = {
  car: "PassengerCar",
  motorcycle: "Motorcycle",
  truck: "HeavyTruck",
  bus: "LargeBus",
  van: "LightTruck",
  bicycle: "NonMotor-Vehicle",
  unknown: "Unknown",
};
