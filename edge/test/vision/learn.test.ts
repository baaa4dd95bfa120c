import { describe, expect, test } from "vitest";
import { type Evidence, fuse } from "../../src/vision/fuse.ts";
import { learn } from "../../src/vision/learn.ts";
import { trustAtFirst } from "../../src/vision/trust.ts";

const auto = ["both", "detector", "classifier"] as const;

interface Lot {
  /** Of each hundred spaces. */
  readonly occupied: number;
  /** The classifier's mean logits. */
  readonly free?: number;
  readonly taken?: number;
  /** The detector's score of a vehicle. */
  readonly score?: number;
}

interface Known extends Evidence {
  readonly isOccupied: boolean;
}

/** A hundred spaces. Logits spread evenly by 2 around their mean, as golden steps do: the same in every run. */
function lot({ occupied, free = -4, taken = 4, score = 0.6 }: Lot): Known[] {
  return Array.from({ length: 100 }, (_, index) => {
    const isOccupied = index < occupied;
    const spread = 4 * ((index * 0.618) % 1) - 2;
    return {
      bay: String(index),
      score: isOccupied ? score : 0,
      border: 0.25,
      logit: (isOccupied ? taken : free) + spread,
      isOccupied,
    };
  });
}

/** Share of spaces that are told right with what was learnt from them. */
function rightIn(spaces: readonly Known[], deciders: Parameters<typeof learn>[2] = auto): number {
  const { trust } = learn(spaces, trustAtFirst, deciders);
  const right = spaces.filter((space) => fuse(space, trust) > 0 === space.isOccupied);
  return right.length / spaces.length;
}

test("a detector that sees vehicles and a classifier that tells spaces apart decide together", () => {
  expect(learn(lot({ occupied: 40 }), trustAtFirst, auto).trust.decidedBy).toBe("both");
});

describe("a camera from straight above, to whose vehicles the detector is blind", () => {
  test.for([20, 50, 80, 100])(
    "with %i of 100 spaces occupied is left to the classifier",
    (occupied) => {
      const spaces = lot({ occupied, score: 0 });
      expect(learn(spaces, trustAtFirst, auto).trust.decidedBy).toBe("classifier");
      expect(rightIn(spaces)).toBe(1);
    },
  );
});

describe("a classifier that says the same of every space", () => {
  test.for([20, 50, 80])(
    "with %i of 100 spaces occupied leaves them to the detector",
    (occupied) => {
      const spaces = lot({ occupied, free: 0, taken: 0 });
      expect(learn(spaces, trustAtFirst, auto).trust.decidedBy).toBe("detector");
      expect(rightIn(spaces)).toBe(1);
    },
  );
});

test.for([-3, 3])("a whole camera whose logits are off by %i is put right", (shift) => {
  const spaces = lot({ occupied: 50, free: -4 + shift, taken: 4 + shift });
  expect(rightIn(spaces)).toBe(1);
  expect(rightIn(spaces, ["classifier"])).toBe(1);
});

test.for([
  ["empty", 0],
  ["full", 100],
] as const)("a car park that is %s is not split in two", ([, occupied]) => {
  expect(rightIn(lot({ occupied }))).toBe(1);
  expect(rightIn(lot({ occupied }), ["classifier"])).toBe(1);
});

test("spaces that are compared with the empty ones stay free on a morning of long shadows", () => {
  const empty = lot({ occupied: 0, free: -8 }).map((space, index) => ({
    ...space,
    // Every twentieth lies in the shadow of a tree.
    logit: index % 20 === 0 ? -1.5 : space.logit,
  }));
  const compared = empty.map((space) => ({ ...space, isCompared: true }));
  expect(rightIn(compared, ["classifier"])).toBe(1);
  expect(rightIn(empty, ["classifier"])).toBeLessThan(1);
});

test("an empty car park says nothing about who should decide", () => {
  expect(learn(lot({ occupied: 0 }), trustAtFirst, auto).trust.decidedBy).toBe("both");
});

test("a detector that sees ghosts on an empty car park does not overrule the classifier", () => {
  const haunted = lot({ occupied: 0, free: -7 }).map((space, index) => ({
    ...space,
    score: index % 14 === 0 ? 0.6 : 0,
    isCompared: true,
  }));
  expect(learn(haunted, trustAtFirst, auto).trust.decidedBy).not.toBe("detector");
  expect(rightIn(haunted)).toBe(1);
});

test("who may decide is who was allowed to", () => {
  const blind = lot({ occupied: 80, score: 0 });
  expect(learn(blind, trustAtFirst, ["detector"]).trust.decidedBy).toBe("detector");
});

test("a space that looks occupied when it is free is counted from its own look", () => {
  const spaces = lot({ occupied: 50 }).map((space, index) =>
    index % 10 === 9 ? { ...space, logit: (space.logit ?? 0) + 5, ownFreeLogit: 1 } : space,
  );
  const asAllOthers = spaces.map((space) => ({ ...space, ownFreeLogit: undefined }));
  expect(rightIn(asAllOthers, ["classifier"])).toBeLessThan(0.98);
  expect(rightIn(spaces, ["classifier"])).toBeGreaterThanOrEqual(0.99);
});
