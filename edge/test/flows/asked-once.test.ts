import { expect, test } from "vitest";
import { AskedOnce } from "../../src/flows/asked-once.ts";

const act = () => {
  let acts = 0;
  return {
    printed: async () => ({ paper: (acts += 1) }),
    refused: async () => ({ kind: "refused", paper: (acts += 1) }),
    broken: async () => {
      acts += 1;
      throw new RangeError("no paper");
    },
    count: () => acts,
  };
};

test("the same request is the same act, under way and afterwards; others are their own", async () => {
  const { printed, count } = act();
  const once = new AskedOnce();
  const both = [once.ask("press-1", printed), once.ask("press-1", printed)];
  expect(await Promise.all(both)).toEqual([{ paper: 1 }, { paper: 1 }]);
  expect(await once.ask("press-1", printed)).toEqual({ paper: 1 });
  expect(await once.ask("press-2", printed)).toEqual({ paper: 2 });
  await once.ask(undefined, printed);
  await once.ask(undefined, printed);
  expect(count()).toBe(4);
});

test("what was refused or failed may be tried again", async () => {
  const { printed, refused, broken, count } = act();
  const once = new AskedOnce();
  await once.ask("press-1", refused);
  await expect(once.ask("press-1", broken)).rejects.toThrow("no paper");
  expect(await once.ask("press-1", printed)).toEqual({ paper: 3 });
  expect(count()).toBe(3);
});

test("a long day of requests is not remembered for ever", async () => {
  const { printed, count } = act();
  const once = new AskedOnce();
  for (let press = 0; press < 300; press += 1) await once.ask(`press-${press}`, printed);
  await once.ask("press-299", printed);
  expect(count()).toBe(300);
  await once.ask("press-0", printed);
  expect(count()).toBe(301);
});
