import fc from "fast-check";
import { expect, test } from "vitest";
import {
  brokenAt,
  type ChainedLine,
  emptyChain,
  nextLine,
} from "../../../src/domain/people/audit-chain.ts";

const lines: ChainedLine[] = [];
for (let line = 0; line < 20; line += 1)
  lines.push(nextLine(lines.at(-1) ?? emptyChain, { action: "user-changed", who: `user-${line}` }));

test("a chain as it was written holds, from its beginning or from any line that is known", () => {
  expect(brokenAt(emptyChain, lines)).toBeUndefined();
  expect(brokenAt(lines[7] ?? emptyChain, lines.slice(8))).toBeUndefined();
  expect(brokenAt(emptyChain, [])).toBeUndefined();
});

test("whatever is changed, left out, doubled or put elsewhere is found", () => {
  const at = fc.nat(lines.length - 2);
  const tampering = fc.oneof(
    at.map((place) => ({ place, done: lines.with(place, { ...line(place), text: "{}" }) })),
    at.map((place) => ({
      place,
      done: lines.with(place, { ...line(place), hash: "0".repeat(64) }),
    })),
    at.map((place) => ({ place, done: lines.toSpliced(place, 1) })),
    at.map((place) => ({ place: place + 1, done: lines.toSpliced(place, 0, line(place)) })),
    at.map((place) => ({ place, done: lines.toSpliced(place, 2, line(place + 1), line(place)) })),
    // Even with a hash that fits the text: the next line does not follow from it.
    at.map((place) => ({
      place: place + 1,
      done: lines.with(place, nextLine(lines[place - 1] ?? emptyChain, { action: "forged" })),
    })),
  );
  fc.assert(
    fc.property(tampering, ({ place, done }) => {
      expect(brokenAt(emptyChain, done)).toBe(place + 1);
    }),
  );
});

function line(place: number): ChainedLine {
  return lines[place] ?? emptyLine;
}
const emptyLine: ChainedLine = { seq: 0, text: "", hash: "" };
