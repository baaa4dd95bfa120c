import type { FrameMessage } from "../contracts/tracking.ts";
import type { Part } from "../part.ts";
import type { Reporting } from "./device.ts";

/** Where vision workers bring their frames, and where ours are heard: the broker. */
export interface TrackingWire extends Part, Reporting {
  /** One listener; set before `start`. It never waits. @returns whether the frame was taken */
  onFrame(listener: (frame: FrameMessage) => boolean): void;
  /** Tells whoever listens, without a picture. It never waits; what cannot be sent now is dropped and counted. */
  publish(message: FrameMessage): void;
}
