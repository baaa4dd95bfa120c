import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Broker } from "@gatehouse/edge/adapters/mqtt/broker";
import { MqttSensorFeed } from "@gatehouse/edge/adapters/sensor/mqtt-sensor-feed";
import { plainSensor } from "@gatehouse/edge/adapters/sensor/planned-sensor";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import { VisionPool } from "@gatehouse/edge/vision/pool";
import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { Part } from "@gatehouse/shared/part";
import sharp from "sharp";
import { busyView } from "./busy-view.ts";

const sensorCount = 120;
const messagesASecond = 1000;
const password = "bench";
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** What else a daemon does while a car is let in. */
export interface GateLoad {
  readonly broker: Part;
  readonly sensors: MqttSensorFeed;
  readonly vision: VisionPool;
  /** Sensors begin to send, once the facility runs. @returns what ends them */
  begin(): () => void;
  /** Messages kept and pictures looked at so far. */
  done(): { readonly messages: number; readonly pictures: number };
}

/**
 * A broker with bay sensors, and a camera whose pictures differ one from another and are looked at without a
 * pause, on one thread.
 *
 * @param folder for the pictures and what the camera keeps
 */
export async function gateLoad(folder: string): Promise<GateLoad> {
  const clock = new PacedClock();
  const spaces = Array.from(
    { length: sensorCount },
    (_, index) => `A${String(index + 1).padStart(3, "0")}`,
  );
  const hash = createHash("sha256").update(password).digest("hex");
  const broker = new Broker({
    listen: { host: "127.0.0.1", port: 0 },
    secrets: Object.fromEntries(spaces.map((space) => [`bay-${space}`, hash])),
    clock,
    log: silent,
  });
  const sensors = new MqttSensorFeed({
    broker,
    clock,
    sensors: spaces.map((space) => plainSensor(`bay-${space}`, space)),
  });
  const pictures = await drawPictures(folder);
  const vision = new VisionPool({
    clock,
    stopwatch: new SystemStopwatch(),
    random: new SystemRandom(),
    log: silent,
    cameras: [
      CameraConfig.parse({
        id: "north",
        source: { kind: "folder", path: pictures, every_s: 0.02 },
      }),
    ],
    baseDir: folder,
    dataDir: folder,
    credentials: {},
    plateCropsDays: 1,
  });
  return {
    broker,
    sensors,
    vision,
    begin: () => {
      const load = fork(
        fileURLToPath(new URL("./sensor-load.ts", import.meta.url)),
        [
          String(broker.port),
          "0",
          String(messagesASecond),
          ...spaces.map((space) => `bay-${space}:${password}`),
        ],
        { execArgv: [] },
      );
      return () => load.kill();
    },
    done: () => ({
      messages: broker.report()[0]?.counters["kept"] ?? 0,
      pictures: vision.report().reduce((sum, { counters }) => sum + (counters["frames"] ?? 0), 0),
    }),
  };
}

/** Noise of 1280 x 720: no two are alike, so none is skipped as unchanged. */
async function drawPictures(folder: string): Promise<string> {
  const pictures = join(folder, "pictures");
  const camera = join(folder, "cameras", "north");
  await mkdir(pictures, { recursive: true });
  await mkdir(camera, { recursive: true });
  await writeFile(join(camera, "view.json"), JSON.stringify(busyView));
  for (let picture = 0; picture < 8; picture++) {
    const noise = { type: "gaussian" as const, mean: 90 + 10 * picture, sigma: 40 };
    await sharp({ create: { width: 1280, height: 720, channels: 3, background: "#888", noise } })
      .jpeg()
      .toFile(join(pictures, `${picture}.jpg`));
  }
  return pictures;
}
