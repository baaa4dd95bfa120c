import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import { gatehouse, until } from "./demonstration.ts";

const root = resolve(import.meta.dirname, "../../..");
const frame = "2013-04-15_07_15_01.jpg";

interface Labels {
  readonly frames: readonly {
    readonly file: string;
    readonly spaces: readonly { readonly id: string; readonly occupied: boolean }[];
  }[];
}

let daemon: ChildProcess | undefined;
let folder: string | undefined;

afterEach(() => {
  daemon?.kill("SIGKILL");
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

test("the daemon publishes a photographed car park as a person sees it, while its gate is dead", async (context) => {
  const labelFile = testData("data/vision/parking/pklot_ufpr05/labels.json");
  const photograph = testData("data/vision/parking/pklot_ufpr05", frame);
  const detector = testData("data/vision/models/deimv2_hgnetv2_femto_coco_416.onnx");
  if (labelFile === undefined || photograph === undefined || detector === undefined) {
    return context.skip(noTestData);
  }
  const labels = JSON.parse(readFileSync(labelFile, "utf8")) as Labels;
  const bays = labels.frames.find(({ file }) => file === frame)?.spaces ?? [];
  const data = mkdtempSync(join(tmpdir(), "gatehouse-photographs-"));
  folder = data;
  mkdirSync(join(data, "camera"));
  copyFileSync(photograph, join(data, "camera", frame));
  const secrets = { mqtt: {}, readers: {}, operators: [], terminals: {} };
  writeFileSync(join(data, "secrets.json"), JSON.stringify(secrets), { mode: 0o600 });
  writeFileSync(
    join(data, "facility.yaml"),
    JSON.stringify(siteOf(bays.length, labelFile, detector)),
  );

  daemon = await start(data);
  await until(() => statusOf(data).spaces.unknown === 0);
  const status = statusOf(data);
  expect(status.lanes).toEqual([
    expect.objectContaining({ lane_id: "entry-1", health: "offline" }),
  ]);
  daemon.kill("SIGTERM");
  await new Promise((ended) => daemon?.once("exit", ended));

  const book = new Database(join(data, "book.sqlite"), { readonly: true });
  const rows = book.prepare("select space_id as id, status from parking_spaces").all() as {
    id: string;
    status: string;
  }[];
  book.close();
  const right = bays.filter(({ id, occupied }) => {
    const row = rows.find((each) => each.id === id.padStart(3, "0"));
    return row?.status === (occupied ? "occupied" : "free");
  });
  expect(bays.length).toBe(40);
  expect(right.length).toBeGreaterThanOrEqual(36);
});

/** JSON is YAML. The one gate's controller is not there: port 1 refuses. */
const siteOf = (bayCount: number, bays: string, detector: string) => ({
  facility: {
    id: "photographed",
    name: "Photographed",
    timezone: "America/Sao_Paulo",
    currency: "BRL",
  },
  zones: [
    { id: "a", name: "A", level: "1", spaces: [{ numbers: `001-0${bayCount}`, sensors: false }] },
  ],
  wires: { relay: { kind: "rtu-over-tcp", host: "127.0.0.1", port: 1 } },
  lanes: [
    {
      id: "entry-1",
      name: "Entry 1",
      direction: "entry",
      gate: { profile: "waveshare-8ch", wire: "relay", relay: 1 },
      inputs: { kind: "mqtt", device: "loops" },
      readers: [{ id: "camera-entry", format: "hikvision" }],
    },
  ],
  cameras: [
    {
      id: "lot",
      source: { kind: "folder", path: "camera", every_s: 1 },
      detector,
      bays,
      space_of_bay: Object.fromEntries(
        Array.from({ length: bayCount }, (_, index) => [
          String(index + 1),
          String(index + 1).padStart(3, "0"),
        ]),
      ),
    },
  ],
  http: { kiosk: { port: 0 }, cameras: { port: 0 } },
  mqtt: { port: 0 },
});

function start(data: string): Promise<ChildProcess> {
  const args = ["run", "--config", join(data, "facility.yaml"), "--data", data];
  const child = spawn(process.execPath, [join(root, "edge/bin/gatehouse.mjs"), ...args], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((ready, fail) => {
    child.once("message", () => ready(child));
    child.once("exit", (code) => fail(new Error(`the daemon ended with ${code}: ${said}`)));
  });
}

interface Status {
  readonly spaces: { readonly unknown: number };
  readonly lanes: readonly { readonly lane_id: string; readonly health: string }[];
}

const statusOf = (data: string): Status =>
  (JSON.parse(gatehouse(["status", "--data", data, "--json"]).stdout) as { data: Status }).data;
