import { DahuaCamera } from "@gatehouse/firmware-sim/wire/dahua-camera";
import { HikvisionCamera } from "@gatehouse/firmware-sim/wire/hikvision-camera";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import type { ListEntry, Permit } from "@gatehouse/shared/contracts/directive";
import type { AllowListMirror } from "@gatehouse/shared/ports/allow-list-mirror";
import { earlier, hours, type Instant, isoOf, later, minutes } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DahuaMirror } from "../../../src/adapters/allow-list/dahua-mirror.ts";
import { HikvisionMirror } from "../../../src/adapters/allow-list/hikvision-mirror.ts";
import { SystemRandom } from "../../../src/adapters/system-random.ts";
import { SignedHttp } from "../../../src/adapters/wire/signed-http.ts";
import { AllowListMirrorFlow } from "../../../src/flows/allow-list-mirror.ts";
import { listOpenAlerts } from "../../../src/store/alerts.ts";
import { Book } from "../../../src/store/book.ts";
import { mirrorRowsOf } from "../../../src/store/mirror.ts";
import { keepListEntry, keepPermit } from "../../../src/store/rights.ts";

const timezone = "Europe/Berlin";
const account = { user: "admin", password: "secret-1" };
const patience = { timeout: 20_000, interval: 5 };
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
/** Rests between changes and after failures are short. */
const clock = new PacedClock({
  rate: 3000,
  realEpochMs: Date.now(),
  virtualEpoch: Date.parse("2026-11-20T09:00:00Z") as Instant,
});
const random = new SystemRandom();

const makes = ["dahua", "hikvision", "hikvision, newer"] as const;
type Make = (typeof makes)[number];

/** The plates on a camera's list, those that it has twice twice. */
const platesOn = (camera: DahuaCamera | HikvisionCamera): string[] =>
  [...camera.records.values()].map(({ plate }) => plate).toSorted();

let book: Book;
const running: { stop(): Promise<void> }[] = [];
beforeEach(() => (book = new Book(":memory:")));
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop();
  book.close();
});

async function cameraOf(make: Make) {
  const camera =
    make === "dahua"
      ? new DahuaCamera({ account })
      : new HikvisionCamera(
          timezone,
          { account },
          make === "hikvision" ? "whiteList" : "allowList",
        );
  await camera.server.start();
  running.push(camera.server);
  return camera;
}

function mirrorOf(make: Make, url: string, password = account.password): AllowListMirror {
  const http = new SignedHttp({
    url,
    credentials: { ...account, password },
    newNonce: () => random.id(),
    timeoutMs: 300,
  });
  const options = { id: "cam-1", laneId: "entry-1", channel: 1, http, timezone, clock };
  return make === "dahua" ? new DahuaMirror(options) : new HikvisionMirror(options);
}

async function follow(mirror: AllowListMirror): Promise<AllowListMirrorFlow> {
  const flow = new AllowListMirrorFlow({ book, clock, random, log: quiet, mirrors: [mirror] });
  await flow.start();
  running.push(flow);
  return flow;
}

const allow = (plate: string, over: Partial<ListEntry> = {}): void =>
  book.write((tx) =>
    keepListEntry(tx, { list: "allow", plate, reason: "staff", ...over }, clock.now()),
  );
const permit = (plate: string, over: Partial<Permit> = {}): void =>
  book.write((tx) =>
    keepPermit(tx, {
      permit_id: `permit-${plate}`,
      plates: [plate],
      valid_from: isoOf(earlier(clock.now(), hours(1))),
      valid_until: isoOf(later(clock.now(), hours(24 * 30))),
      ...over,
    }),
  );

