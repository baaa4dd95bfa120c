/** One frame as a sensor sends it. */
export interface RadioFrame {
  /** 1–255. */
  readonly fPort: number;
  readonly bytes: Buffer;
}

/** What a sensor knows when it speaks. */
export interface SensorMoment {
  readonly occupied: boolean;
  /** Its space has just changed; otherwise this is its heartbeat. */
  readonly changed: boolean;
  readonly temperatureC: number;
  /** Frames that it has sent. */
  readonly count: number;
}

/** How each make that is simulated says that its space is taken or free. */
export const sensorFrames = {
  bosch_tps110: ({ occupied, changed, temperatureC }: SensorMoment): RadioFrame =>
    changed
      ? { fPort: 1, bytes: Buffer.from([Number(occupied)]) }
      : { fPort: 2, bytes: Buffer.from([Number(occupied), temperatureC & 0xff]) },
  libelium_smart_parking_v2_v3: ({
    occupied,
    changed,
    temperatureC,
    count,
  }: SensorMoment): RadioFrame => {
    const bytes = Buffer.alloc(11);
    bytes[0] = (occupied ? 0x80 : 0) | (changed ? 0 : 1);
    bytes[1] = count & 0xff;
    bytes.writeInt8(temperatureC, 3);
    return { fPort: 3, bytes };
  },
  pni_placepod: ({ occupied, changed, temperatureC }: SensorMoment): RadioFrame => {
    if (changed) return { fPort: 1, bytes: Buffer.from([0x15, 0x66, Number(occupied)]) };
    const bytes = Buffer.from([0x02, 0x67, 0, 0, 0x03, 0x02, 0, 0, 0x37, 0x66, Number(occupied)]);
    bytes.writeInt16BE(temperatureC * 10, 2);
    bytes.writeInt16BE(volts, 6);
    return { fPort: 1, bytes };
  },
  dingtek_do200: ({ occupied, count }: SensorMoment): RadioFrame => {
    const bytes = Buffer.from("800002011500000000016f0079ffb0fff500000081", "hex");
    bytes.writeUInt16BE(occupied ? underCar : toCeiling, 5);
    bytes[7] = occupied ? 0x10 : 0;
    bytes.writeUInt16BE(count & 0xffff, 17);
    return { fPort: 3, bytes };
  },
  milesight_em400_udl: ({ occupied, temperatureC }: SensorMoment): RadioFrame => {
    const bytes = Buffer.from("01755c036700000482000005 0000".replace(" ", ""), "hex");
    bytes.writeInt16LE(temperatureC * 10, 5);
    bytes.writeUInt16LE(occupied ? overCar : toFloor, 9);
    return { fPort: 85, bytes };
  },
} as const;

export type SimulatedMake = keyof typeof sensorFrames;

export const isSimulatedMake = (model: string): model is SimulatedMake =>
  Object.hasOwn(sensorFrames, model);

/** Hundredths of a volt. */
const volts = 361;
/** Millimetres: seen from the floor, and from the ceiling. */
const underCar = 180;
const toCeiling = 2300;
const overCar = 900;
const toFloor = 2350;
