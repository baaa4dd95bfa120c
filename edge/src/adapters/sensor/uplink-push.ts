import { Fault } from "@gatehouse/shared/fault";
import { parseJson } from "../mqtt/json-payload.ts";
import type { PushedBody } from "../lpr/push-format.ts";
import type { PushAnswer } from "../lpr/push-reader.ts";
import type { PushTarget } from "../lpr/push-server.ts";
import type { MqttSensorFeed } from "./mqtt-sensor-feed.ts";

/** The webhook of one network server: it pushes its events as `POST /push/<its id>`, with its token. */
export class UplinkPush implements PushTarget {
  readonly id: string;
  readonly #feed: MqttSensorFeed;
  readonly #counts = new Map<string, number>();

  constructor(serverId: string, feed: MqttSensorFeed) {
    this.id = serverId;
    this.#feed = feed;
  }

  receive({ bytes }: PushedBody): PushAnswer {
    const json = parseJson(bytes);
    if (json === undefined) return malformed("the body is no JSON");
    try {
      const delivery = this.#feed.deliver(this.id, json.value);
      if (delivery.kind === "taken") return { status: 200, body: { outcomes: [] } };
      this.count("refused_malformed");
      return malformed(delivery.why);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.count("not_durable");
      const title = "The message could not be made durable";
      return {
        status: 503,
        problem: { type: error.code, title, status: 503, hint: error.hint },
      };
    }
  }

  /** What is refused before it comes here. */
  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}

const malformed = (why: string): PushAnswer => ({
  status: 400,
  problem: {
    type: "uplink-refused",
    title: why,
    status: 400,
    hint: "gatehouse sensors raw shows the messages that nobody could read.",
  },
});
