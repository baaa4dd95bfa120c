import { Batch, batchLineLimit } from "@gatehouse/shared/contracts/batch";
import type { Instant } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { Book } from "../../src/store/book.ts";
import { acknowledge, isFull, nextBatch, readCursors } from "../../src/store/outbox.ts";
import { saveSpace, type Space } from "../../src/store/spaces.ts";

const now = 1_780_000_000_000 as Instant;
const sender = {
  facilityId: "small",
  facility: { name: "Small", timezone: "Europe/Berlin", currency: "EUR", locale: "de" },
  version: "0.1.0",
};
const space = (spaceId: string): Omit<Space, "change"> => ({
  spaceId,
  facilityId: "small",
  level: "0",
  zone: "west",
  spaceNumber: spaceId,
  spaceType: "standard",
  isAccessible: false,
  status: "free",
  lastUpdated: now,
  sensorData: {},
});

function bookWith(lines: number, spaces = 0): Book {
  const book = new Book(":memory:");
  book.write((tx) => {
    for (let line = 0; line < lines; line++)
      tx.append(now, { type: "session-flagged", body: { session_id: "s", flag: `${line}` } });
    for (let number = 0; number < spaces; number++) saveSpace(tx, space(`A${number}`));
  });
  return book;
}
const ack = (book: Book, acked: number, spacesThrough = 0, epoch = book.epoch): void =>
  book.write((tx) =>
    acknowledge(tx, book, {
      epoch,
      acked_seq: acked,
      spaces_through: spacesThrough,
      directives_latest: 0,
    }),
  );

describe("a batch", () => {
  test("fits its contract, says whose it is and how far the ledger goes", () => {
    const book = bookWith(3, 2);
    const batch = nextBatch(book, sender, now);
    expect(Batch.parse(batch)).toEqual(batch);
    expect(batch).toMatchObject({
      facility_id: "small",
      first_seq: 1,
      written_seq: 3,
      facility: sender.facility,
      spaces_through: 2,
      spaces: [
        { space_id: "A0", change: 1 },
        { space_id: "A1", change: 2 },
      ],
    });
    expect(isFull(batch)).toBe(false);
  });

  test("goes on where head office stands", () => {
    const book = bookWith(10);
    ack(book, 4);
    const batch = nextBatch(book, sender, now);
    expect(batch.first_seq).toBe(5);
    expect(batch.lines).toHaveLength(6);
  });

  test("is empty when head office holds everything", () => {
    const book = bookWith(2, 2);
    ack(book, 2, 2);
    expect(nextBatch(book, sender, now)).toMatchObject({ first_seq: 3, lines: [], spaces: [] });
  });

  test("holds no more lines than travel together", () => {
    const batch = nextBatch(bookWith(batchLineLimit + 1), sender, now);
    expect(batch.lines).toHaveLength(batchLineLimit);
    expect(isFull(batch)).toBe(true);
  });

  test("carries ten thousand spaces in several runs, each once", () => {
    const book = bookWith(0, 10_000);
    const seen: string[] = [];
    for (let runs = 0; runs < 10; runs++) {
      const batch = nextBatch(book, sender, now);
      Batch.parse(batch);
      seen.push(...batch.spaces.map((each) => each.space_id));
      ack(book, 0, batch.spaces_through);
      if (!isFull(batch)) break;
    }
    expect(seen).toHaveLength(10_000);
    expect(new Set(seen).size).toBe(10_000);
  });

  test("holds a space that has changed again only as it is now", () => {
    const book = bookWith(0, 3);
    ack(book, 0, 3);
    for (const status of ["occupied", "free", "occupied"] as const)
      book.write((tx) => saveSpace(tx, { ...space("A1"), status }));
    expect(nextBatch(book, sender, now).spaces).toMatchObject([
      { space_id: "A1", status: "occupied", change: 6 },
    ]);
  });
});

describe("an acknowledgement", () => {
  test("never runs ahead of the ledger", () => {
    const book = bookWith(3);
    ack(book, 99);
    expect(readCursors(book).acknowledged).toBe(3);
  });

  test("goes back when head office has lost what it had", () => {
    const book = bookWith(10, 4);
    ack(book, 10, 4);
    ack(book, 6, 1);
    expect(readCursors(book)).toMatchObject({ acknowledged: 6, spacesThrough: 1 });
    expect(nextBatch(book, sender, now)).toMatchObject({ first_seq: 7 });
  });

  test("of another epoch moves nothing", () => {
    const book = bookWith(3, 2);
    ack(book, 3, 2, 7);
    expect(readCursors(book)).toMatchObject({ acknowledged: 0, spacesThrough: 0 });
  });

  test("of the epoch before a restore is no claim on the new one", () => {
    const book = bookWith(3);
    ack(book, 3);
    book.beginEpoch(2, 3, 0, now);
    expect(nextBatch(book, sender, now)).toMatchObject({
      epoch: 2,
      first_seq: 1,
      lines: [{ text: expect.stringContaining("epoch-begun") }],
    });
  });
});
