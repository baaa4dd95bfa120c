import type { Problem } from "@gatehouse/shared/contracts/problem";
import { expect, test } from "vitest";
import { problems } from "../../src/routes/problems.ts";
import { upkeepProblems } from "../../src/routes/upkeep-problems.ts";
import { accountWords } from "../../web/account-words.ts";
import { refusalOf } from "../../web/refusal-words.ts";

/** What only a facility's box, a payment gateway or a tool can be told: no page asks so that it would hear it. */
const forMachines = new Set([
  "no-token",
  "encoded",
  "wrong-type",
  "not-json",
  "other-facility",
  "ledger-hole",
  "ledger-old-epoch",
  "ledger-fork",
  "ledger-broken-chain",
  "no-such-code",
  "code-expired",
  "too-many-callbacks",
  "mailbox-full",
  "too-many-receipts",
  "too-many-viewers",
  "no-such-page",
  "page-not-built",
  "idempotency-key-used",
  "version-needed",
]);
/** The page of signing in asks for the code by itself, and says how long to wait. */
const asked = new Set(["code-needed", "too-many-tries"]);

test("whatever head office refuses a person, its pages say in their own language", () => {
  const all = Object.values({ ...problems, ...upkeepProblems }).flatMap((each): Problem[] =>
    typeof each === "function" ? [] : [each],
  );
  const types = new Set([
    ...all.map(({ type }) => type),
    problems.notAllowed(["see-money"]).type,
    ...(["too-short", "too-simple", "names-you"] as const).map(
      (why) => problems.weakPassword(why).type,
    ),
  ]);
  const unsaid = [...types].filter(
    (type) =>
      !forMachines.has(type) &&
      !asked.has(type) &&
      refusalOf[type] === undefined &&
      accountWords.refusals[type] === undefined,
  );
  expect(unsaid).toEqual([]);
  expect(Object.keys(refusalOf).filter((type) => !types.has(type))).toEqual([]);
});
