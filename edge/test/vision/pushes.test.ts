import { expect, test } from "vitest";
import { mostPushedBytes, Pushes } from "../../src/vision/pushes.ts";

function pushesTo(isThere = true) {
  const sent: { camera: string; text: string; leave: () => void }[] = [];
  const replaced: string[] = [];
  const pushes = new Pushes(
    (camera, base64, leave) => {
      if (isThere) sent.push({ camera, text: Buffer.from(base64, "base64").toString(), leave });
      return isThere;
    },
    (camera) => replaced.push(camera),
  );
  const offer = (camera: string, text: string) => pushes.offer(camera, Buffer.from(text));
  return { pushes, sent, replaced, offer, texts: () => sent.map(({ text }) => text) };
}

test("one picture of a camera is on its way at a time; the youngest of the others waits", () => {
  const { sent, replaced, offer, texts } = pushesTo();
  for (const text of ["1", "2", "3"]) expect(offer("north", text)).toBe(true);
  offer("south", "a");
  expect(texts()).toEqual(["1", "a"]);
  expect(replaced).toEqual(["north"]);
  sent[0]?.leave();
  expect(texts()).toEqual(["1", "a", "3"]);
  sent[2]?.leave();
  offer("north", "4");
  expect(texts()).toEqual(["1", "a", "3", "4"]);
});

test("a picture that nobody would take is not kept", () => {
  const { offer, sent } = pushesTo(false);
  expect(offer("north", "1")).toBe(false);
  expect(sent).toEqual([]);
});

test("a picture larger than any camera's is not taken", () => {
  const { pushes, sent } = pushesTo();
  expect(pushes.offer("north", Buffer.alloc(mostPushedBytes + 1))).toBe(false);
  expect(sent).toEqual([]);
});

test("with a new process nothing of the old one's is waited for", () => {
  const { pushes, offer, texts } = pushesTo();
  offer("north", "1");
  offer("north", "2");
  pushes.forget();
  offer("north", "3");
  expect(texts()).toEqual(["1", "3"]);
});
