import { known, type SensorCodec, type SensorFields } from "./codec.ts";
import { readTlv, type TlvItem } from "./tlv.ts";

interface UdlFields {
  battery?: number;
  temperature?: number;
  distance?: number;
  position?: string;
  temperatureAlarm?: string;
  distanceAlarm?: string;
  firmwareVersion?: string;
  hardwareVersion?: string;
  serialNumber?: string;
  lorawanClass?: string;
  resetEvent?: boolean;
  deviceStatus?: string;
  ipsoVersion?: string;
  tslVersion?: string;
}

/**
 * Milesight EM400-UDL, ultrasonic: how far away the next thing is, mounted over a space. A chain of
 * [channel, type, data], least significant byte first; what answers a downlink says nothing about the space.
 */
export const milesightEm400Udl: SensorCodec = {
  model: "milesight_em400_udl",
  make: "Milesight EM400-UDL",
  use: "distance",
  confidence: 0.9,
  read({ bytes }) {
    const taken: UdlFields = {};
    const unread = readTlv(bytes, kinds, taken);
    const fields: SensorFields = { ...known(taken), ...(unread !== "" && { unread }) };
    const { battery, temperature, distance, position, firmwareVersion } = taken;
    const isTilted = position === "tilt";
    const isMeasured = distance !== undefined && distance > 0 && distance < notMeasured;
    return {
      fields,
      word: known({
        batteryPercent: battery !== undefined && battery <= 100 ? battery : undefined,
        temperatureC: temperature,
        distanceMm: isMeasured && !isTilted ? distance : undefined,
        firmware: firmwareVersion,
        trouble: isTilted
          ? "the sensor is tilted: straighten it"
          : distance !== undefined && !isMeasured
            ? "the sensor measures no distance: wipe it and look whether something touches it"
            : undefined,
      }),
    };
  },
};

/** What it sends where no echo came back. */
const notMeasured = 0xffff;

const alarm = (data: Buffer, at: number): string =>
  ["threshold alarm release", "threshold alarm"][data.readUInt8(at)] ?? "unknown";
const inHex = (data: Buffer, at: number): string => data.readUInt8(at).toString(16);

const kinds: Readonly<Record<string, TlvItem<UdlFields>>> = {
  "0175": { length: 1, take: (into, data) => (into.battery = data.readUInt8(0)) },
  "0367": { length: 2, take: (into, data) => (into.temperature = data.readInt16LE(0) / 10) },
  "0482": { length: 2, take: (into, data) => (into.distance = data.readUInt16LE(0)) },
  "0500": {
    length: 1,
    take: (into, data) =>
      (into.position = ["normal", "tilt"][data.readUInt8(0)] ?? `unknown (${data[0]})`),
  },
  "8367": {
    length: 3,
    take: (into, data) => {
      into.temperature = data.readInt16LE(0) / 10;
      into.temperatureAlarm = alarm(data, 2);
    },
  },
  "8482": {
    length: 3,
    take: (into, data) => {
      into.distance = data.readUInt16LE(0);
      into.distanceAlarm = alarm(data, 2);
    },
  },
  ff01: {
    length: 1,
    take: (into, data) => {
      const version = data.readUInt8(0);
      into.ipsoVersion = `${version >> 4}.${version & 0x0f}`;
    },
  },
  ff09: {
    length: 2,
    take: (into, data) => (into.hardwareVersion = `${inHex(data, 0)}.${data.readUInt8(1) >> 4}`),
  },
  ff0a: {
    length: 2,
    take: (into, data) => (into.firmwareVersion = `${inHex(data, 0)}.${inHex(data, 1)}`),
  },
  ff0b: { length: 1, take: (into) => (into.deviceStatus = "on") },
  ff0f: {
    length: 1,
    take: (into, data) => (into.lorawanClass = ["A", "B", "C", "CtoB"][data.readUInt8(0)] ?? "?"),
  },
  ff16: { length: 8, take: (into, data) => (into.serialNumber = data.toString("hex")) },
  fffe: { length: 1, take: (into) => (into.resetEvent = true) },
  ffff: {
    length: 2,
    take: (into, data) => (into.tslVersion = `${data.readUInt8(0)}.${data.readUInt8(1)}`),
  },
};
