import { listAt, type Say, textAt, unique } from "./config-values.ts";

/** A display stands at a zone or at a lane that there is, and a lane has one display. */
export function checkSigns(value: unknown, say: Say): void {
  const signs = listAt(value, "signs");
  const lanes = listAt(value, "lanes");
  const zoneIds = listAt(value, "zones").map((zone) => textAt(zone, "id"));
  const laneIds = lanes.map((lane) => textAt(lane, "id"));
  const signOfLane = new Map(lanes.map((lane) => [textAt(lane, "id"), textAt(lane, "sign")]));
  unique(
    signs.map((sign) => textAt(sign, "id")),
    (index, id) => say(["signs", index, "id"], `"${id}" names two displays; give each its own`),
  );
  for (const [index, sign] of signs.entries()) {
    const [id, zone, lane] = [textAt(sign, "id"), textAt(sign, "zone"), textAt(sign, "lane")];
    if (zone !== undefined && lane !== undefined) {
      say(["signs", index, "zone"], "a display shows a zone or a lane; leave one of them out");
    }
    if (zone !== undefined && !zoneIds.includes(zone)) {
      const names = zoneIds.join(", ");
      say(["signs", index, "zone"], `there is no zone "${zone}"; write one of: ${names}`);
    }
    if (lane === undefined) continue;
    if (!laneIds.includes(lane)) {
      const names = laneIds.join(", ");
      say(["signs", index, "lane"], `there is no lane "${lane}"; write one of: ${names}`);
    }
    const other = signOfLane.get(lane) ?? id;
    if (other !== id)
      say(["signs", index, "lane"], `lane ${lane} has the display "${other}" already`);
    signOfLane.set(lane, id);
  }
}
