import { expect, test } from "vitest";
import { Questions } from "../../src/vision/questions.ts";

const away = { code: "vision-unreachable", hint: expect.stringContaining("try again") };

test("an answer goes to the question with its id, once", async () => {
  const questions = new Questions();
  const sent: string[] = [];
  const ask = (id: string) => questions.ask<number>(id, 60_000, () => sent.push(id) > 0);
  const [first, second] = [ask("a"), ask("b")];
  questions.answer("b", 2);
  questions.answer("a", 1);
  questions.answer("a", 3);
  questions.answer("unknown", 4);
  expect(await Promise.all([first, second])).toEqual([1, 2]);
  expect(sent).toEqual(["a", "b"]);
});

test("nobody waits for a process that is not there, ended, or does not answer", async () => {
  const questions = new Questions();
  await expect(questions.ask("a", 60_000, () => false)).rejects.toMatchObject(away);
  const asked = questions.ask("b", 60_000, () => true);
  questions.failAll("it ended");
  await expect(asked).rejects.toMatchObject({ ...away, message: expect.stringContaining("ended") });
  await expect(questions.ask("c", 10, () => true)).rejects.toMatchObject(away);
});
