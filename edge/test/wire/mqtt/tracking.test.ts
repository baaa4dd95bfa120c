import { MqttVisionWorker } from "@gatehouse/firmware-sim/wire/mqtt/vision-worker";
import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { type SpaceSpec, TrackingRules } from "@gatehouse/shared/contracts/facility";
import { topics } from "@gatehouse/shared/contracts/topics";
import type { FrameMessage } from "@gatehouse/shared/contracts/tracking";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { PictureTaker } from "@gatehouse/shared/ports/camera-views";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { isoOf } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MqttTracking } from "../../../src/adapters/camera/mqtt-tracking.ts";
import { Broker } from "../../../src/adapters/mqtt/broker.ts";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { Counters } from "../../../src/flows/counters.ts";
import { TrackingFlow } from "../../../src/flows/tracking/flow.ts";
import { Book } from "../../../src/store/book.ts";
import { guideExample } from "../../flows/guide-example.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import { nameOf, passwordOf, secretsOf, silentLog, until } from "./test-broker.ts";

const puback = 4;
const suback = 9;
const publish = 3;
const clock = new PacedClock();
const random = new SystemRandom();
const devices = ["CAM1", "bay-A1", "listener-dashboard"];
const space: SpaceSpec = {
  spaceId: "A1",
  number: "A1",
  zoneId: "west",
  level: "0",
  type: "standard",
  sensorId: undefined,
};

/** A broker, and what a facility makes of the frames on it. */
class House {
  readonly broker = new Broker({
    listen: { host: "127.0.0.1", port: 0 },
    secrets: secretsOf(devices),
    cameras: new Set(["CAM1"]),
    clock,
    log: silentLog,
  });
  readonly wire = new MqttTracking({ broker: this.broker, cameraIds: ["CAM1"] });
  readonly book = new Book(":memory:");
  readonly told: SpaceObservation[] = [];
  readonly pictures: number[] = [];
  readonly tracking: TrackingFlow;

  constructor() {
    const pictures: PictureTaker = {
      offer: (_camera, picture) => {
        this.pictures.push(picture.length);
        return true;
      },
    };
    this.tracking = new TrackingFlow({
      book: this.book,
      clock,
      stopwatch: new SystemStopwatch(),
      random,
      log: silentLog,
      counters: new Counters(),
      cameras: [CameraConfig.parse({ id: "CAM1", source: { kind: "pushed" } })],
      spaces: [space],
      timezone: "Europe/Berlin",
      calendar: { timezone: "Europe/Berlin", holidays: [] },
      currency: "EUR",
      rules: TrackingRules.parse({}),
      feeds: [],
      views: undefined,
      pictures,
      wire: this.wire,
      observe: (batch) => void this.told.push(...batch),
      lose: () => {},
      changed: () => {},
    });
  }

  async start(): Promise<void> {
    for (const part of [this.broker, this.tracking, this.wire]) await part.start();
  }

  async stop(): Promise<void> {
    for (const part of [this.wire, this.tracking, this.broker]) await part.stop();
  }

  get counters(): Readonly<Record<string, number>> {
    return this.broker.report()[0]?.counters ?? {};
  }
}

let house: House;
let worker: MqttVisionWorker;

beforeEach(async () => {
  house = new House();
  await house.start();
  const address = { host: "127.0.0.1", port: house.broker.port };
  worker = new MqttVisionWorker({
    deviceId: "CAM1",
    password: passwordOf("CAM1"),
    broker: address,
    random,
  });
  await worker.start();
  await until(() => worker.link.connected);
});
afterEach(async () => {
  await worker.stop();
  await house.stop();
});

const now = (): FrameMessage["metadata"] =>
  ({ ...guideExample.metadata, timestamp: isoOf(clock.now()) }) as FrameMessage["metadata"];
const listen = async (id: string, topic: string): Promise<{ client: RawClient; code: number }> => {
  const client = await RawClient.login(house.broker.port, nameOf(id));
  client.send(packets.subscribe(topic));
  const answer = await client.next(suback);
  return { client, code: answer?.body[2] ?? -1 };
};

