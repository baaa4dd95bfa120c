import { generateKeyPairSync } from "node:crypto";
import { instantOf, type Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  printedNumber,
  readTicket,
  type Ticket,
  typedNumber,
  writeTicket,
} from "../../src/domain/parking-ticket.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const ticket: Ticket = {
  facilityId: "parkhaus-sued",
  sessionId: "0199aa10-7c3e-7abc-8def-0123456789ab",
  laneId: "entry-1",
  issuedAt: instantOf("2026-06-01T05:30:00Z") as Instant,
  number: 417,
};
const text = writeTicket(ticket, privateKey);
const read = (said: string): Ticket | string => readTicket(said, ticket.facilityId, publicKey);

test("a ticket says what was written on it, in text that a small QR code holds", () => {
  expect(read(text)).toEqual(ticket);
  expect(text).toMatch(/^[A-Z2-7]+$/);
  // Version 9 with error level M: 53 squares a side.
  expect(text.length).toBeLessThanOrEqual(262);
});

test("a scanner may add spaces and write small letters", () => {
  expect(read(` ${text.toLowerCase()}\r`)).toEqual(ticket);
});

test("any facility, session and lane come back as they were", () => {
  const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
  fc.assert(
    fc.property(
      fc.record({
        facilityId: id,
        sessionId: fc.oneof(
          fc.uuid(),
          id.filter((each) => each.length !== 16),
        ),
        laneId: id,
        issuedAt: fc.integer({ min: 0, max: 2 ** 45 }).map((at) => at as Instant),
        number: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      }),
      (any) => {
        expect(readTicket(writeTicket(any, privateKey), any.facilityId, publicKey)).toEqual(any);
      },
    ),
    { numRuns: 200 },
  );
});

test("no ticket that was changed passes: 10,000 mutations", () => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const place = fc.nat({ max: text.length - 1 });
  const sign = fc.constantFrom(...Array.from(alphabet));
  const put = fc.tuple(place, sign).map(([at, by]) => text.slice(0, at) + by + text.slice(at + 1));
  const cut = place.map((at) => text.slice(0, at));
  const swapped = fc
    .tuple(place, place)
    .map(([a, b]) => text.slice(0, a) + text.slice(b) + text.slice(a, b));
  const added = fc.tuple(place, sign).map(([at, by]) => text.slice(0, at) + by + text.slice(at));
  const longer = sign.map((by) => text + by);
  fc.assert(
    fc.property(
      fc.oneof(put, cut, swapped, added, longer, fc.string({ maxLength: 700 })),
      (said) => {
        fc.pre(said !== text);
        expect(["ticket-malformed", "ticket-foreign", "ticket-forged"]).toContain(read(said));
      },
    ),
    { numRuns: 10_000 },
  );
});

test("a ticket of another facility is foreign, one signed by somebody else forged", () => {
  const other = generateKeyPairSync("ed25519");
  expect(read(writeTicket({ ...ticket, facilityId: "other" }, other.privateKey))).toBe(
    "ticket-foreign",
  );
  expect(read(writeTicket(ticket, other.privateKey))).toBe("ticket-forged");
});

test("a printed number is typed back, and one wrong digit is no number", () => {
  expect(typedNumber(printedNumber(417))).toBe(417);
  expect(typedNumber(`${printedNumber(417).slice(0, 3)} ${printedNumber(417).slice(3)}`)).toBe(417);
  fc.assert(
    fc.property(
      fc.nat({ max: 9_999_999 }),
      fc.nat({ max: 6 }),
      fc.integer({ min: 1, max: 9 }),
      (number, at, by) => {
        const printed = printedNumber(number);
        const wrong = (Number(printed[at]) + by) % 10;
        expect(typedNumber(printed)).toBe(number);
        expect(
          typedNumber(printed.slice(0, at) + String(wrong) + printed.slice(at + 1)),
        ).toBeUndefined();
      },
    ),
  );
});
