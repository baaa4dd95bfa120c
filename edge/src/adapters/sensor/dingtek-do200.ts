import { BadPayload, onPorts, type SensorCodec, type SensorReading } from "./codec.ts";

/**
 * Dingtek DO200, ultrasonic and magnetic: a frame from 0x80 to 0x81 that says its own length.
 *
 * The order of the four alarms and the place of the frame counter are those of its published siblings DO201 and
 * DO202; nobody has yet tried them on a DO200, so its word about a space is less sure than that of other makes.
 */
export const dingtekDo200: SensorCodec = {
  model: "dingtek_do200",
  make: "Dingtek DO200",
  use: "bay",
  confidence: 0.8,
  read(frame) {
    onPorts(frame, [3]);
    const { bytes } = frame;
    if (bytes.length < shortest) {
      throw new BadPayload(`a frame has at least ${shortest} bytes, this one ${bytes.length}`);
    }
    if (bytes[0] !== 0x80 || bytes.at(-1) !== 0x81) {
      throw new BadPayload("a frame goes from 80 to 81");
    }
    if (bytes[2] !== 0x02) throw new BadPayload(`device ${hex(bytes[2])} is not a DO200 (02)`);
    if (bytes[4] !== bytes.length) {
      throw new BadPayload(`the frame says ${bytes[4]} bytes and has ${bytes.length}`);
    }
    const kind = bytes[3];
    if ((kind === 0x01 || kind === 0x02) && bytes.length === telemetryBytes)
      return telemetry(bytes);
    if (kind === 0x03 && bytes.length === parameterBytes) return parameters(bytes);
    throw new BadPayload(`kind ${hex(kind)} with ${bytes.length} bytes is not known`);
  },
};

const shortest = 6;
const telemetryBytes = 21;
const parameterBytes = 17;
const hex = (byte = 0): string => byte.toString(16).padStart(2, "0");

function telemetry(bytes: Buffer): SensorReading {
  const level = bytes.readUInt16BE(5);
  const [upper = 0, lower = 0] = bytes.subarray(7, 9);
  const fields = {
    level,
    volt: bytes.readUInt16BE(9) / 100,
    alarmPark: upper >> 4 !== 0,
    alarmLevel: (upper & 0x0f) !== 0,
    alarmMagnet: lower >> 4 !== 0,
    alarmBattery: (lower & 0x0f) !== 0,
    xMagnet: bytes.readInt16BE(11),
    yMagnet: bytes.readInt16BE(13),
    zMagnet: bytes.readInt16BE(15),
    frameCounter: bytes.readUInt16BE(17),
  };
  return {
    fields,
    word: {
      occupied: fields.alarmPark,
      batteryVolts: fields.volt,
      batteryLow: fields.alarmBattery,
      counter: fields.frameCounter,
      ...(level > 0 && { distanceMm: level }),
    },
  };
}

function parameters(bytes: Buffer): SensorReading {
  const firmware = `${bytes[5]}.${bytes[6]}`;
  return {
    fields: {
      firmware,
      uploadInterval: bytes.readUInt8(7),
      ultraDetectInterval: bytes.readUInt8(8),
      magDetectInterval: bytes.readUInt8(9),
      magThreshold: bytes.readUInt16BE(12),
    },
    word: { firmware },
  };
}
