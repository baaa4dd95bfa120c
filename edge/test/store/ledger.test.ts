import { canonicalJson } from "@gatehouse/shared/canonical";
import { type Instant, isoOf, later, seconds } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Book } from "../../src/store/book.ts";
import { type LedgerRow, linesAbout, linesAfter } from "../../src/store/ledger.ts";
import { chainFault } from "./ledger-chain.ts";

const at = 1_780_000_000_000 as Instant;

function write(book: Book, flag: string, sessionId = `session-${flag}`): void {
  book.write((tx) =>
    tx.append(at, { type: "session-flagged", body: { session_id: sessionId, flag } }),
  );
}

function written(lines: number): { book: Book; rows: LedgerRow[] } {
  const book = new Book(":memory:");
  for (let line = 1; line <= lines; line++) write(book, `f${line}`);
  return { book, rows: linesAfter(book, 1, 0, 1000) };
}

describe("the ledger", () => {
  test("has no gap, and each line continues the one before", () => {
    const { book, rows } = written(20);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(chainFault(rows)).toBeUndefined();
    expect(book.written).toBe(20);
  });

  test("keeps each line as the canonical text that its hash is made of", () => {
    const { rows } = written(1);
    expect(rows[0]?.text).toBe(
      '{"at":"2026-05-28T20:26:40.000Z","body":{"flag":"f1","session_id":"session-f1"},"epoch":1,"seq":1,"type":"session-flagged"}',
    );
    expect(rows[0]?.text).toBe(canonicalJson(JSON.parse(rows[0]?.text ?? "")));
  });

  test("is wound back with its transaction: the next line takes the place", () => {
    const { book } = written(3);
    expect(() =>
      book.write((tx) => {
        tx.append(at, { type: "session-flagged", body: { session_id: "x", flag: "lost" } });
        throw new RangeError("no");
      }),
    ).toThrow("no");
    write(book, "next");
    const rows = linesAfter(book, 1, 0, 10);
    expect(rows).toHaveLength(4);
    expect(rows[3]?.text).toContain('"next"');
    expect(chainFault(rows)).toBeUndefined();
  });

  test("tells in a new epoch what the old one cannot hold any more, with its own time and ids", () => {
    const { book } = written(5);
    book.beginEpoch(4, 3, 7, later(at, seconds(60)));
    write(book, "restored");
    expect([book.epoch, book.written]).toEqual([4, 4]);
    expect(linesAfter(book, 1, 0, 10)).toHaveLength(3);
    const rows = linesAfter(book, 4, 0, 10);
    expect(chainFault(rows)).toBeUndefined();
    const told = rows.map(({ text }) => JSON.parse(text) as { at: string; body: object });
    expect(told[0]?.body).toEqual({ previous_epoch: 1, previous_seq: 3, forgotten: 7, retold: 2 });
    expect(told.slice(1)).toMatchObject([
      { at: isoOf(at), body: { flag: "f4" } },
      { at: isoOf(at), body: { flag: "f5" } },
      { at: isoOf(at), body: { flag: "restored" } },
    ]);
    expect(linesAbout(book, "session-f4")).toMatchObject([{ epoch: 4, seq: 2 }]);
  });

  test("finds the lines that speak of an id, oldest first", () => {
    const { book } = written(5);
    write(book, "again", "session-f2");
    expect(linesAbout(book, "session-f2").map(({ seq }) => seq)).toEqual([2, 6]);
    expect(linesAbout(book, "nobody")).toEqual([]);
  });

  test("hands out its lines in runs", () => {
    const { book } = written(10);
    expect(linesAfter(book, 1, 4, 3).map(({ seq }) => seq)).toEqual([5, 6, 7]);
    expect(linesAfter(book, 1, 10, 3)).toEqual([]);
  });
});

describe("tampering", () => {
  const { rows } = written(12);
  const changed = (index: number, change: Partial<LedgerRow>): LedgerRow[] =>
    rows.map((row, at_) => (at_ === index ? { ...row, ...change } : row));
  const line = fc.integer({ min: 0, max: rows.length - 1 });

  test("with any character of any line shows", () => {
    fc.assert(
      fc.property(line, fc.nat(), fc.constantFrom("0", "9", "x", " "), (index, place, char) => {
        const { text } = rows[index] as LedgerRow;
        const where = place % text.length;
        const forged = `${text.slice(0, where)}${char}${text.slice(where + 1)}`;
        expect(forged === text || chainFault(changed(index, { text: forged })) !== undefined).toBe(
          true,
        );
      }),
    );
  });

  test("by taking a line out, but for the last, shows", () => {
    for (let index = 0; index < rows.length - 1; index++) {
      expect(chainFault(rows.toSpliced(index, 1))).toBeDefined();
    }
  });

  test("by exchanging two lines shows", () => {
    fc.assert(
      fc.property(line, line, (a, b) => {
        const swapped = rows.with(a, rows[b] as LedgerRow).with(b, rows[a] as LedgerRow);
        expect(a === b || chainFault(swapped) !== undefined).toBe(true);
      }),
    );
  });

  test("with a hash shows, even when the line after is made to fit", () => {
    expect(chainFault(changed(4, { hash: "0".repeat(64) }))).toBe(
      "line 5 does not continue the chain",
    );
  });
});
