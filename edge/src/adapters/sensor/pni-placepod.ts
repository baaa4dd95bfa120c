import { BadPayload, known, type SensorCodec } from "./codec.ts";
import { readTlv, type TlvItem } from "./tlv.ts";

interface PlacePodFields {
  occupied?: boolean;
  keepAlive?: boolean;
  temperature?: number;
  battery?: number;
  vehicleCount?: number;
  event?: string;
  recalibrated?: boolean;
  deactivated?: boolean;
  rebooted?: boolean;
}

/** PNI PlacePod: a chain like Cayenne's, most significant byte first. */
export const pniPlacePod: SensorCodec = {
  model: "pni_placepod",
  make: "PNI PlacePod",
  use: "bay",
  confidence: 0.96,
  read({ bytes }) {
    const fields: PlacePodFields = {};
    const unread = readTlv(bytes, kinds, fields);
    const { occupied, temperature, battery } = fields;
    return {
      fields: { ...known(fields), ...(unread !== "" && { unread }) },
      word: known({
        occupied,
        temperatureC: temperature,
        batteryVolts: battery,
        batteryLow: battery === undefined ? undefined : battery < emptyVolts,
      }),
    };
  },
};

/** A lithium thionyl chloride cell has 3.6 V for years and falls fast at its end. */
const emptyVolts = 3.2;
/** Counts above it are no counts: the sensor has started anew or measured its empty space. */
const highestCount = 0x80;

const status = (data: Buffer): boolean => {
  const value = data.readUInt8(0);
  if (value > 1) throw new BadPayload(`parking status ${value} is neither 0 nor 1`);
  return value === 1;
};

function count(into: PlacePodFields, data: Buffer): void {
  const value = data.readUInt8(0);
  if (value > highestCount) into.event = "reboot or recalibration";
  else into.vehicleCount = value;
}

const kinds: Readonly<Record<string, TlvItem<PlacePodFields>>> = {
  "0101": { length: 1, take: (into, data) => (into.recalibrated = data[0] === 1) },
  "0267": { length: 2, take: (into, data) => (into.temperature = data.readInt16BE(0) / 10) },
  "0302": { length: 2, take: (into, data) => (into.battery = data.readInt16BE(0) / 100) },
  "1566": { length: 1, take: (into, data) => (into.occupied = status(data)) },
  "1c01": { length: 1, take: (into, data) => (into.deactivated = data[0] === 1) },
  "2100": { length: 1, take: count },
  "3766": {
    length: 1,
    take: (into, data) => {
      into.keepAlive = true;
      into.occupied = status(data);
    },
  },
  "3700": {
    length: 1,
    take: (into, data) => {
      into.keepAlive = true;
      count(into, data);
    },
  },
  "3f01": { length: 1, take: (into, data) => (into.rebooted = data[0] === 1) },
};
