import { describe, expect, test } from "vitest";
import { Credentials } from "../../../src/adapters/mqtt/credentials.ts";
import { brokerLimits } from "../../../src/adapters/mqtt/limits.ts";
import { Slowdown } from "../../../src/adapters/mqtt/slowdown.ts";
import { TokenBucket } from "../../../src/adapters/mqtt/token-bucket.ts";

describe("a token bucket", () => {
  test("lets a burst through, then the steady rate", () => {
    const bucket = new TokenBucket(10, 5, 0);
    const taken = (nowMs: number): number => {
      let count = 0;
      while (bucket.take(1, nowMs)) count += 1;
      return count;
    };
    expect([taken(0), taken(100), taken(1100), taken(100_000)]).toEqual([5, 1, 5, 5]);
  });

  test("says how long a debt takes to pay", () => {
    const bucket = new TokenBucket(10, 5, 0);
    expect(bucket.spend(5, 0)).toBe(0);
    expect(bucket.spend(1, 0)).toBe(100);
    expect(bucket.spend(1, 100)).toBe(100);
    expect(bucket.spend(1, 100_000)).toBe(0);
  });
});

describe("who keeps failing", () => {
  const limits = brokerLimits.slowdown;
  const failedTimes = (count: number, who = "a"): Slowdown => {
    const slowdown = new Slowdown(limits);
    for (let time = 0; time < count; time += 1) slowdown.failed(who, 0);
    return slowdown;
  };

  test("tries freely a few times, then waits twice as long each time, to a bound", () => {
    const waits = [0, 2, 3, 4, 5, 7, 8, 30].map((count) => failedTimes(count).waitMs("a", 0));
    expect(waits).toEqual([0, 0, 1000, 2000, 4000, 16_000, 30_000, 30_000]);
  });

  test("gains nothing by trying side by side: the tries wait one after the other, and too many are refused", () => {
    const slowdown = failedTimes(5);
    const waits = Array.from({ length: 9 }, () => slowdown.waitMs("a", 0));
    expect(waits.slice(0, 7)).toEqual([4000, 8000, 12_000, 16_000, 20_000, 24_000, 28_000]);
    expect(waits.slice(7)).toEqual([undefined, undefined]);
  });

  test("does not slow anyone else", () => {
    expect(failedTimes(30).waitMs("b", 0)).toBe(0);
  });

  test("is forgiven after a success, and forgotten after a while", () => {
    const slowdown = failedTimes(30);
    expect(slowdown.waitMs("a", limits.forgetMs)).toBe(0);
    slowdown.failed("a", 0);
    slowdown.succeeded("a");
    expect(slowdown.waitMs("a", 0)).toBe(0);
  });

  test("does not fill the memory under ever new names", () => {
    const slowdown = failedTimes(30);
    for (let name = 0; name < limits.remembered; name += 1) slowdown.failed(`name ${name}`, 0);
    expect(slowdown.waitMs("a", 0)).toBe(0);
  });
});

describe("a password", () => {
  // SHA-256 of "secret"
  const credentials = new Credentials({
    "bay-A001": "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
    broken: "",
  });
  const accepts = (id: string, user: string | undefined, password: string | undefined): boolean =>
    credentials.accept(id, user, password === undefined ? undefined : Buffer.from(password));

  test("is accepted from its own device under its own name only", () => {
    expect(accepts("bay-A001", "bay-A001", "secret")).toBe(true);
    const wrong = [
      ["bay-A001", "bay-A001", "Secret"],
      ["bay-A001", "bay-A001", ""],
      ["bay-A001", "bay-A001", undefined],
      ["bay-A001", "bay-A002", "secret"],
      ["bay-A001", undefined, "secret"],
      ["bay-A002", "bay-A002", "secret"],
      ["broken", "broken", ""],
      ["__proto__", "__proto__", ""],
      ["constructor", "constructor", ""],
    ] as const;
    expect(wrong.filter(([id, user, password]) => accepts(id, user, password))).toEqual([]);
  });
});
