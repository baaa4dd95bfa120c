import type { KioskChange } from "@gatehouse/shared/contracts/kiosk";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf } from "@gatehouse/shared/time";
import type { WebSocket } from "ws";
import type { Desk } from "../flows/desk.ts";
import type { SlowRule, Viewers } from "./viewers.ts";

/**
 * What may wait for one slow page: the whole state of 10,000 spaces (2 MB) and the changes while it is being
 * fetched. Beyond it the page is dropped; it comes back and begins anew.
 */
const slow: SlowRule = { waitingMax: 6 * 1024 * 1024, whenSlow: "drop" };
const topic = "kiosk";

export interface LiveDeps {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly viewers: Viewers;
}

/** Tells every open page of the kiosk the whole state once, then what changes, and now and then that we live. */
export class Live {
  readonly #deps: LiveDeps;
  #end: () => void = () => {};

  constructor(deps: LiveDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { desk, clock, viewers } = this.#deps;
    this.#end = desk.onChange((change) => this.#tellAll(change));
    viewers.onBeat(() => this.#tellAll({ type: "change", now: isoOf(clock.now()) }));
  }

  stop(): void {
    this.#end();
  }

  add(socket: WebSocket, loginId: string): void {
    const { desk, viewers } = this.#deps;
    viewers.add(socket, topic, loginId);
    viewers.tell(topic, JSON.stringify(desk.state()), slow, socket);
  }

  #tellAll(change: KioskChange): void {
    const { viewers } = this.#deps;
    if (viewers.hasAny(topic)) viewers.tell(topic, JSON.stringify(change), slow);
  }
}
