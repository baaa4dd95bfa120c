import { hours, later } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { beginLogin, isLogin, loginLife } from "../../src/domain/login.ts";
import { noon } from "../edge-ledger.ts";

const token = "a-token-of-head-office";
const login = beginLogin(token, "id-1", noon);

test("a login holds for its life and no longer", () => {
  expect(isLogin(token, login, noon)).toBe(true);
  expect(isLogin(token, login, later(noon, hours(11)))).toBe(true);
  expect(isLogin(token, login, later(noon, loginLife))).toBe(false);
});

test("a new token of head office ends every login", () => {
  expect(isLogin("another-token", login, noon)).toBe(false);
});

test.each([
  ["nothing", undefined],
  ["an empty one", ""],
  ["one that lives longer", login.replace(/^\d+/, (until) => String(Number(until) + 1))],
  ["one without a signature", login.split(".").slice(0, 2).join(".")],
  ["one with more behind it", `${login}.x`],
  ["one signed by nobody", `${login.split(".").slice(0, 2).join(".")}.`],
])("%s is no login", (_, text) => {
  expect(isLogin(token, text, noon)).toBe(false);
});

test("two logins of one moment differ", () => {
  expect(beginLogin(token, "id-2", noon)).not.toBe(login);
});
