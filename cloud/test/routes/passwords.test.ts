import { argon2Sync } from "node:crypto";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { expect, test } from "vitest";
import { Passwords } from "../../src/routes/people/passwords.ts";

const random = new SeededRandom(1);
const passwords = new Passwords(() => random.id());
const right = { isRight: true, isOld: false };
const wrong = { isRight: false, isOld: false };

test("a password is right, however it was typed, and nothing else is", async () => {
  const stored = (await passwords.hash("Gru\u0308ße aus Köln")) ?? "";
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await passwords.check("Grüße aus Köln", stored)).toEqual(right);
  expect(await passwords.check("Grüße aus Koln", stored)).toEqual(wrong);
});

test("two people with one password have different hashes", async () => {
  expect(await passwords.hash("twelve dark owls")).not.toBe(
    await passwords.hash("twelve dark owls"),
  );
});

test("a hash that was cheaper is right, and is to be made anew", async () => {
  const nonce = Buffer.alloc(16, 7);
  const message = "twelve dark owls";
  const few = { parallelism: 1, tagLength: 32, memory: 64, passes: 1 };
  const tag = argon2Sync("argon2id", { ...few, message, nonce });
  const stored = `$argon2id$v=19$m=64,t=1,p=1$${nonce.toString("base64url")}$${tag.toString("base64url")}`;
  expect(await passwords.check(message, stored)).toEqual({ isRight: true, isOld: true });
});

test.each([undefined, null, "", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "plain"])(
  "nothing is right where %j is stored",
  async (stored) => {
    expect(await passwords.check("", stored)).toEqual(wrong);
    expect(await passwords.check(String(stored), stored)).toEqual(wrong);
  },
);

test("more than a few at once are turned away unheard, and those after them are heard again", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => passwords.check("a guess", undefined)),
  );
  expect(answers.filter((answer) => answer === undefined)).toHaveLength(2);
  expect(await passwords.check("a guess", undefined)).toEqual(wrong);
});
