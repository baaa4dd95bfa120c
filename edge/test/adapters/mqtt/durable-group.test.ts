import { Fault } from "@gatehouse/shared/fault";
import { expect, test } from "vitest";
import { DurableGroup } from "../../../src/adapters/mqtt/durable-group.ts";

const limits = { group: 500, heldPerClient: 3000, held: 5000, heldRetryMs: 5 };
const nextTurn = (): Promise<void> => new Promise(setImmediate);

function groupOn(disk: { full: boolean }, options: Partial<typeof limits> = {}) {
  const kept: number[][] = [];
  const acknowledged: number[] = [];
  const told: string[] = [];
  const keep = (messages: readonly number[]): void => {
    if (disk.full) throw new Fault("disk-full", "no room");
    kept.push([...messages]);
  };
  const group = new DurableGroup<number>(
    keep,
    { ...limits, ...options },
    {
      onKept: (count) => told.push(`kept ${count}`),
      onFull: (_fault, first) => told.push(first ? "full" : "still full"),
      onRoom: () => told.push("room"),
    },
  );
  const add = (message: number, clientId = "a"): boolean =>
    group.add(clientId, message, () => void acknowledged.push(message));
  return { group, add, kept, acknowledged, told };
}

test("the messages of one turn are kept in one call, and acknowledged after it, in order", async () => {
  const { add, kept, acknowledged } = groupOn({ full: false });
  for (const message of [1, 2, 3]) add(message);
  expect([kept, acknowledged]).toEqual([[], []]);
  await nextTurn();
  expect([kept, acknowledged]).toEqual([[[1, 2, 3]], [1, 2, 3]]);
});

test("a group is never larger than its limit", async () => {
  const { add, kept, acknowledged } = groupOn({ full: false });
  for (let message = 0; message < 1234; message += 1) add(message);
  await nextTurn();
  expect(kept.map((group) => group.length)).toEqual([500, 500, 234]);
  expect(acknowledged).toEqual(Array.from({ length: 1234 }, (_, message) => message));
});

test("a message that an acknowledgement brings at once is kept too, however many follow each other", () => {
  const { group, kept } = groupOn({ full: false });
  const bring = (message: number): void => {
    group.add("a", message, () => message < 20_000 && bring(message + 1));
  };
  bring(1);
  group.flush();
  expect(kept.flat()).toHaveLength(20_000);
});

test("while the disk is full nothing is acknowledged; when it has room everything is, in order", async () => {
  const disk = { full: true };
  const { add, kept, acknowledged, told, group } = groupOn(disk);
  for (const message of [1, 2]) add(message);
  await nextTurn();
  add(3);
  while (!told.includes("still full")) await nextTurn();
  expect([kept, acknowledged, group.waiting]).toEqual([[], [], 3]);

  disk.full = false;
  while (!told.includes("room")) await nextTurn();
  expect([kept, acknowledged, group.waiting]).toEqual([[[1, 2, 3]], [1, 2, 3], 0]);
  expect(told.filter((each) => each !== "still full")).toEqual(["full", "kept 3", "room"]);
});

test("one client cannot fill what is held for all, nor all together more than the bound", async () => {
  const { add } = groupOn({ full: true }, { heldPerClient: 2, held: 3, heldRetryMs: 60_000 });
  expect(add(1, "a")).toBe(true);
  await nextTurn();
  expect(["a", "a", "b", "c"].map((client, index) => add(index + 2, client))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test("a listener's own bug is not taken for a full disk", () => {
  const bug = new TypeError("not a disk");
  const broken = new DurableGroup<number>(
    () => {
      throw bug;
    },
    limits,
    { onKept: () => {}, onFull: () => {}, onRoom: () => {} },
  );
  broken.add("a", 1, () => {});
  expect(() => broken.flush()).toThrow(bug);
});

test("what still waits when it closes is never acknowledged", async () => {
  const { add, group, acknowledged } = groupOn({ full: true });
  add(1);
  await nextTurn();
  group.close();
  await nextTurn();
  expect(acknowledged).toEqual([]);
});
