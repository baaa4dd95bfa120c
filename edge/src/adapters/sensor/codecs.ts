import { boschTps110 } from "./bosch-tps110.ts";
import type { SensorCodec } from "./codec.ts";
import { dingtekDo200 } from "./dingtek-do200.ts";
import { libeliumSmartParking } from "./libelium-smart-parking.ts";
import { milesightEm400Udl } from "./milesight-em400-udl.ts";
import { parametricTcr } from "./parametric-tcr.ts";
import { pniPlacePod } from "./pni-placepod.ts";

/** Every make that we read. A new one: its file, a line here, and its vectors in the tests. */
export const sensorCodecs: readonly SensorCodec[] = [
  boschTps110,
  libeliumSmartParking,
  pniPlacePod,
  dingtekDo200,
  parametricTcr,
  milesightEm400Udl,
];

export const codecOf = (model: string): SensorCodec | undefined =>
  sensorCodecs.find((codec) => codec.model === model);