describe.each(makes)("%s", (make) => {
  test("holds the allow list and plain permits, and forgets what has ended", async () => {
    const camera = await cameraOf(make);
    allow("BAB1");
    permit("BAB2");
    allow("DENIED1");
    allow("DENIED1", { list: "deny" });
    permit("POOL1", { pool_id: "pool-1" });
    permit("ELSEWHERE1", { lanes: ["exit-9"] });
    permit("REVOKED1", { revoked: true });
    await follow(mirrorOf(make, camera.server.url));
    await vi.waitUntil(() => platesOn(camera).length === 2, patience);
    expect(platesOn(camera)).toEqual(["BAB1", "BAB2"]);
    allow("BAB1", { removed: true });
    allow("BAB3");
    await vi.waitUntil(() => platesOn(camera).join() === "BAB2,BAB3", patience);
    permit("BAB2", { revoked: true });
    await vi.waitUntil(() => platesOn(camera).join() === "BAB3", patience);
  });

  test("a plate whose answers are lost stands there once in the end", async () => {
    const camera = await cameraOf(make);
    for (const plate of ["A1", "A2", "A3"]) allow(plate);
    await follow(mirrorOf(make, camera.server.url));
    for (let loss = 0; loss < 4; loss += 1) {
      camera.server.setFault(loss % 2 === 0 ? "lost-answer" : "cut", 2);
      await clock.sleep(minutes(2));
    }
    camera.server.setFault("none");
    await vi.waitUntil(() => platesOn(camera).length >= 3, patience);
    await vi.waitUntil(
      () => mirrorRowsOf(book, "cam-1").every(({ state }) => state === "held"),
      patience,
    );
    expect(platesOn(camera)).toEqual(["A1", "A2", "A3"]);
    for (const plate of ["A1", "A2", "A3"]) allow(plate, { removed: true });
    camera.server.setFault("lost-answer", 3);
    await vi.waitUntil(() => mirrorRowsOf(book, "cam-1").length === 0, patience);
    expect(platesOn(camera)).toEqual([]);
  });

  test("a restart between writing it down and the answer does not write twice", async () => {
    const camera = await cameraOf(make);
    allow("A1");
    const first = await follow(mirrorOf(make, camera.server.url));
    const writing = (): boolean =>
      mirrorRowsOf(book, "cam-1").some(({ state }) => state === "writing");
    await vi.waitUntil(() => writing() || platesOn(camera).length > 0, patience);
    await first.stop();
    await follow(mirrorOf(make, camera.server.url));
    await vi.waitUntil(
      () => mirrorRowsOf(book, "cam-1").some(({ state }) => state === "held"),
      patience,
    );
    expect(platesOn(camera)).toEqual(["A1"]);
  });

  test("two refused sign-ins are the last: no account is locked, and people are told", async () => {
    const camera = await cameraOf(make);
    allow("A1");
    const mirror = mirrorOf(make, camera.server.url, "wrong");
    await follow(mirror);
    await vi.waitUntil(
      () => listOpenAlerts(book).some(({ alertType }) => alertType === "allow-list-behind"),
      patience,
    );
    expect(camera.server.guard.counters).toEqual({ refused: 2, while_locked: 0 });
    expect(platesOn(camera)).toEqual([]);
    expect(mirror.report()[0]).toMatchObject({ state: "offline", fault: "sign-in-refused" });
  });

  test("what the camera has lost is written again, and a camera that does not answer raises an alert", async () => {
    const camera = await cameraOf(make);
    allow("A1");
    const first = await follow(mirrorOf(make, camera.server.url));
    await vi.waitUntil(() => platesOn(camera).length === 1, patience);
    await first.stop();
    camera.records.clear();
    camera.server.setFault("cut");
    const mirror = mirrorOf(make, camera.server.url);
    await follow(mirror);
    const behind = (): boolean =>
      listOpenAlerts(book).some(({ alertType }) => alertType === "allow-list-behind");
    await vi.waitUntil(behind, patience);
    expect(mirror.report()[0]).toMatchObject({ kind: "plate-list", state: "offline" });
    camera.server.setFault("none");
    await vi.waitUntil(() => platesOn(camera).length === 1 && !behind(), patience);
    expect(mirror.report()[0]?.state).toBe("online");
  });
});

describe("a Dahua camera", () => {
  test("opens by itself for a permit as long as that is valid, and for nobody else", async () => {
    const camera = (await cameraOf("dahua")) as DahuaCamera;
    const until = later(clock.now(), hours(48));
    permit("BAB1", { valid_until: isoOf(until) });
    await follow(mirrorOf("dahua", camera.server.url));
    await vi.waitUntil(() => camera.records.size === 1, patience);
    const opens = (plate: string, at: Instant): boolean => camera.opensFor(plate, at, timezone);
    expect(opens("BAB1", earlier(until, minutes(2)))).toBe(true);
    expect(opens("BAB1", later(until, minutes(1)))).toBe(false);
    expect(opens("BAB2", clock.now())).toBe(false);
  });

  test("keeps what a caretaker has typed in, and loses our own strays and doubles", async () => {
    const camera = (await cameraOf("dahua")) as DahuaCamera;
    camera.typeIn("CARETAKER1");
    camera.typeIn("BOTH1");
    const mirror = mirrorOf("dahua", camera.server.url);
    for (const plate of ["STRAY1", "A1", "A1"]) await mirror.write({ plate });
    allow("A1");
    allow("BOTH1");
    await follow(mirror);
    await vi.waitUntil(() => platesOn(camera).join() === "A1,BOTH1,CARETAKER1", patience);
    await vi.waitUntil(() => mirrorRowsOf(book, "cam-1").length === 2, patience);
    allow("BOTH1", { removed: true });
    await vi.waitUntil(() => mirrorRowsOf(book, "cam-1").length === 1, patience);
    expect(platesOn(camera)).toEqual(["A1", "BOTH1", "CARETAKER1"]);
  });

  test("refuses what is no answer of its own: nothing is believed written", async () => {
    const camera = await cameraOf("dahua");
    camera.server.setFault("garbage");
    const mirror = mirrorOf("dahua", camera.server.url);
    await expect(mirror.write({ plate: "A1" })).rejects.toThrow(/refuses the record/);
    await expect(mirror.list()).rejects.toThrow(/refuses the search/);
    await expect(mirror.remove("1")).rejects.toThrow(/refuses the removal/);
  });
});
