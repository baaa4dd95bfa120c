import { LoopState } from "@gatehouse/shared/contracts/topics";
import type { LaneInput } from "@gatehouse/shared/lane-input";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { LaneInputChange, LaneInputFeed } from "@gatehouse/shared/ports/lane-inputs";
import type { Instant } from "@gatehouse/shared/time";
import type { Broker } from "../mqtt/broker.ts";
import type { Arrival } from "../mqtt/inbox.ts";
import { readJson } from "../mqtt/json-payload.ts";
import type { Reason } from "../mqtt/refusals.ts";

export interface MqttInputsOptions {
  readonly broker: Broker;
  /** The loop board's client id. */
  readonly deviceId: string;
  readonly laneId: string;
}

/** The loop board of one lane on the broker. While it is not connected, none of its inputs is known. */
export class MqttInputs implements LaneInputFeed {
  readonly name: string;
  readonly #options: MqttInputsOptions;
  readonly #known = new Map<LaneInput, boolean | undefined>();
  readonly #counts = { messages: 0, stale: 0, refused: 0, lost: 0 };
  #tell: (change: LaneInputChange) => void = () => {};
  #ends: (() => void)[] = [];
  #boot: string | undefined;
  #sequence = -1;
  #pastBoots: readonly string[] = [];
  #state: DeviceReport["state"] = "unknown";
  #lastSeen: Instant | undefined;

  constructor(options: MqttInputsOptions) {
    this.#options = options;
    this.name = `loops ${options.deviceId}`;
  }

  onInput(listener: (change: LaneInputChange) => void): void {
    this.#tell = listener;
  }

  start(): Promise<void> {
    const { broker, deviceId } = this.#options;
    this.#ends = [
      broker.takeLoop(deviceId, (arrival) => this.#take(arrival)),
      broker.onPresence(({ clientId, presence, at }) => {
        if (clientId === deviceId && presence !== "here") this.#lose(at);
      }),
    ];
    return Promise.resolve();
  }

  stop(): Promise<void> {
    for (const end of this.#ends.splice(0)) end();
    this.#known.clear();
    return Promise.resolve();
  }

  report(): readonly DeviceReport[] {
    const { deviceId, laneId } = this.#options;
    return [
      {
        id: deviceId,
        kind: "lane-inputs",
        make: `MQTT loop board ${deviceId}`,
        laneId,
        state: this.#state,
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        counters: { ...this.#counts },
      },
    ];
  }

  #take(arrival: Arrival): Reason | undefined {
    const read = readJson(LoopState, arrival.payload);
    if ("refused" in read) {
      this.#counts.refused += 1;
      return read.refused;
    }
    this.#counts.messages += 1;
    this.#state = "online";
    this.#lastSeen = arrival.at;
    if (!this.#isNews(read.value)) {
      this.#counts.stale += 1;
      return undefined;
    }
    const { value } = read;
    this.#set("arming", value.arming, arrival.at);
    this.#set("safety", value.safety, arrival.at);
    this.#set("limit-open", value.limit_open, arrival.at);
    this.#set("limit-closed", value.limit_closed, arrival.at);
    this.#set("help", value.help, arrival.at);
    this.#set("ticket", value.ticket, arrival.at);
    return undefined;
  }

  /** A repeat, a message overtaken by a later one, or one from before a reboot tells nothing. */
  #isNews({ boot, seq }: LoopState): boolean {
    if (this.#pastBoots.includes(boot)) return false;
    if (boot === this.#boot && seq <= this.#sequence) return false;
    if (this.#boot !== undefined && boot !== this.#boot)
      this.#pastBoots = [...this.#pastBoots, this.#boot].slice(-rememberedBoots);
    this.#boot = boot;
    this.#sequence = seq;
    return true;
  }

  /** @param said null: the detector reports a fault; undefined: the board has no such input */
  #set(input: LaneInput, said: boolean | null | undefined, at: Instant): void {
    if (said === undefined) return;
    const active = said ?? undefined;
    if (this.#known.has(input) && this.#known.get(input) === active) return;
    this.#known.set(input, active);
    this.#tell({ laneId: this.#options.laneId, input, active, at });
  }

  #lose(at: Instant): void {
    this.#state = "offline";
    this.#counts.lost += 1;
    for (const input of this.#known.keys()) this.#set(input, null, at);
  }
}

/** A board reboots rarely; what is older than so many boots no longer comes. */
const rememberedBoots = 8;
