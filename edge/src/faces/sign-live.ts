import type { WebSocket } from "ws";
import type { SignsDesk } from "../flows/signs-desk.ts";
import type { SlowRule, Viewers } from "./viewers.ts";

/** Each message is the whole display, so a slow screen misses some and hears the next. */
const slow: SlowRule = { waitingMax: 16 * 1024, whenSlow: "skip" };

export interface SignLiveDeps {
  readonly signs: SignsDesk;
  readonly viewers: Viewers;
}

/** Tells the screens of displays that are pages what to show, and now and then that it still holds. */
export class SignLive {
  readonly #deps: SignLiveDeps;
  /** By sign: ends our listening to it. */
  readonly #ends = new Map<string, () => void>();

  constructor(deps: SignLiveDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#deps.viewers.onBeat(() => {
      for (const signId of this.#ends.keys()) this.#tell(signId);
    });
  }

  stop(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
  }

  add(socket: WebSocket, signId: string): void {
    const { signs, viewers } = this.#deps;
    const topic = topicOf(signId);
    viewers.add(socket, topic, undefined);
    if (!this.#ends.has(signId)) {
      this.#ends.set(
        signId,
        signs.onShow(signId, () => this.#tell(signId)),
      );
    }
    this.#tell(signId, socket);
    socket.on("close", () => {
      if (viewers.hasAny(topic)) return;
      this.#ends.get(signId)?.();
      this.#ends.delete(signId);
    });
  }

  #tell(signId: string, socket?: WebSocket): void {
    const view = this.#deps.signs.view(signId);
    if (view === undefined) return;
    this.#deps.viewers.tell(topicOf(signId), JSON.stringify(view), slow, socket);
  }
}

const topicOf = (signId: string): string => `sign ${signId}`;