describe("a vision worker on the broker", () => {
  test("brings its frames: a stay begins, and the space has its word", async () => {
    worker.see(now());
    await until(() => house.tracking.parkingSessions().active_sessions.length === 1);
    expect(house.tracking.parkingSessions().active_sessions).toMatchObject([
      { track_id: 42, space_id: "A1", vehicle_class: "car" },
    ]);
    await until(() => house.told.length === 1);
    expect(house.told).toMatchObject([{ spaceId: "A1", occupied: true, sourceId: "CAM1" }]);
    expect(house.wire.report()).toMatchObject([{ state: "online", counters: { frames: 1 } }]);
  });

  test("may send a picture of megabytes, which a bay sensor may not", async () => {
    worker.see(now(), Buffer.alloc(3_000_000, 7).toString("base64"));
    await until(() => house.pictures.length === 1);
    expect(house.pictures).toEqual([3_000_000]);
    const sensor = await RawClient.login(house.broker.port, nameOf("bay-A1"));
    const payload = Buffer.alloc(100_000, 65).toString();
    sensor.send(packets.publish(topics.bayState("bay-A1"), payload, { qos: 1 }));
    expect(await sensor.next(puback)).toBeUndefined();
    expect(house.counters["refused_packet_size"]).toBe(1);
  });

  test("hears what became of its frames, without the picture", async () => {
    const heard: FrameMessage[] = [];
    worker.onHeard((message) => heard.push(message));
    // Its subscription has reached the broker once its first frame has.
    for (let frame = 0; heard.length === 0; frame++) {
      worker.see(now(), "AAAA");
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(frame).toBeLessThan(100);
    }
    expect(heard[0]).toMatchObject({
      camera_id: "CAM1",
      metadata: {
        vehicle_count: 1,
        occupied_spaces: 1,
        total_spaces: 1,
        detections: [
          { class: "car", track_id: 42, bbox: [100, 200, 150, 100], center: [175, 250] },
        ],
        space_occupancy: [
          {
            space_id: "A1",
            space_name: "A1",
            bbox: { x: 0.1, y: 0.2, width: 0.15, height: 0.2 },
          },
        ],
        matched_detections: [{ space_id: "A1" }],
        tracking_enabled: true,
      },
    });
    expect(heard[0]).not.toHaveProperty("frame_base64");
  });

  test("tells a listener, once a second and not more", async () => {
    const { client, code } = await listen("listener-dashboard", "cameras/+/tracking");
    expect(code).toBe(0);
    for (let frame = 0; frame < 20; frame++) {
      worker.see(now());
      await until(() => worker.link.unacknowledged === 0);
    }
    const first = await client.next(publish);
    expect(first?.body.toString()).toContain('"vehicle_count":1');
    expect(client.answers.filter(({ type }) => type === publish).length).toBeLessThanOrEqual(1);
  });

  test("is heard by nobody else: not by another device, and no picture by anyone", async () => {
    const refused = 128;
    expect((await listen("bay-A1", topics.cameraTracking("CAM1"))).code).toBe(refused);
    expect((await listen("listener-dashboard", topics.cameraFrame("CAM1"))).code).toBe(refused);
  });
});

describe("what is no frame", () => {
  test.each([
    ["no JSON", "{", "refused_not_json"],
    ["no message", '{"vehicle_count":1}', "refused_schema"],
    ["another camera's", JSON.stringify({ ...guideExample, camera_id: "CAM2" }), "refused_schema"],
  ])("is acknowledged, dropped and counted: %s", async (_name, payload, counter) => {
    await worker.stop();
    const raw = await RawClient.login(house.broker.port, nameOf("CAM1"));
    const topic = topics.cameraFrame("CAM1");
    raw.send(packets.publish(topic, payload, { qos: 1 }));
    expect(await raw.next(puback)).toBeDefined();
    expect(house.counters[counter]).toBe(1);
    expect(house.tracking.parkingSessions().active_sessions).toEqual([]);
  });

  test("nor is what a bay sensor says on a camera's topic: it is cut off", async () => {
    const sensor = await RawClient.login(house.broker.port, nameOf("bay-A1"));
    const payload = JSON.stringify(guideExample);
    sensor.send(packets.publish(topics.cameraFrame("CAM1"), payload, { qos: 1 }));
    expect(await sensor.next(puback)).toBeUndefined();
    expect(house.counters["refused_acl"]).toBe(1);
  });
});
