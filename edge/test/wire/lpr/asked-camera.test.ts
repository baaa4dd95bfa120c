import { DahuaCamera } from "@gatehouse/firmware-sim/wire/dahua-camera";
import { HikvisionCamera } from "@gatehouse/firmware-sim/wire/hikvision-camera";
import { LilinCamera } from "@gatehouse/firmware-sim/wire/lilin-camera";
import type { SeenPlate } from "@gatehouse/firmware-sim/hardware";
import type { CameraServer } from "@gatehouse/firmware-sim/wire/camera-server";
import type { SignInGuardOptions } from "@gatehouse/firmware-sim/wire/sign-in-guard";
import { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import { Fault } from "@gatehouse/shared/fault";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DahuaStreamReader } from "../../../src/adapters/lpr/dahua-stream-reader.ts";
import { hikvisionList } from "../../../src/adapters/lpr/hikvision-list.ts";
import { lilin } from "../../../src/adapters/lpr/lilin.ts";
import { PollingReader } from "../../../src/adapters/lpr/polling-reader.ts";
import { SignedHttp } from "../../../src/adapters/wire/signed-http.ts";
import { clock, quiet, stopwatch, timezone } from "./camera-door.ts";

const account = { user: "admin", password: "secret-1" };
const patience = { timeout: 20_000, interval: 5 };
const makes = ["hikvision-pull", "lilin", "dahua-events"] as const;
type Make = (typeof makes)[number];

interface AskedCamera {
  readonly server: CameraServer;
  see(plate: SeenPlate): void;
}

const cameraOf = (make: Make, signIn: SignInGuardOptions): AskedCamera => {
  if (make === "hikvision-pull") return new HikvisionCamera(timezone, signIn);
  return make === "lilin" ? new LilinCamera(signIn) : new DahuaCamera(signIn);
};

let nonces = 0;
function readerOf(make: Make, url: string, password: string): CredentialReader {
  const http = new SignedHttp({
    url,
    credentials: { ...account, password },
    newNonce: () => `nonce-${(nonces += 1)}`,
    timeoutMs: 400,
  });
  const tools = { laneId: "entry-1", clock, log: quiet, stopwatch, http };
  const site = { readerId: "cam-1", timezone };
  if (make === "dahua-events") {
    const reader = ReaderConfig.parse({ id: "cam-1", format: make, url });
    return new DahuaStreamReader({
      ...tools,
      timezone,
      silenceMs: 500,
      reader: reader as Extract<ReaderConfig, { format: "dahua-events" }>,
    });
  }
  const format = make === "lilin" ? lilin() : hikvisionList(site, 1);
  return new PollingReader({
    ...tools,
    format,
    reader: { id: "cam-1", direction: "checked", every_s: 1 },
  });
}

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop();
});

async function site(
  make: Make,
  signIn: SignInGuardOptions = { account },
  password = account.password,
) {
  const camera = cameraOf(make, signIn);
  await camera.server.start();
  running.push(camera.server);
  const reads: PlateRead[] = [];
  let decide = (_read: PlateRead): ReadOutcome => ({ kind: "open", decisionId: "d" });
  const reader = readerOf(make, camera.server.url, password);
  reader.onRead((read) => {
    const outcome = decide(read);
    reads.push(read);
    return outcome;
  });
  return {
    camera,
    reader,
    reads,
    told: () => reads.map(({ rawPlate }) => rawPlate),
    setDecision: (next: typeof decide) => (decide = next),
    report: () => reader.report()[0],
    start: async () => {
      await reader.start();
      running.push(reader);
      await vi.waitUntil(
        () => reader.report()[0]?.state === "online" || isListening(camera),
        patience,
      );
    },
  };
}

const isListening = (camera: AskedCamera): boolean =>
  camera instanceof DahuaCamera && camera.listeners > 0;

const seen = (over: Partial<SeenPlate> = {}): SeenPlate => ({
  readId: "",
  truePlate: "BAB1234",
  rawPlate: "BAB1234",
  confidence: 0.93,
  vehicleClass: "car",
  at: clock.now(),
  retransmission: false,
  ...over,
});

