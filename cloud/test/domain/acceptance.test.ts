import type { SealedLine } from "@gatehouse/shared/contracts/batch";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideBatch, nothingHeld, type Watermark } from "../../src/domain/acceptance.ts";
import { EdgeLedger } from "../edge-ledger.ts";

function ledgerOf(lines: number, epoch = 1): EdgeLedger {
  const ledger = new EdgeLedger("north", epoch);
  for (let line = 0; line < lines; line += 1) ledger.write("clock-stepped", { by_ms: line });
  return ledger;
}

/** Head office as it stands after taking the first `count` lines. */
const heldOf = (ledger: EdgeLedger, count: number): Watermark => ({
  epoch: ledger.epoch,
  ackedSeq: count,
  lastHash: ledger.lines[count - 1]?.hash ?? nothingHeld.lastHash,
  spacesThrough: 0,
});

const hashesAt = (ledger: EdgeLedger, first: number): string[] =>
  ledger.lines.slice(first - 1).map(({ hash }) => hash);

const altered = (lines: readonly SealedLine[], at: number): SealedLine[] =>
  lines.map((line, index) => (index === at ? { ...line, text: `${line.text} ` } : line));

describe("a batch", () => {
  const ledger = ledgerOf(10);

  test("that begins the ledger is taken from its first line", () => {
    const decision = decideBatch(ledger.batch(1, 4), nothingHeld, []);
    expect(decision).toMatchObject({ kind: "accept", firstSeq: 1, repeated: 0 });
    expect(decision).toHaveProperty("fresh", ledger.lines.slice(0, 4));
  });

  test("that overlaps what is held adds only its new lines", () => {
    const decision = decideBatch(
      ledger.batch(3, 8),
      heldOf(ledger, 5),
      hashesAt(ledger, 3).slice(0, 3),
    );
    expect(decision).toMatchObject({ kind: "accept", firstSeq: 6, repeated: 3 });
    expect(decision).toHaveProperty("fresh", ledger.lines.slice(5, 8));
  });

  test("that is held whole adds nothing", () => {
    const decision = decideBatch(
      ledger.batch(2, 4),
      heldOf(ledger, 9),
      hashesAt(ledger, 2).slice(0, 3),
    );
    expect(decision).toMatchObject({ kind: "accept", fresh: [], repeated: 3 });
  });

  test.each([7, 12])("that begins at line %i where 5 are held leaves a hole", (first) => {
    const held = heldOf(ledger, 5);
    expect(decideBatch(ledger.batch(first, 10), held, [])).toEqual({ kind: "hole", held });
  });

  test("without lines whose edge believes more to be held than there is leaves a hole", () => {
    expect(decideBatch(ledger.batch(11, 10), heldOf(ledger, 5), []).kind).toBe("hole");
  });

  test("that tells another story of a line held here is a fork, even when its own chain is whole", () => {
    const other = new EdgeLedger().write("clock-stepped", { by_ms: 99 });
    const decision = decideBatch(other.batch(), heldOf(ledger, 5), hashesAt(ledger, 1).slice(0, 1));
    expect(decision).toMatchObject({ kind: "fork", seq: 1 });
  });

  test.each([0, 2, 4])(
    "whose line %i was altered on the way says which line broke the chain",
    (at) => {
      const batch = { ...ledger.batch(6, 10), lines: altered(ledger.lines.slice(5, 10), at) };
      const decision = decideBatch(batch, heldOf(ledger, 5), []);
      expect(decision).toMatchObject({ kind: "broken-chain", seq: 6 + at });
    },
  );

  test("with a line left out from its middle breaks the chain there", () => {
    const lines = ledger.lines.filter((_, index) => index !== 6).slice(5);
    const decision = decideBatch({ ...ledger.batch(6), lines }, heldOf(ledger, 5), []);
    expect(decision).toMatchObject({ kind: "broken-chain", seq: 7 });
  });
});

describe("a new epoch", () => {
  const before = heldOf(ledgerOf(10), 10);

  test("begins again at line 1 from the beginning of all chains", () => {
    const decision = decideBatch(ledgerOf(3, 2).batch(), before, []);
    expect(decision).toMatchObject({ kind: "accept", firstSeq: 1, skippedEpochs: 0 });
  });

  test("that begins later leaves a hole, and its edge is told that nothing of it is held", () => {
    const decision = decideBatch(ledgerOf(3, 2).batch(2), before, []);
    expect(decision).toMatchObject({ kind: "hole", held: { epoch: 2, ackedSeq: 0 } });
  });

  test("may follow epochs that never reached head office, and that is told", () => {
    expect(decideBatch(ledgerOf(3, 4).batch(), before, [])).toMatchObject({ skippedEpochs: 2 });
    expect(decideBatch(ledgerOf(3, 4).batch(), nothingHeld, [])).toMatchObject({
      skippedEpochs: 0,
    });
  });

  test("closes the one before it", () => {
    const after = { ...before, epoch: 2 };
    const ledger = ledgerOf(12);
    expect(decideBatch(ledger.batch(9, 10), after, hashesAt(ledger, 9).slice(0, 2))).toEqual({
      kind: "old-epoch",
      held: after,
    });
    expect(decideBatch(ledger.batch(9), after, hashesAt(ledger, 9).slice(0, 2))).toEqual({
      kind: "old-epoch",
      held: after,
      unheld: 11,
    });
  });
});

test("whatever is lost, repeated or reordered on the way, every line is taken once and in order", () => {
  const ledger = ledgerOf(40);
  const slice = fc.record({ first: fc.integer({ min: 1, max: 41 }), length: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(slice, { maxLength: 60 }), (slices) => {
      const taken: SealedLine[] = [];
      for (const { first, length } of slices) {
        const hashes = taken.slice(first - 1, first - 1 + length).map(({ hash }) => hash);
        const batch = ledger.batch(first, first + length - 1);
        const decision = decideBatch(batch, heldOf(ledger, taken.length), hashes);
        expect(["accept", "hole"]).toContain(decision.kind);
        if (decision.kind === "accept") taken.push(...decision.fresh);
      }
      expect(taken).toEqual(ledger.lines.slice(0, taken.length));
    }),
  );
});
