import type { SeenPlate } from "@gatehouse/firmware-sim/hardware";
import { pushingCamera } from "@gatehouse/firmware-sim/wire/plate-camera";
import { Fault } from "@gatehouse/shared/fault";
import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import { milliseconds } from "@gatehouse/shared/time";
import { vehicleClasses } from "@gatehouse/shared/vehicle";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keepRead } from "../../../src/flows/reads.ts";
import { Book } from "../../../src/store/book.ts";
import {
  clock,
  counterOf,
  makeOf,
  openDoor,
  type ReaderId,
  readerIds,
  timezone,
  tokens,
} from "./camera-door.ts";

type Door = Awaited<ReturnType<typeof openDoor>>;
let door: Door;
const cameras: { stop(): Promise<void> }[] = [];
beforeEach(async () => (door = await openDoor()));
afterEach(async () => {
  for (const camera of cameras.splice(0)) await camera.stop();
  await door.stop();
});

const patience = { timeout: 20_000, interval: 5 };

async function bound(id: ReaderId, token = tokens[id]) {
  const answers: string[] = [];
  const made = pushingCamera(makeOf(id), {
    id,
    target: door.target,
    token,
    clock,
    timezone,
    onAnswer: (body) => answers.push(body),
  });
  await made.start();
  cameras.push(made);
  return { see: (plate: SeenPlate) => made.see(plate), counts: () => made.counts, answers };
}

let seenCount = 0;
const seen = (over: Partial<SeenPlate> = {}): SeenPlate => ({
  readId: `0190-read-${(seenCount += 1)}`,
  truePlate: "B-AB 1234",
  rawPlate: "BAB1234",
  confidence: 0.93,
  vehicleClass: "car",
  at: clock.now(),
  retransmission: false,
  ...over,
});

/** What a make's messages have room for. */
const toldBy: Readonly<
  Record<ReaderId, { ids: boolean; ms: boolean; classes: boolean; confidence: boolean }>
> = {
  "hik-1": { ids: true, ms: true, classes: true, confidence: true },
  "pr-1": { ids: false, ms: true, classes: true, confidence: true },
  "dahua-1": { ids: false, ms: true, classes: true, confidence: true },
  "axis-1": { ids: false, ms: true, classes: false, confidence: true },
  "rekor-1": { ids: true, ms: true, classes: true, confidence: true },
  "genetec-1": { ids: false, ms: false, classes: true, confidence: true },
  "verkada-1": { ids: false, ms: false, classes: false, confidence: true },
  "query-1": { ids: false, ms: false, classes: false, confidence: false },
};
const told = (): string[] => door.reads.map(({ rawPlate }) => rawPlate.toUpperCase());

