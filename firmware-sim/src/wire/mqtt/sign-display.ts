import { SignShow, topics } from "@gatehouse/shared/contracts/topics";
import type { Part } from "@gatehouse/shared/part";
import { type DeviceAddress, DeviceLink } from "./device-link.ts";

/** A display on the facility's broker: shows the last message that it could read. */
export class MqttSignDisplay implements Part {
  readonly name: string;
  readonly link: DeviceLink;
  #shown: SignShow | undefined;
  #unreadable = 0;
  #onShow: (show: SignShow) => void = () => {};

  constructor(options: DeviceAddress) {
    this.name = `sign display ${options.deviceId}`;
    this.link = new DeviceLink(options, topics.signShow(options.deviceId));
    this.link.onMessage((payload) => this.#read(payload));
  }

  get shown(): SignShow | undefined {
    return this.#shown;
  }

  /** Messages that were none for a display. */
  get unreadable(): number {
    return this.#unreadable;
  }

  onShow(listener: (show: SignShow) => void): void {
    this.#onShow = listener;
  }

  /** The display serves at once; the broker may come later. */
  start(): Promise<void> {
    this.link.on();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.link.off();
  }

  #read(payload: Buffer): void {
    const show = SignShow.safeParse(parse(payload.toString()));
    if (!show.success) {
      this.#unreadable += 1;
      return;
    }
    this.#shown = show.data;
    this.#onShow(show.data);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
