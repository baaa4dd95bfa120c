import { AccuracyData, type AccuracyScore } from "@gatehouse/shared/contracts/accuracy";
import { type Cell, table } from "./table.ts";
import { shape, type Terminal } from "./terminal.ts";

const driftTexts = {
  "below-limit": "wrong too often: look at its picture and calibrate it",
  "below-past": "worse than it was: look at its picture and calibrate it",
} as const;

/** Each source and zone with its interval, the counts of last, and which camera needs somebody. */
export function accuracyLines(data: unknown, terminal: Terminal): string[] {
  const { windows, counts, cameras } = AccuracyData.parse(data);
  const tables = windows.flatMap(({ days, scores }) => {
    if (scores.length === 0) return [];
    const head = ["what", "zone", "right", "95 % between", "judged", "silent"];
    return ["", `Within ${days} days`, table(terminal, head, scores.map(scoreRow))];
  });
  const drifting = cameras.flatMap(({ camera_id: cameraId, drift }) =>
    drift === null ? [] : [`${shape("warn")} camera ${cameraId} is ${driftTexts[drift]}`],
  );
  const last = counts.map(({ at, by, zone_id, camera_id, method, spaces, wrong }) => [
    at,
    by,
    zone_id === null ? `camera ${camera_id}` : `zone ${zone_id}`,
    method,
    String(spaces),
    String(wrong),
  ]);
  return [
    ...(drifting.length === 0 ? [] : ["", ...drifting]),
    ...tables,
    ...(last.length === 0
      ? ["", "Next: count spaces at the kiosk: Count, below Accuracy."]
      : ["", table(terminal, ["counted (UTC)", "by", "where", "how", "spaces", "wrong"], last)]),
  ];
}

function scoreRow(score: AccuracyScore): Cell[] {
  const { source, camera_id: cameraId, zone_id: zoneId, accuracy, low, high } = score;
  const names = { fused: "published", sensor: "sensors", camera: `camera ${cameraId}` };
  return [
    names[source],
    zoneId ?? "all",
    percent(accuracy),
    low === null || high === null ? "–" : `${percent(low)} – ${percent(high)}`,
    String(score.right + score.wrong),
    String(score.silent),
  ];
}

const percent = (share: number | null): string =>
  share === null ? "–" : `${(share * 100).toFixed(1)} %`;
