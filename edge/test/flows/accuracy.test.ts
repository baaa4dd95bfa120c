import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { AccuracyScore, SpotCountRequest } from "@gatehouse/shared/contracts/accuracy";
import { spacesOf } from "@gatehouse/shared/contracts/facility";
import { factOf, LedgerLine } from "@gatehouse/shared/contracts/event";
import { hours, isoOf, minutes, seconds } from "@gatehouse/shared/time";
import { beforeEach, describe, expect, test } from "vitest";
import { Accuracy } from "../../src/flows/accuracy.ts";
import { noteCalibrated } from "../../src/flows/camera/notes.ts";
import { Counters } from "../../src/flows/counters.ts";
import { OccupancyFlow } from "../../src/flows/occupancy.ts";
import { Book } from "../../src/store/book.ts";
import { listOpenAlerts } from "../../src/store/alerts.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { dropSpotCountsBefore, findSpotCount } from "../../src/store/spot-counts.ts";
import { morning } from "./car-park.ts";
import { smallSite } from "./small-site.ts";

const anna = { kind: "attendant", id: "anna" } as const;
const spaces = 40;

let clock: VirtualClock;
let book: Book;
let occupancy: OccupancyFlow;
let accuracy: Accuracy;
let sequence: number;
let counts: number;

/** Forty spaces in two zones; each has a sensor, and the camera `north` sees those of the west. */
beforeEach(async () => {
  clock = new VirtualClock(morning);
  book = new Book(":memory:");
  [sequence, counts] = [0, 0];
  const shared = { book, clock, random: new SeededRandom(3) };
  occupancy = new OccupancyFlow({
    ...shared,
    counters: new Counters(),
    facilityId: "small",
    spaces: spacesOf(smallSite(spaces)),
    feeds: [],
    hold: seconds(0),
    stale: hours(24 * 60),
    changed: () => {},
  });
  await occupancy.start();
  accuracy = new Accuracy({
    ...shared,
    zoneIds: ["west", "east"],
    spaces: occupancy,
    changed: () => {},
  });
  for (const { spec } of occupancy.all()) say(spec.spaceId, false);
  for (const { spec } of west()) say(spec.spaceId, false, "camera");
  await clock.advance(minutes(1));
});

const west = () => occupancy.all().filter(({ spec }) => spec.zoneId === "west");

function say(spaceId: string, occupied: boolean, source: "sensor" | "camera" = "sensor"): void {
  sequence += 1;
  occupancy.observe([
    {
      spaceId,
      source,
      sourceId: source === "camera" ? "north" : `bay-${spaceId}`,
      boot: "b",
      sequence,
      occupied,
      confidence: source === "camera" ? 0.7 : 0.97,
      at: clock.now(),
    },
  ]);
}

type Found = SpotCountRequest["found"];
const count = (found: Found, scope: SpotCountRequest["scope"] = { kind: "zone", id: "west" }) => {
  counts += 1;
  return accuracy.count({ count_id: `count-${counts}`, scope, found }, anna);
};

const seen = (spaceId: string, occupied: boolean, at = clock.now()) => ({
  space_id: spaceId,
  occupied,
  at: isoOf(at),
});

/** What somebody finds who looks at every space of the west, some of which are occupied in truth. */
const walk = (occupied: readonly string[]): Found => ({
  method: "each",
  spaces: west().map(({ spec }) => seen(spec.spaceId, occupied.includes(spec.spaceId))),
});

const scores = (days = 30): readonly AccuracyScore[] =>
  accuracy.report().windows.find((window) => window.days === days)?.scores ?? [];
const scoreOf = (source: AccuracyScore["source"], zoneId: string | null = null) =>
  scores().find((each) => each.source === source && each.zone_id === zoneId);

const ledger = () =>
  linesAfter(book, book.epoch, 0, 1000).map(({ text }) =>
    factOf(LedgerLine.parse(JSON.parse(text))),
  );

describe("a count space by space", () => {
  test("judges what was published, each sensor and each camera", async () => {
    say("A001", true, "camera");
    await clock.advance(minutes(1));
    const answer = count(walk(["A002"]));
    expect(answer).toMatchObject({ spaces: 20, wrong: 1 });
    expect(scoreOf("fused")).toMatchObject({ right: 19, wrong: 1, silent: 0, accuracy: 0.95 });
    expect(scoreOf("sensor", "west")).toMatchObject({ right: 19, wrong: 1 });
    // The camera missed the car in A002 and saw one in A001 that was not there.
    expect(scoreOf("camera")).toMatchObject({ camera_id: "north", right: 18, wrong: 2 });
    expect(scoreOf("sensor", "east")).toBeUndefined();
  });

  test("is one count however often it is sent", () => {
    const request = {
      count_id: "count-same",
      scope: { kind: "zone", id: "west" },
      found: walk(["A002"]),
    } as const;
    const first = accuracy.count(request, anna);
    expect(accuracy.count(request, anna)).toEqual(first);
    expect(scoreOf("fused")).toMatchObject({ right: 19, wrong: 1 });
    expect(ledger().filter((fact) => fact?.type === "spot-counted")).toHaveLength(1);
  });

  test("compares with what was said when somebody looked, not with what is said later", async () => {
    const then = clock.now();
    await clock.advance(minutes(5));
    say("A003", true);
    say("A003", true, "camera");
    await clock.advance(minutes(5));
    count({ method: "each", spaces: [seen("A003", false, then)] });
    const rows = findSpotCount(book, "count-1");
    // What was published before it changed is not known any more; each source's own word is.
    expect(rows.map(({ source, said }) => [source, said])).toEqual([
      ["camera", 0],
      ["sensor", 0],
    ]);
  });

  test("leaves out what was looked at too long ago, and believes no clock of the future", async () => {
    await clock.advance(hours(24));
    const old = seen("A001", true, morning);
    const early = { ...seen("A002", false), at: isoOf((clock.now() + hours(3)) as never) };
    expect(count({ method: "each", spaces: [old, early] })).toMatchObject({ spaces: 1, wrong: 0 });
    expect(findSpotCount(book, "count-1")[0]?.countedAt).toBe(clock.now());
  });

  test("counts a space of which nobody knows as silence, not as a mistake", async () => {
    occupancy.lose({ sourceId: "bay-A030", at: clock.now() });
    await clock.advance(minutes(1));
    const found: Found = { method: "each", spaces: [seen("A030", true)] };
    expect(count(found, { kind: "zone", id: "east" })).toMatchObject({ spaces: 0, wrong: 0 });
    expect(scoreOf("fused", "east")).toMatchObject({
      right: 0,
      wrong: 0,
      silent: 1,
      accuracy: null,
    });
  });
});

