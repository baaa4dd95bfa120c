import type { Instant } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import {
  base32,
  stepOfCode,
  totpAddress,
  totpCode,
  totpStep,
} from "../../../src/domain/people/totp.ts";

/** RFC 6238, appendix B: the secret of its SHA-1 examples. */
const secret = Buffer.from("12345678901234567890");

test.each([
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
])("%i s after 1970 the code is the one that RFC 6238 names", (second, code) => {
  expect(totpCode(secret, totpStep((second * 1000) as Instant), 8)).toBe(code);
});

test.each([
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("%s is written as RFC 4648 writes it", (text, expected) => {
  expect(base32(Buffer.from(text))).toBe(expected);
});

describe("a code", () => {
  const now = Date.parse("2026-11-21T12:00:10Z") as Instant;
  const present = totpStep(now);
  const at = (step: number): string => totpCode(secret, step);

  test("of the step before or after counts, one further off does not", () => {
    const found = [-2, -1, 0, 1, 2].map((off) => stepOfCode(secret, at(present + off), now, 0));
    expect(found).toEqual([undefined, present - 1, present, present + 1, undefined]);
  });
  test("counts once, and so do all before it", () => {
    expect(stepOfCode(secret, at(present), now, present)).toBeUndefined();
    expect(stepOfCode(secret, at(present - 1), now, present)).toBeUndefined();
    expect(stepOfCode(secret, at(present + 1), now, present)).toBe(present + 1);
  });
  test.each(["", "12345", "1234567", "abcdef", "１２３４５６"])("%j is none", (text) => {
    expect(stepOfCode(secret, text, now, 0)).toBeUndefined();
  });
});

test("the address for apps names the issuer twice and holds the secret", () => {
  expect(totpAddress(secret, "ann@park.example", "Gatehouse & Söhne")).toBe(
    "otpauth://totp/Gatehouse%20%26%20S%C3%B6hne:ann%40park.example" +
      "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gatehouse+%26+S%C3%B6hne",
  );
});
