import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import { expect, test } from "vitest";
import {
  evidenceHash,
  evidenceOf,
  picturesOf,
} from "../../../src/flows/money/violation-evidence.ts";
import { CarPark } from "../car-park.ts";

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]);

/** Of each read the plate's picture only. */
const plates: ReadPictures = {
  find: async (_reader, _read, kind) => (kind === "plate" ? jpeg : undefined),
};

test("pictures are named by their reads and by what is in them; those that are gone are left out", async () => {
  const park = await CarPark.open();
  const session = await park.enter("BGH1234");
  const pictures = await picturesOf(park.book, plates, session);
  expect(pictures).toEqual([
    {
      reader_id: "camera-entry-1",
      read_id: "read-1",
      kind: "plate",
      sha256: createHash("sha256").update(jpeg).digest("hex"),
    },
  ]);
  expect(await picturesOf(park.book, undefined, session)).toEqual([]);
  expect(await picturesOf(park.book, plates, undefined)).toEqual([]);
});

test("evidence has another hash as soon as anything in it is another", async () => {
  const park = await CarPark.open();
  const session = await park.enter("BGH1234");
  const finding = { session, stay: undefined, text: "stood too long", durationMs: 5000 };
  const evidence = evidenceOf(park.book, finding, []);
  const hash = evidenceHash(evidence);
  expect(hash).toBe(
    createHash("sha256")
      .update(canonicalJson(evidence as Json))
      .digest("hex"),
  );
  expect(evidenceHash({ ...evidence, duration_s: 6 })).not.toBe(hash);
  const [line, ...lines] = evidence.lines;
  expect(line).toBeDefined();
  expect(evidenceHash({ ...evidence, lines })).not.toBe(hash);
});
