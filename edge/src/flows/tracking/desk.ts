import type { FrameMessage } from "@gatehouse/shared/contracts/tracking";
import type {
  ParkingSessions,
  ProcessAnswer,
  TrackingUpdate,
} from "@gatehouse/shared/contracts/tracking-answers";
import type { Refusal } from "../desk.ts";
import type { TrackingReports } from "./reports.ts";

/** What the faces may ask and tell of the cameras' eyes. */
export interface TrackingDesk {
  readonly cameraIds: readonly string[];
  readonly reports: TrackingReports;
  /** A frame that a vision worker has sent. */
  receive(frame: FrameMessage): ProcessAnswer | Refusal;
  parkingSessions(): ParkingSessions;
  /** At most ten calls a real second; the returned function ends it. */
  onUpdate(cameraId: string, listener: (update: TrackingUpdate) => void): () => void;
}
