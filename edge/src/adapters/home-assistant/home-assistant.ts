import type { KioskChange, KioskState } from "@gatehouse/shared/contracts/kiosk";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, seconds } from "@gatehouse/shared/time";
import { type Announcement, announcementsOf, statusTopic } from "./discovery.ts";

/** Whose state is told. */
export interface HomeAssistantSource {
  state(): KioskState;
  devices(): readonly DeviceReport[];
  onChange(listener: (change: KioskChange) => void): () => void;
}

export interface HomeAssistantOptions {
  readonly source: HomeAssistantSource;
  /** Publishes a retained message. @throws Fault when the broker does not run */
  readonly publish: (topic: string, payload: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Changes are told together, at most this often. */
const gather = seconds(1);
/** Devices change without telling. */
const lookEvery = seconds(30);

/** Keeps lanes, zones and devices on our own broker as Home Assistant discovers them. It only tells; it obeys nothing. */
export class HomeAssistant implements Part {
  readonly name = "home assistant";
  readonly #options: HomeAssistantOptions;
  /** What the broker keeps, by topic. */
  readonly #told = new Map<string, string>();
  #endListening: () => void = () => {};
  #cancel: () => void = () => {};
  #isSoon = false;
  #stopped = true;

  constructor(options: HomeAssistantOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    await this.#tell();
    this.#endListening = this.#options.source.onChange(() => {
      if (!this.#isSoon) this.#plan(gather);
    });
    this.#plan(lookEvery);
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#endListening();
    this.#cancel();
    await this.#publish([this.#status("offline")]);
    this.#told.clear();
  }

  #plan(delay: Duration): void {
    if (this.#stopped) return;
    this.#cancel();
    this.#isSoon = delay === gather;
    this.#cancel = this.#options.clock.after(delay, () => {
      this.#isSoon = false;
      void this.#tell().then(() => {
        if (!this.#isSoon) this.#plan(lookEvery);
      });
    });
  }

  async #tell(): Promise<void> {
    const { source } = this.#options;
    const now = announcementsOf(source.state(), source.devices());
    await this.#publish([...now, this.#status("online")]);
    // What is no more is taken back: an empty retained message ends it.
    const named = new Set([...now.map(({ topic }) => topic), this.#status("online").topic]);
    const gone = [...this.#told.keys()].filter((topic) => !named.has(topic));
    await this.#publish(gone.map((topic) => ({ topic, payload: "" })));
    for (const topic of gone) this.#told.delete(topic);
  }

  /** Publishes what differs from what was told before. */
  async #publish(announcements: readonly Announcement[]): Promise<void> {
    try {
      for (const { topic, payload } of announcements) {
        if (this.#told.get(topic) === payload) continue;
        await this.#options.publish(topic, payload);
        this.#told.set(topic, payload);
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // The next look tells it again.
      this.#options.log.warn("home-assistant-untold", { code: error.code });
    }
  }

  #status(payload: "online" | "offline"): Announcement {
    return { topic: statusTopic(this.#options.source.state().facility.facility_id), payload };
  }
}
