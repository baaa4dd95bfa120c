import { readFrame, type FrameMessage } from "@gatehouse/shared/contracts/tracking";

/**
 * The tracking guide's own example of a message. Its counts say three vehicles and four spaces, its lists one each;
 * its time has no zone.
 */
export const guideExample = {
  camera_id: "CAM1",
  frame_base64: "",
  metadata: {
    vehicle_count: 3,
    occupied_spaces: 2,
    total_spaces: 4,
    timestamp: "2026-01-07T12:30:45.123456",
    detections: [
      {
        class: "car",
        confidence: 0.87,
        bbox: [100, 200, 150, 100],
        track_id: 42,
        center: [175, 250],
      },
    ],
    space_occupancy: [
      {
        space_id: "space_1",
        space_name: "A1",
        is_occupied: true,
        bbox: { x: 0.1, y: 0.2, width: 0.15, height: 0.2 },
      },
    ],
    matched_detections: [
      {
        detection: { class: "car", confidence: 0.87, bbox: [100, 200, 150, 100], track_id: 42 },
        space_id: "space_1",
      },
    ],
    tracking_enabled: true,
  },
};

/** A message that its contract accepts. */
export function frameOf(value: unknown, cameraId = "CAM1"): FrameMessage {
  const read = readFrame(cameraId, value);
  if (read.kind === "complaints") throw new RangeError(JSON.stringify(read.errors));
  return read.frame;
}
