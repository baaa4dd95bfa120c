import { TrackingUpdate } from "@gatehouse/shared/contracts/tracking-answers";
import { signal } from "@preact/signals";

/** Between tries to hear what a camera follows; not every camera follows. */
const tryAgainMs = 5000;
/** What was followed longer ago than this says nothing about the picture shown. */
const oldAfterMs = 6000;
/** Two boxes that share this much of their area are the same vehicle. */
const sameFrom = 0.4;

type Box = readonly [left: number, top: number, right: number, bottom: number];

const heard = signal<{ readonly update: TrackingUpdate; readonly atMs: number } | undefined>(
  undefined,
);

let socket: WebSocket | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Hears what a camera follows, until the returned function is called. */
export function hearFollowed(cameraId: string): () => void {
  const url = new URL("/ws/tracking/live", location.href.replace(/^http/, "ws"));
  url.searchParams.set("camera_id", cameraId);
  const next = new WebSocket(url);
  socket = next;
  next.addEventListener("message", ({ data }) => {
    const update = TrackingUpdate.safeParse(jsonOf(data));
    if (update.success) heard.value = { update: update.data, atMs: performance.now() };
  });
  next.addEventListener("close", () => {
    if (socket === next) timer = setTimeout(() => hearFollowed(cameraId), tryAgainMs);
  });
  return () => {
    clearTimeout(timer);
    const last = socket;
    socket = undefined;
    heard.value = undefined;
    last?.close();
  };
}

/** The track of the vehicle in this box, in pixels of the camera's picture; undefined when none is followed there. */
export function trackIn(box: Box): number | undefined {
  const now = heard.value;
  if (now === undefined || performance.now() - now.atMs > oldAfterMs) return undefined;
  let best: number | undefined;
  let bestShare = sameFrom;
  for (const { bbox, track_id: track } of now.update.detections) {
    const [x, y, width, height] = bbox;
    const share = overlapOf(box, [x, y, x + width, y + height]);
    if (track !== null && share > bestShare) [best, bestShare] = [track, share];
  }
  return best;
}

/** Intersection over union of two boxes, 0–1. */
function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const areaOf = ([left, top, right, bottom]: Box): number => (right - left) * (bottom - top);
  return (width * height) / (areaOf(a) + areaOf(b) - width * height);
}

function jsonOf(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
