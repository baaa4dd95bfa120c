import { expect, test } from "vitest";
import { passwordFault, samePassword } from "../../../src/domain/people/password-rules.ts";

const ann = ["ann.berg@parkhaus.example", "Ann", "Berg"];

test.each([
  ["eleven char", "too-short"],
  ["twelve chars", undefined],
  ["correct horse battery staple", undefined],
  ["aaaaaaaaaaaaaaaa", "too-simple"],
  ["121212121212", "too-simple"],
  ["ann.berg@parkhaus", "names-you"],
  ["Parkhaus-Berg-1", "names-you"],
  ["Parkhaus, aber gut gewählt", undefined],
  // Six pictures are few characters, though many bytes.
  ["🚗🚕🚙🚌🚎🏎", "too-short"],
])("%s is refused as %s", (password, fault) => {
  expect(passwordFault(password, ann)).toBe(fault);
});

test("the same letters composed otherwise are the same password", () => {
  expect(samePassword("Gru\u0308ße")).toBe(samePassword("Grüße"));
});
