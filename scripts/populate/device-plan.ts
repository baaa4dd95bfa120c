import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { DeviceKind } from "@gatehouse/shared/ports/device";
import { below, oneOf } from "./chance.ts";

/** A device as it stands in the facility. */
export interface PlannedDevice {
  readonly deviceId: string;
  readonly kind: DeviceKind | "client";
  readonly make: string;
  readonly laneId: string | null;
  readonly firmware: string | null;
  /** How full its battery is when the history begins; null: it has none. */
  readonly batteryPct: number | null;
  /** What its battery loses in a day. */
  readonly batteryPerDay: number;
  /** How often it falls silent, a day. */
  readonly silentShare: number;
  readonly standing: "approved" | "new" | "quarantined" | "retired";
}

const sensorMakes = [
  ["Bosch TPS110", "0.35.1"],
  ["Libelium Smart Parking v2/v3", "3.1.2"],
  ["PNI PlacePod", "1.11"],
  ["Dingtek DO200", "V2.06"],
  ["Milesight EM400-UDL", "1.04"],
] as const;
const cameraMakes = [
  ["Hikvision ANPR push", "V5.7.3"],
  ["Dahua ITSAPI push", "2.840"],
  ["Axis License Plate Verifier", "2.14.3"],
] as const;
const gateMakes = [
  "Waveshare Modbus RTU Relay 8CH",
  "Moxa ioLogik E1214",
  "Wiren Board WB-MR6C",
  "Advantech ADAM-6060",
] as const;

const mains = { batteryPct: null, batteryPerDay: 0, standing: "approved" } as const;

/** The devices of a facility: a sensor in each space, what belongs to each lane, and some that nobody knows. */
export function devicesOf(
  spaceIds: readonly string[],
  laneIds: readonly string[],
  random: SeededRandom,
): PlannedDevice[] {
  const [sensor, otherSensor] = [oneOf(random, sensorMakes), oneOf(random, sensorMakes)];
  const [camera, gate] = [oneOf(random, cameraMakes), oneOf(random, gateMakes)];
  const sensors = spaceIds.map((spaceId, index): PlannedDevice => {
    // The last floor was fitted out later, with another make.
    const [make, firmware] = index * 3 < spaceIds.length * 2 ? sensor : otherSensor;
    return {
      deviceId: `bay-${spaceId}`,
      kind: "bay-sensor",
      make,
      laneId: null,
      firmware,
      batteryPct: 16 + below(random, 84),
      batteryPerDay: 0.04 + 0.1 * random.fraction(),
      silentShare: index === 7 ? 0.25 : 0.004,
      standing: "approved",
    };
  });
  const ofLane = (laneId: string): PlannedDevice[] => [
    {
      ...mains,
      deviceId: laneId,
      kind: "gate",
      make: gate,
      laneId,
      firmware: null,
      silentShare: 0.002,
    },
    {
      ...mains,
      deviceId: `camera-${laneId}`,
      kind: "plate-camera",
      make: camera[0],
      laneId,
      firmware: camera[1],
      silentShare: 0.008,
    },
  ];
  const other = (
    deviceId: string,
    kind: PlannedDevice["kind"],
    make: string,
    rest: Partial<PlannedDevice> = {},
  ): PlannedDevice => ({
    ...mains,
    deviceId,
    kind,
    make,
    laneId: null,
    firmware: null,
    silentShare: 0.006,
    ...rest,
  });
  return [
    ...sensors,
    ...laneIds.flatMap(ofLane),
    other("terminal-1", "terminal", "ZVT terminal at 10.0.4.11:20007", { laneId: "exit-1" }),
    other("terminal-2", "terminal", "ZVT terminal at 10.0.4.12:20007", { laneId: "exit-2" }),
    other("printer-exit-1", "printer", "Epson TM-T20III at 10.0.4.21:9100", { laneId: "exit-1" }),
    other("sign-street", "sign", "Text display, lines ended by CR LF"),
    other("network-server", "network-server", "LoRaWAN network server"),
    other("bay-old-12", "bay-sensor", sensor[0], { standing: "retired", silentShare: 0 }),
    other("client-7c1e", "client", "a client of the broker", { standing: "new", silentShare: 0 }),
    other("bay-Z001", "bay-sensor", otherSensor[0], { standing: "quarantined", silentShare: 0 }),
  ];
}