describe("a count of the wrong ones only", () => {
  test("takes every other space of the scope for right", () => {
    const found: Found = { method: "wrong-ones", spaces: [seen("A005", true)] };
    expect(count(found)).toMatchObject({ spaces: 20, wrong: 1 });
    expect(scoreOf("fused")).toMatchObject({ right: 19, wrong: 1 });
    expect(count({ method: "wrong-ones", spaces: [] })).toMatchObject({ spaces: 20, wrong: 0 });
  });
});

describe("a mere number", () => {
  test("is kept beside what was published and does not count as so many right spaces", () => {
    const answer = count({ method: "total", occupied: 3 }, { kind: "camera", id: "north" });
    expect(answer).toMatchObject({ spaces: 20, wrong: 3 });
    expect(answer).toMatchObject({ sentence: "Kept: 3 occupied; the system said 0 of 20." });
    expect(scores()).toEqual([]);
    expect(accuracy.report().counts).toMatchObject([
      { method: "total", camera_id: "north", zone_id: null, occupied: 3, said: 0, spaces: 20 },
    ]);
  });

  test("of a zone with an unknown space is compared with nothing", async () => {
    occupancy.lose({ sourceId: "bay-A030", at: clock.now() });
    await clock.advance(minutes(1));
    count({ method: "total", occupied: 3 }, { kind: "zone", id: "east" });
    expect(accuracy.report().counts).toMatchObject([{ said: null }]);
  });
});

describe("what is refused", () => {
  test.each([
    [{ kind: "zone", id: "north-wing" }, "zones: west, east"],
    [{ kind: "camera", id: "south" }, "has not spoken"],
  ] as const)("%j", (scope, sentence) => {
    const answer = count({ method: "total", occupied: 1 }, scope);
    expect(answer).toMatchObject({ kind: "refused", reason: "no-such-scope" });
    expect((answer as { sentence: string }).sentence).toContain(sentence);
    expect(ledger()).toEqual([]);
  });

  test("a space of another zone is not judged", () => {
    expect(count({ method: "each", spaces: [seen("A039", true)] })).toMatchObject({
      reason: "nothing-to-judge",
    });
  });
});

describe("head office", () => {
  test("hears of each count, source by source", () => {
    count(walk(["A002"]));
    expect(ledger()).toMatchObject([
      {
        type: "spot-counted",
        body: {
          by: { id: "anna" },
          method: "each",
          zone_id: "west",
          spaces: 20,
          occupied: 1,
          sources: [
            { source: "fused", camera_id: null, right: 19, wrong: 1, silent: 0, said: null },
            { source: "sensor", camera_id: null, right: 19, wrong: 1 },
            { source: "camera", camera_id: "north", right: 19, wrong: 1 },
          ],
        },
      },
    ]);
  });
});

describe("a camera that gets worse", () => {
  const alarms = () => listOpenAlerts(book).map(({ alertType, subject }) => [alertType, subject]);

  test("raises one alarm, and recovers from it", async () => {
    for (const id of ["A001", "A002", "A003", "A004", "A005"]) say(id, true, "camera");
    await clock.advance(minutes(1));
    count(walk([]));
    expect(alarms()).toEqual([["camera-accuracy-low", "north"]]);
    count(walk([]));
    expect(alarms()).toHaveLength(1);
    expect(accuracy.report().cameras).toMatchObject([{ camera_id: "north", drift: "below-limit" }]);

    for (const id of ["A001", "A002", "A003", "A004", "A005"]) say(id, false, "camera");
    await clock.advance(hours(24 * 8));
    for (let day = 0; day < 2; day += 1) count(walk([]));
    expect(alarms()).toEqual([]);
  });

  test("is judged anew after it was calibrated anew", async () => {
    for (const id of ["A001", "A002", "A003", "A004", "A005"]) say(id, true, "camera");
    await clock.advance(minutes(1));
    count(walk([]));
    expect(alarms()).toHaveLength(1);
    await clock.advance(hours(1));
    book.write((tx) => noteCalibrated(tx, "north", clock.now()));
    for (const id of ["A001", "A002", "A003", "A004", "A005"]) say(id, false, "camera");
    await clock.advance(minutes(1));
    expect(accuracy.report().cameras).toMatchObject([{ drift: null }]);
    count(walk([]));
    expect(alarms()).toEqual([]);
  });
});

test("counts are kept for a time and then dropped", async () => {
  count(walk([]));
  await clock.advance(hours(48));
  const dropped = book.write((tx) => dropSpotCountsBefore(tx, clock.now() - hours(24), 1000));
  expect(dropped).toBe(60);
  expect(accuracy.report().counts).toEqual([]);
});
