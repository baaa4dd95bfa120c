import { topics } from "@gatehouse/shared/contracts/topics";
import { FrameMessage, type TrackingMetadata } from "@gatehouse/shared/contracts/tracking";
import type { Part } from "@gatehouse/shared/part";
import { type DeviceAddress, DeviceLink } from "./device-link.ts";

/** Frames that wait for their acknowledgement; with more under way the next one is not sent. */
const underWayMost = 4;

/** A vision worker beside a camera, on the facility's broker: brings what it sees, and hears what became of it. */
export class MqttVisionWorker implements Part {
  readonly name: string;
  readonly link: DeviceLink;
  readonly #cameraId: string;
  #onHeard: (message: FrameMessage) => void = () => {};
  #skipped = 0;

  /** @param address of the camera: its id is the client's */
  constructor(address: DeviceAddress) {
    this.name = `vision worker ${address.deviceId}`;
    this.#cameraId = address.deviceId;
    this.link = new DeviceLink(address, topics.cameraTracking(address.deviceId));
    this.link.onMessage((payload) =>
      this.#onHeard(FrameMessage.parse(JSON.parse(payload.toString()))),
    );
  }

  /** Frames that were not sent because those before were still under way. */
  get skipped(): number {
    return this.#skipped;
  }

  start(): Promise<void> {
    this.link.on();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.link.off();
  }

  /** What the facility tells about this camera. */
  onHeard(listener: (message: FrameMessage) => void): void {
    this.#onHeard = listener;
  }

  /** @param picture a JPEG or PNG as base64 */
  see(metadata: TrackingMetadata, picture?: string): void {
    if (this.link.unacknowledged >= underWayMost) {
      this.#skipped += 1;
      return;
    }
    const message: FrameMessage = {
      camera_id: this.#cameraId,
      ...(picture === undefined ? {} : { frame_base64: picture }),
      metadata,
    };
    this.link.send(topics.cameraFrame(this.#cameraId), JSON.stringify(message));
  }
}
