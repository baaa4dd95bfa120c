import { BadPayload, onPorts, type SensorCodec, type SensorReading } from "./codec.ts";

/**
 * Parametric TCR, a radar that counts what drives by in either direction, by four classes of speed. It knows nothing
 * of a single space. Its counts are those since its last message, of which it sends one a few minutes.
 */
export const parametricTcr: SensorCodec = {
  model: "parametric_tcr",
  make: "Parametric TCR radar counter",
  use: "counter",
  confidence: 0,
  read(frame) {
    onPorts(frame, [countPort, configPort]);
    const { bytes, fPort } = frame;
    if (bytes.length < 3 || bytes[0] !== 0xbe || bytes[1] !== 0x02) {
      throw new BadPayload("a frame begins with be 02 and the payload version");
    }
    const version = bytes.readUInt8(2);
    if (version !== 1 && version !== 2) {
      throw new BadPayload(`payload version ${version} is not known (1 or 2)`);
    }
    if (fPort === configPort) return configuration(bytes, version);
    return counted(bytes, version);
  },
};

const countPort = 15;
const configPort = 190;
const classes = 4;
const classBytes = 6;
const configBytes = 27;
/** Before the classes: version 1 has its battery as one byte of per cent, version 2 as two of millivolt. */
const headBytes = { 1: 8, 2: 9 } as const;

function counted(bytes: Buffer, version: 1 | 2): SensorReading {
  const head = headBytes[version];
  const most = head + classes * classBytes;
  if (bytes.length !== most) {
    throw new BadPayload(`counts of version ${version} have ${most} bytes, not ${bytes.length}`);
  }
  const temperature = bytes.readInt16BE(head - 2) / 10;
  const solar_panel_power = bytes.readUInt16BE(head - 4);
  const power =
    version === 1
      ? { solar_battery: bytes.readUInt8(3) }
      : { solar_battery_volt: bytes.readUInt16BE(3) / 1000 };
  const speeds = Array.from({ length: classes }, (_, index) => {
    const at = head + index * classBytes;
    return {
      left: { count: bytes.readUInt16BE(at), avg: bytes.readUInt8(at + 2) },
      right: { count: bytes.readUInt16BE(at + 3), avg: bytes.readUInt8(at + 5) },
    };
  });
  const left = total(speeds.map((speed) => speed.left));
  const right = total(speeds.map((speed) => speed.right));
  const byClass = speeds.flatMap((speed, index) => [
    [`left_count_class${index}`, speed.left.count] as const,
    [`left_avg_class${index}`, speed.left.avg] as const,
    [`right_count_class${index}`, speed.right.count] as const,
    [`right_avg_class${index}`, speed.right.avg] as const,
  ]);
  return {
    fields: {
      ...power,
      solar_panel_power,
      temperature,
      left_count: left.count,
      left_avg: left.avg,
      right_count: right.count,
      right_avg: right.avg,
      ...Object.fromEntries(byClass),
    },
    word: {
      temperatureC: temperature,
      counts: { left: left.count, right: right.count },
      ...(power.solar_battery === undefined
        ? { batteryVolts: power.solar_battery_volt }
        : { batteryPercent: power.solar_battery }),
    },
  };
}

/** All classes together; the mean speed in km/h weighs each by its vehicles, and is 0 without one. */
function total(lane: readonly { readonly count: number; readonly avg: number }[]) {
  const count = lane.reduce((sum, each) => sum + each.count, 0);
  const sum = lane.reduce((speeds, each) => speeds + each.count * each.avg, 0);
  return { count, avg: count === 0 ? 0 : sum / count };
}

/** Sent once after it has joined. */
function configuration(bytes: Buffer, version: 1 | 2): SensorReading {
  if (bytes.length !== configBytes) {
    throw new BadPayload(`a configuration has ${configBytes} bytes, this one ${bytes.length}`);
  }
  const types = version === 1 ? ["tcr", "tcr_s"] : ["tcr_ls", "tcr_lss", "tcr_hs", "tcr_hss"];
  const firmware = `${bytes[4]}.${bytes[5]}.${bytes[6]}`;
  const starts = Array.from({ length: classes }, (_, index) => [
    [`speed_class${index}_start`, bytes.readUInt8(19 + index * 2)] as const,
    [`speed_class${index}_end`, bytes.readUInt8(20 + index * 2)] as const,
  ]).flat();
  return {
    fields: {
      device_type: types[bytes.readUInt8(3)] ?? `unknown (${bytes[3]})`,
      firmware_version: firmware,
      operating_mode: ["timespan", "trigger"][bytes.readUInt8(7)] ?? `unknown (${bytes[7]})`,
      device_class: ["a", "b", "c"][bytes.readUInt8(8)] ?? `unknown (${bytes[8]})`,
      uplink_type: ["unconfirmed", "confirmed"][bytes.readUInt8(9)] ?? `unknown (${bytes[9]})`,
      uplink_interval: bytes.readUInt16BE(10),
      link_check_interval: bytes.readUInt16BE(12),
      hold_off_time: bytes.readUInt16BE(14),
      radar_sensitivity: bytes.readUInt8(16),
      ltr_lane_distance: bytes.readUInt8(17),
      rtl_lane_distance: bytes.readUInt8(18),
      ...Object.fromEntries(starts),
    },
    word: { firmware },
  };
}
