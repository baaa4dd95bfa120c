import { BadPayload, ofLength, type SensorCodec } from "./codec.ts";

/** By number; "error" is reserved from version 3 on. */
const frameTypes = [
  "info",
  "keep_alive",
  "daily_update",
  "error",
  "start1",
  "start2",
  "service",
  "downlink",
  "rssi",
] as const;

/**
 * Libelium Smart Parking, protocol versions 2 and 3: eleven bytes whose first two every frame shares. A frame of
 * the start, of service or about the radio carries the bit of the space too, but before the sensor has measured: only
 * info, keep-alive and daily frames speak about the space.
 */
export const libeliumSmartParking: SensorCodec = {
  model: "libelium_smart_parking_v2_v3",
  make: "Libelium Smart Parking v2/v3",
  use: "bay",
  confidence: 0.95,
  read(frame) {
    ofLength(frame, "a frame", [11]);
    const { bytes } = frame;
    const head = bytes.readUInt8(0);
    const type = frameTypes[head & 0x0f];
    if (type === undefined) throw new BadPayload(`frame type ${head & 0x0f} is not known (0 to 8)`);
    const occupied = (head & 0x80) !== 0;
    const batteryLow = (head & 0x40) !== 0;
    const counter = bytes.readUInt8(1);
    const error = bytes.readUInt8(2);
    const temperature = bytes.readInt8(3);
    const hasMeasured = type === "info" || type === "keep_alive";
    const speaks = hasMeasured || type === "daily_update";
    return {
      fields: {
        type,
        occupied,
        batteryLow,
        counter,
        changed: type === "info",
        configNack: (head & 0x20) !== 0,
        recalibrated: (head & 0x10) !== 0,
        ...(hasMeasured && { error, temperature }),
        ...(type === "start1" && { firmwareVersion: error }),
      },
      word: {
        batteryLow,
        counter,
        ...(speaks && { occupied }),
        ...(hasMeasured && { temperatureC: temperature }),
        ...(hasMeasured && error !== 0 && { trouble: `the sensor reports error ${error}` }),
        ...(type === "start1" && { firmware: String(error) }),
      },
    };
  },
};
