import { isoOf } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SeenPlate } from "../hardware.ts";
import { greyPicture, multipartBody } from "./multipart-body.ts";
import type { PlateCameraOptions, Push } from "./plate-camera.ts";

const boundary = "---------------------------7e13971310878";

/** One read as a Hikvision camera pushes it (ISAPI ANPR event). */
export function hikvisionPush(seen: SeenPlate, { id, token }: PlateCameraOptions): Push {
  const picture = (name: string) => ({
    name: `${name}.jpg`,
    fileName: `${name}.jpg`,
    type: "image/jpeg",
    body: greyPicture,
  });
  const document = {
    name: "anpr.xml",
    fileName: "anpr.xml",
    type: "application/xml",
    body: Buffer.from(alertXml(seen)),
  };
  return {
    path: `/push/${id}/${token}`,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: multipartBody(
      [document, picture("licensePlatePicture"), picture("detectionPicture")],
      boundary,
    ),
  };
}

function alertXml({ readId, rawPlate, confidence, vehicleClass, at, retransmission }: SeenPlate) {
  const level = Math.round(confidence * 100);
  const plate = escaped(rawPlate === "" ? "unknown" : rawPlate);
  const moment = isoOf(at);
  const second = moment.slice(0, 19);
  const pictureTime = moment.slice(0, 23).replaceAll(/\D/g, "");
  const characters = Array.from(rawPlate, () => level).join(",");
  return `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
<ipAddress>127.0.0.1</ipAddress>
<portNo>80</portNo>
<protocol>HTTP</protocol>
<macAddress>02:00:00:00:00:01</macAddress>
<channelID>1</channelID>
<dateTime>${second}+00:00</dateTime>
<activePostCount>1</activePostCount>
<eventType>ANPR</eventType>
<eventState>active</eventState>
<eventDescription>ANPR</eventDescription>
<ANPR>
<licensePlate>${plate}</licensePlate>
<line>1</line>
<direction>forward</direction>
<confidenceLevel>${level}</confidenceLevel>
<plateType>unknown</plateType>
<plateColor>unknown</plateColor>
<plateCharBelieve>${characters}</plateCharBelieve>
<vehicleType>${vehicleTypes[vehicleClass]}</vehicleType>
<pictureInfoList>
<pictureInfo>
<fileName>licensePlatePicture.jpg</fileName>
<type>licensePlatePicture</type>
<absTime>${pictureTime}</absTime>
</pictureInfo>
</pictureInfoList>
<originalLicensePlate>${plate}</originalLicensePlate>
</ANPR>
<UUID>${escaped(readId)}</UUID>
<picNum>2</picNum>
<isDataRetransmission>${retransmission}</isDataRetransmission>
</EventNotificationAlert>
`;
}

const vehicleTypes: Readonly<Record<VehicleClass, string>> = {
  car: "vehicle",
  motorcycle: "twoWheelVehicle",
  truck: "truck",
  bus: "bus",
  van: "van",
  bicycle: "nonmotorVehicle",
  unknown: "unknown",
};

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
