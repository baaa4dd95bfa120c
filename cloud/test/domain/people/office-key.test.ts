import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { expect, test } from "vitest";
import { newSecret, OfficeKey } from "../../../src/domain/people/office-key.ts";

const random = new SeededRandom(1);
const newId = (): string => random.id();
const key = new OfficeKey(newSecret(newId));
const plain = Buffer.from("a secret of twenty b");
const sealed = key.seal(plain, "main/ann", newSecret(newId));

test("what is sealed opens with the key, for the one it belongs to", () => {
  expect(key.open(sealed, "main/ann")).toEqual(plain);
  expect(sealed).not.toContain(plain.toString("base64url").slice(0, 8));
});

test.each([
  ["for somebody else", sealed, "main/bob"],
  [
    "with one letter changed",
    `${sealed.slice(0, 20)}${sealed[20] === "A" ? "B" : "A"}${sealed.slice(21)}`,
    "main/ann",
  ],
  ["cut off", sealed.slice(0, 12), "main/ann"],
  ["of another kind", sealed.replace("v1", "v2"), "main/ann"],
  ["that is empty", "", "main/ann"],
])("nothing opens %s", (_, text, belongsTo) => {
  expect(key.open(text, belongsTo)).toBeUndefined();
});

test("another key opens nothing and signs otherwise", () => {
  const other = new OfficeKey(newSecret(newId));
  expect(other.open(sealed, "main/ann")).toBeUndefined();
  expect(other.sign("device", "ann")).not.toBe(key.sign("device", "ann"));
});

test("a signature holds for its purpose and its words alone", () => {
  const signatures = [
    key.sign("device", "ann"),
    key.sign("invitation", "ann"),
    key.sign("device", "ann", ""),
    key.sign("device", "a", "nn"),
  ];
  expect(new Set(signatures).size).toBe(signatures.length);
  expect(key.sign("device", "ann")).toBe(signatures[0]);
});

test("a key of another size is refused", () => {
  expect(() => new OfficeKey(new Uint8Array(16))).toThrow(/32 bytes, not 16/);
});
