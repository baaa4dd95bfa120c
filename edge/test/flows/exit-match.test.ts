import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { instantOf, type Instant } from "@gatehouse/shared/time";
import { beforeAll, expect, test } from "vitest";
import { matchSession, rankSessions } from "../../src/flows/exit-match.ts";
import { Book } from "../../src/store/book.ts";
import { countConfusion } from "../../src/store/plates.ts";
import {
  findInsideByPlate,
  findSession,
  saveSession,
  type Session,
} from "../../src/store/sessions.ts";
import { putInside } from "../faces/memory-plates.ts";

const vehicles = 10_000;
const now = instantOf("2026-06-01T09:00:00Z") as Instant;
const place = { laneId: "exit-1", readerId: "camera-exit-1", now, steadyNow: 3_600_000 };
const letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
const plates: string[] = [];
let book: Book;

const sighting = (plate: string) => ({
  plate,
  confidence: 0.9,
  candidates: [],
  vehicleClass: "car" as const,
});
const found = (plate: string, at = place) => {
  const match = matchSession(book, at, sighting(plate));
  return [match.kind, ...match.found.map(({ vehicleLicense }) => vehicleLicense)];
};

beforeAll(() => {
  const random = new SeededRandom(7);
  const of = (signs: string, count: number): string =>
    Array.from({ length: count }, () => signs[Math.floor(random.fraction() * signs.length)]).join(
      "",
    );
  book = new Book(":memory:");
  for (let n = 0; n < vehicles; n++) {
    const plate = of(letters, 4) + of("3479", 4);
    plates.push(plate);
    putInside(book, { sessionId: `session-${n}`, vehicleLicense: plate });
  }
  putInside(book, { sessionId: "boxer", vehicleLicense: "BGH1234" });
  return () => book.close();
});

test("among ten thousand vehicles a misread one is found, and a stranger is nobody", () => {
  expect(found("BGH1234")).toEqual(["exact", "BGH1234"]);
  expect(found("8GH1234")).toEqual(["close", "BGH1234"]);
  expect(found("GH1234")).toEqual(["close", "BGH1234"]);
  expect(found("0000000")).toEqual(["none"]);
  expect(rankSessions(book, place, sighting("8GHX234"), 5)[0]?.item.vehicleLicense).toBe("BGH1234");
});

test("what people corrected at one camera counts at that camera alone", () => {
  expect(found("MGH1234")).toEqual(["doubtful", "BGH1234"]);
  book.write((tx) => {
    for (let n = 0; n < 20; n++) countConfusion(tx, "camera-exit-1", "M", "B");
  });
  expect(found("MGH1234")).toEqual(["close", "BGH1234"]);
  expect(found("MGH1234", { ...place, readerId: "camera-exit-2" })).toEqual([
    "doubtful",
    "BGH1234",
  ]);
});

test("who has left, changed its plate, or was wound back with its transaction is found as it is", () => {
  const boxer = findSession(book, "boxer") as Session;
  book.write((tx) => saveSession(tx, { ...boxer, vehicleLicense: "WYZ9876" }));
  expect(found("8GH1234")[0]).toBe("none");
  expect(found("WYZ98Z6")).toEqual(["doubtful", "WYZ9876"]);
  expect(() =>
    book.write((tx) => {
      saveSession(tx, { ...boxer, vehicleLicense: "LOST123" });
      throw new RangeError("the disk is gone");
    }),
  ).toThrow(RangeError);
  expect(found("LOSTI23")[0]).toBe("none");
  book.write((tx) => saveSession(tx, { ...boxer, status: "closed", exitTime: now }));
  expect(found("8GH1234")[0]).toBe("none");
  book.write((tx) => saveSession(tx, { ...boxer, status: "closed-assumed", exitTime: now }));
  expect(found("8GH1234")).toEqual(["doubtful", "BGH1234"]);
  expect(found("BGH1234")).toEqual(["exact", "BGH1234"]);
});

test("finding a misread plate among ten thousand costs few exact look-ups", () => {
  const reads = plates.slice(0, 500).map((plate) => `${plate.slice(0, 3)}X${plate.slice(4)}`);
  const timed = (work: (plate: string) => unknown): number => {
    const start = performance.now();
    for (const plate of reads) work(plate);
    return performance.now() - start;
  };
  const run = () => ({
    match: timed((plate) => matchSession(book, place, sighting(plate))),
    exact: timed((plate) => findInsideByPlate(book, plate)),
  });
  run();
  const ratios = Array.from({ length: 5 }, () => run()).map(({ match, exact }) => match / exact);
  // 3 to 9 on an idle machine; looking at every vehicle would cost some hundreds.
  expect(Math.min(...ratios)).toBeLessThan(25);
});
