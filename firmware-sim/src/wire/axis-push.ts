import type { SeenPlate } from "../hardware.ts";
import { greyPicture, multipartBody } from "./multipart-body.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";

const boundary = "------------------------8d0a7c1f";

/** One read as Axis License Plate Verifier pushes it: every number is a text. It knows no vehicle classes. */
export function axisPush(
  { readId, rawPlate, confidence, at }: SeenPlate,
  { id, token }: PlateCameraOptions,
): Push {
  const event = {
    packetCounter: "1",
    capture_timestamp: String(at),
    frame_timestamp: "0",
    plateText: rawPlate,
    plateUnicode: rawPlate,
    plateUTF8: rawPlate,
    plateASCII: rawPlate,
    plateCountry: "",
    plateConfidence: String(confidence),
    carState: "new",
    roiID: "1",
    imageType: "plate",
    carMoveDirection: "in",
    carID: readId,
    camera_info: { SerialNumber: id, ProdShortName: "AXIS P1445-LE-3" },
  };
  const parts = [
    { name: "event", type: "application/json", body: Buffer.from(JSON.stringify(event)) },
    { name: "image", fileName: "lp.jpg", type: "image/jpeg", body: greyPicture },
  ];
  return {
    path: `/push/${id}/${token}`,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: multipartBody(parts, boundary),
  };
}