describe.each(readerIds)("%s", (id) => {
  const has = toldBy[id];

  test("a read arrives as it was seen", async () => {
    const plate = seen({ rawPlate: "KQ 1", vehicleClass: "bus" });
    (await bound(id)).see(plate);
    await vi.waitUntil(() => door.reads.length === 1, patience);
    const [read] = door.reads;
    expect(read).toMatchObject({
      readerId: id,
      laneId: "entry-1",
      vehicleClass: has.classes ? "bus" : "unknown",
      confidence: has.confidence ? 0.93 : 1,
      at: has.ms ? plate.at : Math.floor(plate.at / 1000) * 1000,
      retransmission: false,
    });
    expect(told()).toEqual(["KQ 1"]);
    expect(read?.readId === plate.readId).toBe(has.ids);
    expect(read?.direction).not.toBe("reverse");
  });

  test("the same sighting has the same id, and another car another one", async () => {
    const { see, counts } = await bound(id);
    const plate = seen();
    see(plate);
    see(plate);
    see(seen({ rawPlate: "OTHER1", at: (clock.now() + 60_000) as SeenPlate["at"] }));
    await vi.waitUntil(() => counts().pushed === 3, patience);
    const [first, again, other] = door.reads.map(({ readId }) => readId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("tells classes that tariffs know, and a vehicle without a plate", async () => {
    const { see } = await bound(id);
    for (const [index, vehicleClass] of vehicleClasses.entries()) {
      see(seen({ vehicleClass, rawPlate: `A${index}` }));
    }
    see(seen({ rawPlate: "" }));
    await vi.waitUntil(() => door.reads.length === vehicleClasses.length + 1, patience);
    const classes = door.reads.map(({ vehicleClass }) => vehicleClass);
    const known = (each: string): boolean => has.classes && (each !== "bicycle" || id !== "pr-1");
    expect(classes.slice(0, -1)).toEqual(
      vehicleClasses.map((each) => (known(each) ? each : "unknown")),
    );
    expect(door.reads.at(-1)?.rawPlate).toBe("");
  });

  test("repeats a push that was not durable, with the same id, and keeps the order", async () => {
    let failures = 3;
    const ids = new Set<string>();
    door.setDecision(({ readId, rawPlate }) => {
      if (rawPlate.toUpperCase() === "A1") ids.add(readId);
      if (failures > 0) {
        failures -= 1;
        throw new Fault("disk-full", "no space left");
      }
      return { kind: "open", decisionId: "d" };
    });
    const { see, counts } = await bound(id);
    for (const rawPlate of ["A1", "A2", "A3"]) see(seen({ rawPlate }));
    await vi.waitUntil(() => counts().pushed === 3, patience);
    expect(told()).toEqual(["A1", "A2", "A3"]);
    expect(counts()).toEqual({ pushed: 3, repeated: 3, lost: 0 });
    expect(counterOf(door.readerOf(id), "not_durable")).toBe(3);
    expect(ids.size).toBe(1);
  });

  test("pushes what it saw while the door was closed, once it is open again", async () => {
    const { port } = door.server;
    await door.stop();
    const { see, counts } = await bound(id);
    see(seen({ rawPlate: "A1" }));
    see(seen({ rawPlate: "A2" }));
    await vi.waitUntil(() => counts().repeated > 1, patience);
    door = await openDoor({ port });
    await vi.waitUntil(() => counts().pushed === 2, patience);
    expect(told()).toEqual(["A1", "A2"]);
    expect(counts().lost).toBe(0);
  });

  test("with a wrong token is refused at every repeat and stops at once when it is told", async () => {
    const { see, counts } = await bound(id, "wrong");
    see(seen());
    await vi.waitUntil(() => counts().repeated > 2, patience);
    expect(door.reads).toEqual([]);
    expect(door.counter("refused_token")).toBeGreaterThan(2);
    expect(counts().pushed).toBe(0);
  });

  test("bodies of no sense, and those cut in the middle, are refused by name, and the next read counts", async () => {
    const post = (bytes: Buffer, type: string): Promise<Response> =>
      door.post(`/push/${id}/${tokens[id]}/TollgateInfo`, {
        body: new Uint8Array(bytes),
        headers: { "content-type": type },
      });
    const bodies = [
      post(Buffer.alloc(0), "application/json"),
      post(Buffer.from("{"), "application/json"),
      post(Buffer.from("[".repeat(200_000)), "application/json"),
      post(Buffer.from('{"Picture":{"SnapInfo":{"AccurateTime":"then"}}}'), "application/json"),
      post(Buffer.from([0xff, 0xd8, 0xff]), "image/jpeg"),
      post(Buffer.from("--b\r\nContent-Disposition: form-data"), "multipart/form-data; boundary=b"),
    ];
    const statuses = (await Promise.all(bodies.slice(0, 3))).map(({ status }) => status);
    statuses.push(...(await Promise.all(bodies.slice(3))).map(({ status }) => status));
    expect(door.reads).toEqual([]);
    // A camera that repeats for ever what is not taken would repeat this for ever.
    expect(new Set(statuses)).toEqual(new Set([id === "dahua-1" ? 200 : 400]));
    expect(counterOf(door.readerOf(id), "refused_malformed")).toBe(bodies.length);
    const { see } = await bound(id);
    see(seen());
    await vi.waitUntil(() => door.reads.length === 1, patience);
  });

  test("a read counts once, and neither a late nor an early one counts at all", async () => {
    const book = new Book(":memory:");
    const lane = { id: "entry-1", read_valid_s: 10 } as LaneConfig;
    const verdicts: (string | undefined)[] = [];
    door.setDecision((read) => {
      verdicts.push(book.write((tx) => keepRead(tx, lane, read, clock.now(), milliseconds(0))));
      return { kind: "ignore", reason: "tested" };
    });
    const { see } = await bound(id);
    const now = clock.now();
    const at = (offset: number) => (now + offset) as SeenPlate["at"];
    const fresh = seen({ at: at(0) });
    const late = seen({ rawPlate: "LATE1", at: at(-60_000) });
    const early = seen({ rawPlate: "EARLY1", at: at(3_600_000) });
    for (const plate of [fresh, late, early, fresh]) see(plate);
    await vi.waitUntil(() => verdicts.length === 4, patience);
    book.close();
    expect(verdicts).toEqual([undefined, "stale-read", "stale-read", "repeated-read"]);
  });

  test("a body of ten megabytes is refused before it is read to its end", async () => {
    const answer = await door.post(`/push/${id}/${tokens[id]}`, {
      body: new Uint8Array(10 * 1024 * 1024),
    });
    expect(answer.status).toBe(413);
    expect(counterOf(door.readerOf(id), "refused_too_large")).toBe(1);
  });

  test("a camera whose clock is wrong is told of, with how much", async () => {
    const { see } = await bound(id);
    see(seen({ at: (clock.now() - 3_600_000) as SeenPlate["at"] }));
    await vi.waitUntil(() => door.reads.length === 1, patience);
    expect(door.readerOf(id).report()[0]?.detail).toMatch(
      /the camera's clock is (1 h 0|0 h 59) min/,
    );
  });
});

test("a Hikvision camera tells how sure it is of each character, and that it repeats an old event", async () => {
  const plate = seen({ rawPlate: "K&Q<1>", retransmission: true });
  (await bound("hik-1")).see(plate);
  await vi.waitUntil(() => door.reads.length === 1, patience);
  expect(door.reads).toMatchObject([
    {
      rawPlate: "K&Q<1>",
      characterConfidences: Array.from("K&Q<1>", () => 0.93),
      direction: "forward",
      retransmission: true,
    },
  ]);
});

describe("a controller that asks", () => {
  test("hears whether to open, and what to show", async () => {
    const { see, answers } = await bound("query-1");
    see(seen());
    await vi.waitUntil(() => answers.length === 1, patience);
    door.setDecision(() => ({ kind: "deny", reason: "facility-full" }));
    see(seen({ rawPlate: "B2" }));
    await vi.waitUntil(() => answers.length === 2, patience);
    expect(answers.map((each) => JSON.parse(each) as unknown)).toEqual([
      { Code: 1, EnableOpen: true, VehicleType: "", DispMsg: "Welcome" },
      { Code: 1, EnableOpen: false, VehicleType: "", DispMsg: "Full" },
    ]);
  });

  test("asks the same again, its answer lost, and hears the same", async () => {
    const known = new Set<string>();
    door.setDecision(({ readId }) => {
      if (known.has(readId)) return { kind: "ignore", reason: "repeated-read" };
      known.add(readId);
      return { kind: "open", decisionId: "d" };
    });
    const { see, answers } = await bound("query-1");
    const plate = seen();
    see(plate);
    see(plate);
    await vi.waitUntil(() => answers.length === 2, patience);
    expect(answers[1]).toBe(answers[0]);
  });

  test("raises the barrier itself where the configuration says so", async () => {
    await door.stop();
    door = await openDoor({ fields: { "query-1": { opens: "controller" } } });
    (await bound("query-1")).see(seen());
    await vi.waitUntil(() => door.reads.length === 1, patience);
    expect(door.reads[0]?.opens).toBe("controller");
  });
});

describe("a Dahua camera that can send no token", () => {
  const notified = (event: string, value: unknown, prefix = "NotificationInfo") =>
    door.post(`/${prefix}/${event}`, { body: JSON.stringify(value) });
  const tollgate = {
    Picture: {
      Plate: { IsExist: true, PlateNumber: "BAB1234", Confidence: 90 },
      SnapInfo: { AccurateTime: "2026-11-20 14:22:33.123", DeviceID: "d" },
    },
  };

  test("is known by its address and its path", async () => {
    await door.stop();
    door = await openDoor({
      fields: { "dahua-1": { from: "127.0.0.1", path: "BNotificationInfo" } },
    });
    expect((await notified("TollgateInfo", tollgate)).status).toBe(404);
    const answer = await notified("TollgateInfo", tollgate, "BNotificationInfo");
    expect(await answer.json()).toMatchObject({ Result: true });
    expect(door.reads).toMatchObject([{ rawPlate: "BAB1234", confidence: 0.9 }]);
    expect(door.reads[0]?.at).toBe(Date.parse("2026-11-20T14:22:33.123+01:00"));
    await notified("KeepAlive", { Active: "keepAlive" }, "BNotificationInfo");
    await notified("DeviceInfo", { DeviceID: "d" }, "BNotificationInfo");
    expect(door.reads).toHaveLength(1);
    expect(counterOf(door.readerOf("dahua-1"), "ignored_events")).toBe(2);
  });

  test("from anywhere else is nobody", async () => {
    await door.stop();
    door = await openDoor({ fields: { "dahua-1": { from: "10.1.2.3" } } });
    expect((await notified("TollgateInfo", tollgate)).status).toBe(404);
    expect(door.reads).toEqual([]);
  });
});