describe.each(makes)("%s", (make) => {
  test("a plate that is read after the start arrives, once; what was read before does not", async () => {
    const { camera, reads, told, start } = await site(make);
    camera.see(seen({ rawPlate: "OLD1", at: (clock.now() - 60_000) as SeenPlate["at"] }));
    await start();
    const plate = seen();
    camera.see(plate);
    camera.see(seen({ rawPlate: "A2", at: (plate.at + 50) as SeenPlate["at"] }));
    await vi.waitUntil(() => reads.length === 2, patience);
    await clock.sleep(3000 as Parameters<typeof clock.sleep>[0]);
    expect(told()).toEqual(["BAB1234", "A2"]);
    const [read] = reads;
    expect(Math.abs((read?.at ?? 0) - plate.at)).toBeLessThan(1000);
    expect(read).toMatchObject({ readerId: "cam-1", laneId: "entry-1", retransmission: false });
    expect(read?.confidence).toBe(make === "lilin" ? 0.93 : 1);
    expect(new Set(reads.map(({ readId }) => readId)).size).toBe(2);
  });

  test("two refused sign-ins are the last: no account is locked", async () => {
    const { camera, reader, report, start: _ } = await site(make, { account }, "wrong");
    await reader.start();
    running.push(reader);
    await vi.waitUntil(() => camera.server.guard.counters.refused >= 2, patience);
    await clock.sleep(60_000 as Parameters<typeof clock.sleep>[0]);
    expect(camera.server.guard.counters).toEqual({ refused: 2, while_locked: 0 });
    expect(camera.server.guard.isLocked).toBe(false);
    expect(report()).toMatchObject({ state: "offline", fault: "sign-in-refused" });
  });

  test("a nonce that has run out is no refusal", async () => {
    const { camera, reads, start } = await site(make, { account, usesOfNonce: 2 });
    await start();
    for (let each = 0; each < 4; each += 1) {
      camera.see(seen({ rawPlate: `A${each}` }));
      await vi.waitUntil(() => reads.length === each + 1, patience);
    }
    expect(camera.server.guard.counters.refused).toBe(0);
  });

  test("a camera that falls silent, talks nonsense or hangs up is told of, and heard again after", async () => {
    const { camera, reads, report, start } = await site(make);
    await start();
    for (const fault of ["silent", "garbage", "cut"] as const) {
      camera.server.setFault(fault);
      if (camera instanceof DahuaCamera) camera.hangUp();
      const isSeen = (): boolean => {
        const { fault: told, detail = "" } = report() ?? {};
        return told !== undefined || /refused/.test(detail);
      };
      await vi.waitUntil(isSeen, patience);
      camera.server.setFault("none");
      await vi.waitUntil(() => !isSeen(), patience);
    }
    const before = reads.length;
    camera.see(seen({ rawPlate: "AFTER" }));
    await vi.waitUntil(() => reads.length > before, patience);
    expect(reads.at(-1)?.rawPlate).toBe("AFTER");
  });
});

test.each(["hikvision-pull", "lilin"] as const)(
  "%s: a read that was not durable is asked for again",
  async (make) => {
    const { camera, reads, setDecision, start } = await site(make);
    await start();
    let failures = 2;
    setDecision(() => {
      if (failures > 0) {
        failures -= 1;
        throw new Fault("disk-full", "no space left");
      }
      return { kind: "open", decisionId: "d" };
    });
    camera.see(seen());
    await vi.waitUntil(() => reads.length === 1, patience);
    expect(failures).toBe(0);
  },
);

test("a Dahua stream that only seems to stand is left for a new one", async () => {
  const { camera, reader, start } = await site("dahua-events");
  await start();
  // Nobody says anything: heartbeats are missing.
  await vi.waitUntil(() => (reader.report()[0]?.counters["lost_connections"] ?? 0) > 0, patience);
  const dahua = camera as DahuaCamera;
  await vi.waitUntil(() => dahua.listeners === 1, patience);
  expect(camera.server.guard.counters.refused).toBe(0);
});
