import { BadPayload, onPorts, ofLength, type SensorCodec, type SensorFrame } from "./codec.ts";
import type { SensorReading } from "./codec.ts";

/**
 * Bosch parking lot sensor TPS110 (interface 2): the port says what kind of message it is, bit 0 whether a vehicle
 * stands on it. The other bits of that byte are reserved and change between firmwares.
 */
export const boschTps110: SensorCodec = {
  model: "bosch_tps110",
  make: "Bosch TPS110",
  use: "bay",
  confidence: 0.97,
  read(frame) {
    const { fPort } = frame;
    if (fPort === undefined) throw new BadPayload("the port is missing, and it says what this is");
    onPorts(frame, ports);
    return messages[fPort as keyof typeof messages](frame);
  },
};

const messages = {
  1: (frame: SensorFrame): SensorReading => {
    ofLength(frame, "a parking status", [1]);
    const occupied = isOccupied(frame.bytes, 0);
    return { fields: { type: "parking status", occupied }, word: { occupied } };
  },
  2: (frame: SensorFrame): SensorReading => {
    ofLength(frame, "a heartbeat", [1, 2]);
    const occupied = isOccupied(frame.bytes, 0);
    const fields = { type: "heartbeat", occupied };
    if (frame.bytes.length === 1) return { fields, word: { occupied } };
    const temperature = frame.bytes.readInt8(1);
    return { fields: { ...fields, temperature }, word: { occupied, temperatureC: temperature } };
  },
  3: startup,
  4: (frame: SensorFrame): SensorReading => raw("device information", frame),
  5: (frame: SensorFrame): SensorReading => raw("device usage", frame),
  6: (frame: SensorFrame): SensorReading => {
    ofLength(frame, "a debug message", [10, 11, 12]);
    const { bytes } = frame;
    const fields = {
      type: "debug",
      timestamp: bytes.readUInt32LE(0),
      debugCode: debugCode(bytes, 4),
      sequenceNumber: bytes.readUInt16LE(8),
    };
    return { fields, word: {} };
  },
};
const ports = Object.keys(messages).map(Number);

function startup(frame: SensorFrame): SensorReading {
  ofLength(frame, "a startup message", [17]);
  const { bytes } = frame;
  const [major = 0, minor = 0, patch = 0, cause = 0] = bytes.subarray(12, 16);
  const firmwareVersion = `${major}.${minor}.${patch}`;
  const occupied = isOccupied(bytes, 16);
  const fields = {
    type: "startup",
    debugCodes: [0, 4, 8].map((at) => debugCode(bytes, at)).filter((code) => code !== 0),
    firmwareVersion,
    resetCause: resetCause(cause, major === 0 && minor < firstCountingFromOne),
    occupied,
  };
  return { fields, word: { occupied, firmware: firmwareVersion } };
}

/** Firmware 0.23 numbers the causes of a reset from 0, firmware 0.29 from 1. */
const firstCountingFromOne = 29;
const causes = ["watchdog", "power on", "system request", "other"];
const resetCause = (cause: number, fromZero: boolean): string =>
  causes[fromZero ? cause : cause - 1] ?? `unknown (${cause})`;

const isOccupied = (bytes: Buffer, at: number): boolean => ((bytes[at] ?? 0) & 1) === 1;
const debugCode = (bytes: Buffer, at: number): number => bytes.readUInt16LE(at) & 0x0fff;

/** What it holds the maker does not tell; it proves that the sensor lives. */
const raw = (type: string, { bytes }: SensorFrame): SensorReading => ({
  fields: { type, bytes: [...bytes] },
  word: {},
});
