import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import type { WebSocket } from "ws";
import type { Metrics } from "./metrics.ts";

/** Live pages at once. */
const viewersMax = 1000;
/** How often it is looked whether a page still lives, in real time; two unanswered pings end it. */
const heartbeat = seconds(5);
const unansweredMax = 2;
/** RFC 6455: try again later; ours: the login has ended. */
const closeCodes = { stopping: 1001, chatty: 1008, loginEnded: 4401 } as const;

interface Viewer {
  readonly socket: WebSocket;
  readonly topic: string;
  /** Undefined: a machine, which signed in with its own token. */
  readonly loginId: string | undefined;
  unanswered: number;
}

/** What may wait for one slow viewer, in bytes, and what becomes of one for whom more does. */
export interface SlowRule {
  readonly waitingMax: number;
  /** `drop`: it has missed something and must begin anew. `skip`: the next message tells it everything. */
  readonly whenSlow: "drop" | "skip";
}

export interface ViewersDeps {
  readonly clock: Clock;
  /** Virtual seconds a real second. */
  readonly rate: number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly isLoginAlive: (loginId: string) => boolean;
}

/** Everybody who listens on a live socket, by what they listen to. */
export class Viewers {
  readonly #viewers = new Set<Viewer>();
  readonly #deps: ViewersDeps;
  readonly #beats: (() => void)[] = [];
  #cancel: () => void = () => {};

  constructor(deps: ViewersDeps) {
    this.#deps = deps;
  }

  get isFull(): boolean {
    return this.#viewers.size >= viewersMax;
  }

  start(): void {
    this.#beatLater();
  }

  stop(): void {
    this.#cancel();
    for (const { socket } of this.#viewers) socket.close(closeCodes.stopping, "stopping");
    for (const { socket } of this.#viewers) socket.terminate();
    this.#viewers.clear();
  }

  /** Called before each look at who still lives. */
  onBeat(listener: () => void): void {
    this.#beats.push(listener);
  }

  add(socket: WebSocket, topic: string, loginId: string | undefined): void {
    const viewer: Viewer = { socket, topic, loginId, unanswered: 0 };
    this.#viewers.add(viewer);
    socket.on("close", () => this.#viewers.delete(viewer));
    socket.on("pong", () => (viewer.unanswered = 0));
    // Who listens here only listens; what it wants, it asks by HTTP.
    socket.on("message", () => socket.close(closeCodes.chatty, "this socket only speaks"));
  }

  hasAny(topic: string): boolean {
    return this.#viewers.values().some((viewer) => viewer.topic === topic);
  }

  /** @param socket only this one; missing: everybody who listens to the topic */
  tell(topic: string, text: string, slow: SlowRule, socket?: WebSocket): void {
    for (const viewer of this.#viewers) {
      if (viewer.topic !== topic || (socket ?? viewer.socket) !== viewer.socket) continue;
      if (viewer.socket.readyState !== viewer.socket.OPEN) continue;
      if (viewer.socket.bufferedAmount <= slow.waitingMax) viewer.socket.send(text);
      else if (slow.whenSlow === "drop") this.#drop(viewer, "too slow");
      else this.#deps.metrics.count("live_messages_skipped");
    }
  }

  endLogin(loginId: string): void {
    for (const viewer of this.#viewers) {
      if (viewer.loginId === loginId) viewer.socket.close(closeCodes.loginEnded, "signed out");
    }
  }

  #beatLater(): void {
    const { clock, rate } = this.#deps;
    this.#cancel = clock.after(milliseconds(heartbeat * rate), () => {
      for (const listener of this.#beats) listener();
      this.#beat();
      this.#beatLater();
    });
  }

  #beat(): void {
    for (const viewer of this.#viewers) {
      const { socket, loginId } = viewer;
      if (loginId !== undefined && !this.#deps.isLoginAlive(loginId)) {
        socket.close(closeCodes.loginEnded, "login ended");
      } else if (viewer.unanswered >= unansweredMax) {
        this.#drop(viewer, "no answer");
      } else {
        viewer.unanswered += 1;
        socket.ping();
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
