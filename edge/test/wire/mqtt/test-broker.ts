import { createHash } from "node:crypto";
import type { Log } from "@gatehouse/shared/ports/log";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import type { BrokerLimits } from "../../../src/adapters/mqtt/limits.ts";
import { MqttSensorFeed } from "../../../src/adapters/sensor/mqtt-sensor-feed.ts";
import { plainSensor } from "../../../src/adapters/sensor/planned-sensor.ts";

export const passwordOf = (deviceId: string): string => `secret of ${deviceId}`;

/** What a device needs to log in. */
export const nameOf = (deviceId: string): { id: string; user: string; password: string } => ({
  id: deviceId,
  user: deviceId,
  password: passwordOf(deviceId),
});

export const secretsOf = (deviceIds: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    deviceIds.map((id) => [id, createHash("sha256").update(passwordOf(id)).digest("hex")]),
  );

export const bayPayload = (sequence: number, boot = "b1"): string =>
  JSON.stringify({ boot, seq: sequence, occupied: sequence % 2 === 0 });

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface TestBroker {
  readonly broker: Broker;
  readonly feed: MqttSensorFeed;
  readonly kept: SpaceObservation[];
  readonly lost: string[];
  readonly warned: { readonly event: string; readonly fields: unknown }[];
  /** Thrown by the listener while set. */
  trouble: Error | undefined;
  counters(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** A running broker with a feed of every device as a bay sensor. */
export async function startBroker(
  deviceIds: readonly string[],
  limits: Partial<BrokerLimits> = {},
  port = 0,
): Promise<TestBroker> {
  const kept: SpaceObservation[] = [];
  const lost: string[] = [];
  const warned: { event: string; fields: unknown }[] = [];
  const write = (event: string, fields?: unknown): void => void warned.push({ event, fields });
  const log: Log = { info: () => {}, warn: write, error: write };
  const broker = new Broker({
    listen: { host: "127.0.0.1", port },
    secrets: secretsOf(deviceIds),
    clock: new PacedClock(),
    log,
    limits,
  });
  const sensors = deviceIds.map((id) => plainSensor(id, `space of ${id}`));
  const feed = new MqttSensorFeed({ broker, clock: new PacedClock(), sensors });
  const test: TestBroker = {
    broker,
    feed,
    kept,
    lost,
    warned,
    trouble: undefined,
    counters: () => broker.report()[0]?.counters ?? {},
    stop: async () => {
      await feed.stop();
      await broker.stop();
    },
  };
  feed.onObservations((batch) => {
    if (test.trouble !== undefined) throw test.trouble;
    kept.push(...batch);
  });
  feed.onLost(({ sourceId }) => void lost.push(sourceId));
  await broker.start();
  await feed.start();
  return test;
}

/** Waits until something is so; the test's own time limit ends a wait in vain. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
