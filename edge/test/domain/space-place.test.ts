import { placeWitnesses } from "@gatehouse/shared/contracts/space-vehicles";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  catchUp,
  hearPlace,
  type Place,
  placeAfter,
  type PlaceWord,
  type SpaceTurn,
} from "../../src/domain/space-place.ts";

const said = 0 as Instant;
const place = (sessionId: string, spaceId: string, stayId: string | null = null): Place => ({
  sessionId,
  spaceId,
  stayId,
});
const nowhere = { there: undefined, before: undefined, isStayOn: false };

describe("a word about who stands where", () => {
  test("by a person corrects what was said of the same stay, and follows a vehicle that moved", () => {
    const there = place("b", "A1", "stay");
    const before = place("a", "A2", "other");
    const word = { ...place("a", "A1", "stay"), witness: "person" } as const;
    expect(hearPlace(word, { there, before, isStayOn: true })).toEqual({
      kind: "stands",
      ends: [
        { place: there, as: "corrected" },
        { place: before, as: "moved" },
      ],
    });
  });

  test("of a stay that nobody could see tells that the one before has left", () => {
    const there = place("b", "A1");
    const word = { ...place("a", "A1"), witness: "camera" } as const;
    expect(hearPlace(word, { ...nowhere, there })).toEqual({
      kind: "stands",
      ends: [{ place: there, as: "another-vehicle" }],
    });
  });

  test("by a camera is not believed against a stay that goes on", () => {
    const word = { ...place("a", "A1", "stay"), witness: "camera" } as const;
    expect(hearPlace(word, { ...nowhere, there: place("b", "A1", "stay") })).toEqual({
      kind: "doubtful",
      why: "space-taken",
    });
    const before = place("a", "A2", "other");
    expect(hearPlace(word, { ...nowhere, before, isStayOn: true })).toEqual({
      kind: "doubtful",
      why: "stands-elsewhere",
    });
  });

  test("by an assignment yields to everything that is known", () => {
    const word = { ...place("a", "A1", "stay"), witness: "assignment" } as const;
    expect(hearPlace(word, { ...nowhere, there: place("b", "A1") }).kind).toBe("doubtful");
    expect(hearPlace(word, { ...nowhere, before: place("a", "A2") }).kind).toBe("doubtful");
    expect(hearPlace(word, nowhere)).toEqual({ kind: "stands", ends: [] });
  });
});

describe("a space's new answer", () => {
  const turn = (change: Partial<SpaceTurn>): SpaceTurn => ({
    was: "free",
    is: "occupied",
    stayId: "new",
    at: later(said, minutes(1)),
    ...change,
  });

  test.each([
    ["free: whoever stood there has left", "stay", { was: "occupied", is: "free" }, "ends"],
    ["nobody vouches for it any more", "stay", { is: "unknown", stayId: "stay" }, "stays"],
    ["its sensor is heard again in the same stay", "stay", { stayId: "stay" }, "stays"],
    ["another stay begins", "stay", {}, "ends"],
    ["a stay begins right after the word", null, {}, "takes-stay"],
    ["a stay begins long after the word", null, { at: later(said, minutes(9)) }, "ends"],
    ["nobody knew before", null, { was: "unknown", at: later(said, minutes(9)) }, "takes-stay"],
  ] as const)("%s", (_what, stayId, change, expected) => {
    expect(placeAfter(place("a", "A1", stayId), said, turn(change))).toBe(expected);
  });
});

/** Who is known to stand where after a history of words and of the spaces' own answers. */
class Floor {
  readonly places: Place[] = [];
  readonly stays = new Map<string, string>();
  at = said;
  #stays = 0;

  hear(word: Omit<PlaceWord, "stayId">): void {
    const stayId = this.stays.get(word.spaceId) ?? null;
    const before = this.places.find(
      ({ sessionId, spaceId }) => sessionId === word.sessionId && spaceId !== word.spaceId,
    );
    const there = this.places.find(({ spaceId }) => spaceId === word.spaceId);
    const goesOn = before && this.stays.get(before.spaceId);
    const isStayOn = goesOn !== undefined && goesOn === before?.stayId;
    const step = hearPlace({ ...word, stayId }, { there, before, isStayOn });
    if (step.kind !== "stands") return;
    for (const ended of step.ends) this.places.splice(this.places.indexOf(ended.place), 1);
    this.places.push({ ...word, stayId });
  }

  turn(spaceId: string, is: SpaceTurn["is"]): void {
    const was = this.stays.has(spaceId) ? "occupied" : "free";
    if (is === "free") this.stays.delete(spaceId);
    if (is === "occupied" && !this.stays.has(spaceId))
      this.stays.set(spaceId, `stay-${++this.#stays}`);
    const stayId = this.stays.get(spaceId) ?? null;
    const index = this.places.findIndex((each) => each.spaceId === spaceId);
    const known = this.places[index];
    if (known === undefined) return;
    const next = placeAfter(known, said, { was, is, stayId, at: this.at });
    if (next === "ends") this.places.splice(index, 1);
    if (next === "takes-stay") this.places[index] = { ...known, stayId };
  }
}

test("whatever is said, a space has one vehicle, a vehicle one space, and nobody stands in a free one", () => {
  const spaces = fc.constantFrom("A1", "A2", "A3");
  const word = fc.record({
    sessionId: fc.constantFrom("a", "b", "c"),
    spaceId: spaces,
    witness: fc.constantFrom(...placeWitnesses),
  });
  const turned = fc.record({
    space: spaces,
    is: fc.constantFrom("free", "occupied", "unknown" as const),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(word, turned), { maxLength: 60 }), (history) => {
      const floor = new Floor();
      for (const each of history) {
        floor.at = later(floor.at, catchUp);
        if ("witness" in each) floor.hear(each);
        else floor.turn(each.space, each.is as SpaceTurn["is"]);
        const stand = floor.places.map(({ spaceId }) => spaceId);
        expect(new Set(stand).size).toBe(stand.length);
        const sessions = floor.places.map(({ sessionId }) => sessionId);
        expect(new Set(sessions).size).toBe(sessions.length);
        const left = "is" in each && each.is === "free" ? each.space : undefined;
        expect(stand).not.toContain(left);
        const gone = floor.places.filter(
          ({ spaceId, stayId }) => stayId !== null && floor.stays.get(spaceId) !== stayId,
        );
        expect(gone).toEqual([]);
      }
    }),
  );
});
