import { Counter, Gauge, Registry, collectDefaultMetrics } from "prom-client";
import type { Desk } from "../flows/desk.ts";

/** What the kiosk itself counts, beside what the facility and the process tell. */
export const kioskCounts = [
  "logins",
  "wrong_pins",
  "lockouts",
  "foreign_origins",
  "refused_requests",
  "bugs",
  "hand_openings_limited",
  "live_viewers_dropped",
  "live_viewers_refused",
  "live_messages_skipped",
  "wrong_camera_tokens",
] as const;
export type KioskCount = (typeof kioskCounts)[number];

/** Renders everything countable in Prometheus' text format. */
export class Metrics {
  readonly #desk: Desk;
  readonly #process = new Registry();
  readonly #own: ReadonlyMap<KioskCount, Counter>;
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#own = new Map(
      kioskCounts.map((name) => [
        name,
        new Counter({
          name: `gatehouse_kiosk_${name}_total`,
          help: `Kiosk: ${name.replaceAll("_", " ")} since start.`,
          registers: [this.#process],
        }),
      ]),
    );
  }

  start(): void {
    collectDefaultMetrics({ register: this.#process });
  }

  count(what: KioskCount): void {
    this.#own.get(what)?.inc();
  }

  async text(): Promise<string> {
    return `${await this.#process.metrics()}\n${await this.#facility().metrics()}`;
  }

  /** The desk names its values itself, so they are gathered anew for each reading. */
  #facility(): Registry {
    const registry = new Registry();
    const values = Map.groupBy(this.#desk.metrics(), ({ name }) => name);
    for (const [name, rows] of values) {
      const labelNames = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))];
      const help = `${name.replaceAll("_", " ")}.`;
      const settings = { name: fullName(name), help, labelNames, registers: [registry] };
      if (name.endsWith("_total")) {
        const counter = new Counter(settings);
        for (const { labels, value } of rows) counter.inc(labels, value);
      } else {
        const gauge = new Gauge(settings);
        for (const { labels, value } of rows) gauge.set(labels, value);
      }
    }
    return registry;
  }
}

const fullName = (name: string): string =>
  name.startsWith("gatehouse_") ? name : `gatehouse_${name}`;
