import type { Layout } from "@gatehouse/shared/contracts/layout";

/** The zones to which one lane alone leads; a lane that leads to several, or to all, is missing. */
export function zonesOfLanes(layout: Layout): ReadonlyMap<string, string> {
  const zoneIds = layout.zones.map(({ zone_id }) => zone_id);
  return new Map(
    layout.lanes.flatMap(({ lane_id, leads_to }) => {
      const reached = leads_to.length === 0 ? zoneIds : leads_to;
      const [only] = reached;
      return reached.length === 1 && only !== undefined ? [[lane_id, only] as const] : [];
    }),
  );
}
