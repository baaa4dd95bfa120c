import type { KioskChange } from "@gatehouse/shared/contracts/kiosk";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { isoOf, milliseconds, seconds } from "@gatehouse/shared/time";
import type { WebSocket } from "ws";
import type { Desk } from "../flows/desk.ts";
import type { Metrics } from "./metrics.ts";

/** Live pages at once. */
const viewersMax = 1000;
/**
 * What may wait for one slow viewer, in bytes: the whole state of 10,000 spaces (2 MB) and the changes while it
 * is being fetched. Beyond it the viewer is dropped; its page comes back and begins anew.
 */
const waitingMax = 6 * 1024 * 1024;
/** How often a page hears that the daemon lives, in real time; two unanswered pings end it. */
const heartbeat = seconds(5);
const unansweredMax = 2;
/** RFC 6455: try again later; ours: the login has ended. */
const closeCodes = { stopping: 1001, chatty: 1008, loginEnded: 4401 } as const;

interface Viewer {
  readonly socket: WebSocket;
  readonly loginId: string;
  unanswered: number;
}

export interface LiveDeps {
  readonly desk: Desk;
  readonly clock: Clock;
  /** Virtual seconds a real second. */
  readonly rate: number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly isLoginAlive: (loginId: string) => boolean;
}

/** Tells every open page the whole state once, then what changes. */
export class Live {
  readonly #viewers = new Set<Viewer>();
  readonly #deps: LiveDeps;
  #endings: (() => void)[] = [];

  constructor(deps: LiveDeps) {
    this.#deps = deps;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  get isFull(): boolean {
    return this.#viewers.size >= viewersMax;
  }

  start(): void {
    this.#endings = [this.#deps.desk.onChange((change) => this.#tellAll(change))];
    this.#beatLater();
  }

  stop(): void {
    for (const end of this.#endings.splice(0)) end();
    for (const viewer of this.#viewers) viewer.socket.close(closeCodes.stopping, "stopping");
    for (const viewer of this.#viewers) viewer.socket.terminate();
    this.#viewers.clear();
  }

  add(socket: WebSocket, loginId: string): void {
    const viewer: Viewer = { socket, loginId, unanswered: 0 };
    this.#viewers.add(viewer);
    socket.on("close", () => this.#viewers.delete(viewer));
    socket.on("pong", () => (viewer.unanswered = 0));
    // The page only listens here; what it wants, it asks by HTTP.
    socket.on("message", () => socket.close(closeCodes.chatty, "this socket only speaks"));
    this.#tell(viewer, JSON.stringify(this.#deps.desk.state()));
  }

  endLogin(loginId: string): void {
    for (const viewer of this.#viewers) {
      if (viewer.loginId === loginId) viewer.socket.close(closeCodes.loginEnded, "signed out");
    }
  }

  #tellAll(change: KioskChange): void {
    if (this.#viewers.size === 0) return;
    const text = JSON.stringify(change);
    for (const viewer of this.#viewers) this.#tell(viewer, text);
  }

  #tell(viewer: Viewer, text: string): void {
    const { socket } = viewer;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > waitingMax) this.#drop(viewer, "too slow");
    else socket.send(text);
  }

  #beatLater(): void {
    const wait = milliseconds(heartbeat * this.#deps.rate);
    const cancel = this.#deps.clock.after(wait, () => {
      this.#endings = this.#endings.filter((end) => end !== cancel);
      this.#beat();
      this.#beatLater();
    });
    this.#endings.push(cancel);
  }

  #beat(): void {
    this.#tellAll({ type: "change", now: isoOf(this.#deps.clock.now()) });
    for (const viewer of this.#viewers) {
      if (!this.#deps.isLoginAlive(viewer.loginId)) {
        viewer.socket.close(closeCodes.loginEnded, "login ended");
      } else if (viewer.unanswered >= unansweredMax) {
        this.#drop(viewer, "no answer");
      } else {
        viewer.unanswered += 1;
        viewer.socket.ping();
      }
    }
  }

  #drop(viewer: Viewer, why: string): void {
    this.#viewers.delete(viewer);
    viewer.socket.terminate();
    this.#deps.metrics.count("live_viewers_dropped");
    this.#deps.log.warn("live viewer dropped", { why });
  }
}
