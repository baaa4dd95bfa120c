import type { WebSocket } from "ws";
import type { TrackingDesk } from "../flows/tracking/desk.ts";
import type { SlowRule, Viewers } from "./viewers.ts";

/** Each message stands for itself, so a slow viewer misses some and hears the next. */
const slow: SlowRule = { waitingMax: 256 * 1024, whenSlow: "skip" };

export interface TrackingLiveDeps {
  readonly tracking: () => TrackingDesk;
  readonly viewers: Viewers;
}

/** Tells whoever listens what a camera sees (requirements T36); a camera without listeners costs nothing. */
export class TrackingLive {
  readonly #deps: TrackingLiveDeps;
  /** By topic: ends our listening to the camera. */
  readonly #ends = new Map<string, () => void>();

  constructor(deps: TrackingLiveDeps) {
    this.#deps = deps;
  }

  stop(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
  }

  /** @param loginId undefined: the camera itself, which signed in with its token */
  add(socket: WebSocket, cameraId: string, loginId: string | undefined): void {
    const { tracking, viewers } = this.#deps;
    const topic = `camera ${cameraId}`;
    viewers.add(socket, topic, loginId);
    if (!this.#ends.has(topic)) {
      const end = tracking().onUpdate(cameraId, (update) =>
        viewers.tell(topic, JSON.stringify(update), slow),
      );
      this.#ends.set(topic, end);
    }
    socket.on("close", () => {
      if (viewers.hasAny(topic)) return;
      this.#ends.get(topic)?.();
      this.#ends.delete(topic);
    });
  }
}
