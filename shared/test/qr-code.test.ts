import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { qrCode } from "../src/qr-code.ts";

const textOf = (rows: readonly (readonly boolean[])[]): string =>
  rows.map((row) => row.map((isDark) => (isDark ? "#" : ".")).join("")).join("\n");
const finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];

test.each([
  [14, 21],
  [15, 25],
  [26, 25],
  [62, 33],
  [63, 37],
  [213, 57],
  [412, 77],
])("a text of %i bytes is a code of %i modules with its three finders", (length, size) => {
  const rows = qrCode("x".repeat(length));
  expect(rows).toHaveLength(size);
  const corner = (x: number, y: number): string[] =>
    rows.slice(y, y + 7).map((row) =>
      row
        .slice(x, x + 7)
        .map((isDark) => (isDark ? "#" : "."))
        .join(""),
    );
  expect(corner(0, 0)).toEqual(finder);
  expect(corner(size - 7, 0)).toEqual(finder);
  expect(corner(0, size - 7)).toEqual(finder);
});

test("what is too long for a code of ours is refused", () => {
  expect(() => qrCode("x".repeat(413))).toThrow("too many for a QR code");
});

/** Every one of them has been read back by a reader that is not ours. */
test("codes are those that a reader has read", () => {
  const hash = createHash("sha256");
  for (let length = 1; length <= 412; length += 17) {
    const text = ("http://10.0.0.5:8080/receipt/" + "0123456789abcdef".repeat(26)).slice(0, length);
    hash.update(textOf(qrCode(text)));
  }
  expect(hash.digest("hex")).toBe(
    "67bed8b3ecf7a384426fd4689f41d0732b22e99e8a8b77bde1ad1f9ca8af66ac",
  );
});
