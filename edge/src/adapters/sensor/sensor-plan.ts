import { type FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import { type SensorConfig, sensorIdOf } from "@gatehouse/shared/contracts/sensor-config";
import { DeviceConfigError } from "../device-config-error.ts";
import { loadProfile, ProfileError, profileNames } from "../profiles.ts";
import { codecOf, sensorCodecs } from "./codecs.ts";
import { SensorMapping } from "./mapping.ts";
import { type PlannedSensor, plainSensor, type SensorReader } from "./planned-sensor.ts";

/**
 * Every bay sensor and counter of a site: the plain ones of its zones, then those of `sensors`, with their makes'
 * codecs or the mappings that the site wrote.
 *
 * @param ownProfiles the site's own profiles
 * @throws DeviceConfigError with every complaint at once
 */
export function planSensors(
  config: Pick<FacilityConfig, "zones" | "sensors">,
  ownProfiles: string,
): readonly PlannedSensor[] {
  const complaints: { path: string; message: string }[] = [];
  const plain = spacesOf(config).flatMap(({ sensorId, spaceId }) =>
    sensorId === undefined ? [] : [plainSensor(sensorId, spaceId)],
  );
  const named = config.sensors.flatMap((sensor, index) => {
    try {
      const reader = readerOf(sensor.model, ownProfiles);
      const complaint = misfitOf(sensor, reader);
      if (complaint !== undefined) {
        complaints.push({ path: `sensors[${index}].${complaint.at}`, message: complaint.message });
      }
      return [plannedOf(sensor, reader)];
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      complaints.push({ path: `sensors[${index}].model`, message: error.message });
      return [];
    }
  });
  if (complaints.length > 0) throw new DeviceConfigError(complaints);
  return [...plain, ...named];
}

/** @throws ProfileError naming the models that there are */
function readerOf(model: string, ownProfiles: string): SensorReader {
  if (model === "plain") return { kind: "plain" };
  const codec = codecOf(model);
  if (codec !== undefined) return { kind: "codec", codec };
  if (!profileNames("sensors", ownProfiles).includes(model)) {
    const models = ["plain", ...sensorCodecs.map((each) => each.model)];
    throw new ProfileError(
      `there is no model "${model}": write ${[...models, ...profileNames("sensors", ownProfiles)].join(", ")}`,
    );
  }
  const mapping = loadProfile("sensors", model, SensorMapping, ownProfiles);
  return { kind: "mapping", mapping };
}

/** What the make can do and what it is asked to do. */
function misfitOf(
  { space, counter, occupied_below_mm, id }: SensorConfig,
  reader: SensorReader,
): { readonly at: string; readonly message: string } | undefined {
  const use = reader.kind === "codec" ? reader.codec.use : "bay";
  if (use === "counter" && counter === undefined) {
    return { at: "counter", message: "this make counts: write counter: { zone, into }" };
  }
  if (use !== "counter" && space === undefined) {
    return { at: "space", message: "write the number of the space that it watches" };
  }
  const measures = reader.kind === "mapping" && reader.mapping.distance_mm !== undefined;
  if ((use === "distance" || measures) && occupied_below_mm === undefined) {
    return {
      at: "occupied_below_mm",
      message:
        "this sensor measures a distance: write below how many millimetres a vehicle stands there",
    };
  }
  if (reader.kind === "codec" && !/^[0-9a-f]{16}$/i.test(id)) {
    return {
      at: "id",
      message: "a LoRaWAN sensor is known by its DevEUI: write its 16 hex digits",
    };
  }
  return undefined;
}

function plannedOf(sensor: SensorConfig, reader: SensorReader): PlannedSensor {
  const { id, space, counter, occupied_below_mm: below } = sensor;
  const { make, confidence } =
    reader.kind === "plain"
      ? { make: `MQTT sensor ${id}`, confidence: 1 }
      : reader.kind === "codec"
        ? reader.codec
        : reader.mapping;
  return {
    id: sensorIdOf(sensor),
    make,
    reader,
    confidence,
    silentAfterH: sensor.silent_after_h,
    batteryLowPercent: sensor.battery_low_pct,
    ...(space !== undefined && { spaceId: space }),
    ...(counter !== undefined && { counter: { zoneId: counter.zone, into: counter.into } }),
    ...(below !== undefined && { occupiedBelowMm: below }),
  };
}
