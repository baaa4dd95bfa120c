import { type FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import type { Layout } from "@gatehouse/shared/contracts/layout";

/** What head office must know of a configuration to speak in people's names. */
export function layoutOf(config: FacilityConfig): Layout {
  const spaces = spacesOf(config);
  const zones = config.zones.map(({ id, name, level }) => {
    const counts: Record<string, number> = {};
    for (const { zoneId, type } of spaces)
      if (zoneId === id) counts[type] = (counts[type] ?? 0) + 1;
    return { zone_id: id, name, level, spaces: counts };
  });
  const lanes = config.lanes.map(({ id, name, direction, leads_to }) => ({
    lane_id: id,
    name,
    direction,
    leads_to,
  }));
  const devices = {
    sensor: spaces.filter(({ sensorId }) => sensorId !== undefined).length + config.sensors.length,
    camera: config.cameras.length,
    gate: config.lanes.length,
    terminal: config.lanes.filter(({ terminal }) => terminal !== undefined).length,
  };
  return { zones, lanes, devices };
}
