import { describe, expect, test } from "vitest";
import {
  adviceOf,
  codeText,
  displayOf,
  isBusy,
  meaningOf,
  needsOf,
} from "../../../src/adapters/terminal/zvt-codes.ts";

/** Every code that public sources name, with what is to be done about it. */
const codes: readonly (readonly [number, string, "again" | "person" | "none"])[] = [
  [0x00, "all is well", "none"],
  [0x05, "declined by the bank", "none"],
  [0x63, "declined by the bank", "none"],
  [0x64, "the card cannot be read", "none"],
  [0x65, "no card data", "none"],
  [0x66, "processing error", "none"],
  [0x6b, "the terminal is not registered", "person"],
  [0x6c, "cancelled by key or timeout", "none"],
  [0x6e, "the card is blocked", "none"],
  [0x6f, "the terminal does not take this currency", "none"],
  [0x71, "not enough credit", "none"],
  [0x77, "end of day is not possible", "none"],
  [0x78, "the card has expired", "none"],
  [0x79, "the card is not valid yet", "none"],
  [0x7a, "unknown card", "none"],
  [0x7d, "communication error", "none"],
  [0x83, "the terminal does not support this", "none"],
  [0x9a, "protocol error", "none"],
  [0x9b, "no line to the bank", "none"],
  [0x9c, "the terminal is busy, please wait", "again"],
  [0xa0, "the receiver is not ready", "again"],
  [0xa1, "no answer from the bank", "none"],
  [0xa3, "no connection", "none"],
  [0xb1, "the terminal's memory is full", "person"],
  [0xb2, "the terminal's journal is full: run end of day", "person"],
  [0xb4, "already reversed", "none"],
  [0xb5, "reversal is not possible", "none"],
  [0xb8, "pre-authorisation error", "none"],
  [0xc2, "the terminal asks for a diagnosis", "person"],
  [0xc3, "above the highest amount allowed", "none"],
  [0xc5, "means of payment not supported", "none"],
  [0xc8, "the amount is too small", "none"],
  [0xcc, "the terminal's printer is not ready", "person"],
  [0xdc, "a card is still inserted", "none"],
  [0xe4, "the terminal must be activated", "person"],
  [0xf0, "an end-of-day batch is open", "person"],
  [0xfc, "initialisation is needed", "person"],
  [0xff, "system error", "person"],
  [0xd7, "result D7", "none"],
];

describe("a result code", () => {
  test.each(codes)("%i means: %s, and advises %s", (code, words, advice) => {
    expect(meaningOf(code)).toBe(words);
    expect(adviceOf(code)).toBe(advice);
  });

  test("has words for each of its 256 values, and only two of them are waited for", () => {
    const all = Array.from({ length: 256 }, (_, code) => code);
    expect(all.map(meaningOf).every((words) => words.length > 3)).toBe(true);
    expect(all.filter(isBusy).map(codeText)).toEqual(["9C", "A0"]);
  });
});

test.each([
  [0x00, "confirm the amount"],
  [0x01, "look at the PIN pad"],
  [0x04, "waiting for the bank"],
  [0x05, "reversing by itself"],
  [0x06, "sending bookings"],
  [0x07, "card not admitted"],
  [0x0a, "insert the card"],
  [0x0b, "remove the card"],
  [0x0e, "please wait"],
  [0x0f, "end of day, by itself"],
  [0x15, "wrong PIN"],
  [0x18, "too many wrong PINs"],
  [0x1c, "approved"],
  [0x1d, "declined"],
  [0x5e, "contactless, finished"],
  [0x99, "display 99"],
])("the display %i shows: %s", (status, words) => {
  expect(displayOf(status)).toBe(words);
});

test("a status byte names what the terminal must have done, and modes are no needs", () => {
  expect(needsOf(0x07)).toEqual(["initialisation", "diagnosis", "an OPT action"]);
  expect(needsOf(0x18)).toEqual([]);
});
