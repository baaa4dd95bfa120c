import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hungryDetector, stuckDetector } from "../../vision/tiny-model.ts";
import { cameraOf, patience, PoolSite } from "./pool-site.ts";

let site: PoolSite;
beforeEach(() => {
  site = new PoolSite();
});
afterEach(() => site.close());

test.each([
  ["gets stuck in a loop", stuckDetector],
  ["runs out of the memory that it may have", hungryDetector],
] as const)(
  "a vision process that %s is replaced, and its cameras speak again",
  async (_what, model) => {
    site.putModel("tiny.onnx", model());
    await site.putPicture("north", "dark.jpg", 20);
    const source = { kind: "folder", path: "north", every_s: 0.2 } as const;
    const pool = await site.start([cameraOf("north", source)], {
      mostResidentBytes: 700 * 1024 * 1024,
    });
    await vi.waitFor(() => expect(site.heard.length).toBeGreaterThan(0), patience);
    const victim = pool.childPid;
    const boot = site.heard[0]?.boot;

    await site.putPicture("north", "bright.jpg", 220);
    await vi.waitFor(() => expect(pool.childPid).not.toBe(victim), patience);
    site.dropPicture("north", "bright.jpg");
    await vi.waitFor(() => {
      expect(site.heard.some((each) => each.boot !== boot)).toBe(true);
    }, patience);
    expect(site.report("north")?.counters["restarts"]).toBeGreaterThan(0);
  },
);
