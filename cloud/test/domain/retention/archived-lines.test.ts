import { chainHash, genesisHash } from "@gatehouse/shared/canonical";
import { describe, expect, test } from "vitest";
import { firstBroken, withoutPlates } from "../../../src/domain/retention/archived-lines.ts";

/** Lines of an epoch with these texts, chained from the first on. */
function chained(texts: readonly string[]) {
  let hash = genesisHash;
  return texts.map((text, index) => {
    hash = chainHash(hash, text);
    return { epoch: 1, seq: index + 1, hash, received_at: "2026-11-20T12:00:00.000Z", text };
  });
}
const beginning = { seq: 0, hash: genesisHash };

describe("archived lines", () => {
  test("that follow each other are whole, from wherever they begin", () => {
    const lines = chained(["a", "b", "c"]);
    expect(firstBroken(beginning, lines)).toBeUndefined();
    expect(firstBroken({ seq: 1, hash: lines[0]?.hash ?? "" }, lines.slice(1))).toBeUndefined();
  });

  test.each([
    [
      "one text was changed",
      (lines: ReturnType<typeof chained>) => lines.with(1, { ...line(lines, 1), text: "x" }),
      2,
    ],
    ["one is missing", (lines: ReturnType<typeof chained>) => lines.toSpliced(1, 1), 3],
    [
      "two have changed places",
      (lines: ReturnType<typeof chained>) => [line(lines, 1), line(lines, 0)],
      2,
    ],
  ])("are not where %s", (_, spoil, at) => {
    expect(firstBroken(beginning, spoil(chained(["a", "b", "c"])))).toBe(at);
  });

  test("are proved by their bytes where they are no text", () => {
    const [first] = chained(["\0"]);
    const raw = { ...first, text: null, raw: Buffer.from("\0").toString("base64") };
    expect(firstBroken(beginning, [raw as never])).toBeUndefined();
  });
});

test.each([
  [
    '{"body":{"plate":"AB12","raw_plate":"A812","lane_id":"in"}}',
    '{"body":{"plate":"…","raw_plate":"…","lane_id":"in"}}',
  ],
  ['{"body":{"plates":["AB12","CD34"]}}', '{"body":{"plates":"…"}}'],
  [
    '{"type":"plate-corrected","body":{"from":"AB12","to":"AB13"}}',
    '{"type":"plate-corrected","body":{"from":"…","to":"…"}}',
  ],
  [
    '{"type":"cap","body":{"from":"08:00","plate":null}}',
    '{"type":"cap","body":{"from":"08:00","plate":null}}',
  ],
  ["AB12 is no JSON", "…"],
])("a line is shown without its plates: %s", (text, shown) => {
  expect(withoutPlates(text)).toBe(shown);
});

const line = (lines: ReturnType<typeof chained>, place: number) => {
  const found = lines[place];
  if (found === undefined) throw new Error("there is no such line");
  return found;
};
