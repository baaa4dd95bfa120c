import type { Part } from "@gatehouse/shared/part";
import { type DeviceAddress, DeviceLink } from "../wire/mqtt/device-link.ts";
import { envelopes, type HeardFrame, type ServerKind } from "./envelopes.ts";

/** `twice`: each event is delivered once more, as brokers do after a break. */
export type ServerFault = "none" | "twice";

/** A site's LoRaWAN network server, a client of the facility's broker: passes on what its gateways hear. */
export class NetworkServerSim implements Part {
  readonly name: string;
  readonly link: DeviceLink;
  readonly #kind: ServerKind;
  #fault: ServerFault = "none";

  constructor(address: DeviceAddress, kind: ServerKind) {
    this.name = `network server ${address.deviceId}`;
    this.link = new DeviceLink(address);
    this.#kind = kind;
  }

  start(): Promise<void> {
    this.link.on();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.link.off();
  }

  setFault(fault: ServerFault): void {
    this.#fault = fault;
  }

  hear(frame: HeardFrame): void {
    const { topic, payload } = envelopes[this.#kind](frame);
    this.link.send(topic, payload);
    if (this.#fault === "twice") this.link.send(topic, payload);
  }
}
