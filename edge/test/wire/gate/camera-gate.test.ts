import { GateCamera } from "@gatehouse/firmware-sim/wire/gate-camera";
import type { SignInGuardOptions } from "@gatehouse/firmware-sim/wire/sign-in-guard";
import { seconds } from "@gatehouse/shared/time";
import { afterEach, describe, expect, test } from "vitest";
import { Bench, configOf, newClock, signIns, watchContact } from "./bench.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function plug(profile: string, signIn: SignInGuardOptions = { account: signIns.w }) {
  const clock = newClock();
  const make = profile.startsWith("hikvision") ? "hikvision" : "dahua";
  const camera = new GateCamera({ make, clock, port: 0, lateByMs: 600, ...signIn });
  await camera.start();
  const contact = watchContact(camera.relay(1), clock);
  const wire = { kind: "http", url: `http://127.0.0.1:${camera.port}` };
  const bench = new Bench(clock, configOf({ w: wire }, [{ gate: { profile, wire: "w" } }]));
  ended.push(
    () => camera.stop(),
    () => bench.stop(),
  );
  await bench.start();
  return { camera, bench, contact };
}

describe.each(["hikvision-barrier", "hikvision-io", "dahua-strobe", "dahua-alarm-out"])(
  "a gate on %s",
  (profile) => {
    test("stops asking for good after two refusals, before the camera locks the account", async () => {
      const { camera, bench, contact } = await plug(profile, {
        account: { user: "gatehouse", password: "another" },
      });
      await bench.eventually(() => bench.report.fault === "sign-in-refused");
      const { requests } = camera.counters;
      for (const id of ["c-1", "c-2", "c-3"]) {
        const answer = await bench.until(bench.gate.open(id));
        expect(answer).toMatchObject({ kind: "rejected" });
      }
      await bench.pass(seconds(12));
      expect(camera.counters.requests).toBe(requests);
      expect(camera.guard.counters.refused).toBe(2);
      expect(camera.guard.isLocked).toBe(false);
      expect(contact).toEqual([]);
      expect(bench.report).toMatchObject({ fault: "sign-in-refused", state: "online" });
    });

    test("signs in anew, counting from one, whenever its nonce has run out", async () => {
      const { camera, bench } = await plug(profile, { account: signIns.w, usesOfNonce: 2 });
      for (const id of ["c-1", "c-2", "c-3"]) {
        expect(await bench.until(bench.gate.open(id))).toMatchObject({ kind: "accepted" });
      }
      expect(new Set(camera.guard.admittedCounts)).toEqual(new Set(["00000001", "00000002"]));
    });

    test("signs in with Basic where nothing else is offered", async () => {
      const { bench } = await plug(profile, { account: signIns.w, scheme: "basic" });
      expect(await bench.until(bench.gate.open("c-1"))).toMatchObject({ kind: "accepted" });
    });

    test("believes no answer that it cannot read", async () => {
      const { camera, bench } = await plug(profile);
      camera.setFault("noise");
      await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
        code: "gate-unreachable",
      });
      expect(bench.report.counters["wire_noise"]).toBeGreaterThan(0);
    });
  },
);

test("a locked Hikvision barrier says OK to an OPEN and does not move: no more than an echo", async () => {
  const { bench, contact } = await plug("hikvision-barrier");
  expect([...bench.gate.orders]).toEqual(["close", "hold-open", "let-go", "lock", "unlock"]);
  await bench.until(bench.gate.order("lock", "k-1"));
  expect(await bench.until(bench.gate.open("c-1"))).toEqual({ kind: "accepted", evidence: "echo" });
  expect(contact).toEqual([]);
  await bench.until(bench.gate.order("unlock", "k-2"));
  await bench.until(bench.gate.open("c-2"));
  expect(contact).toHaveLength(2);
});

test("what a camera does not have is refused by it, not believed", async () => {
  const clock = newClock();
  const camera = new GateCamera({ make: "hikvision", clock, port: 0 });
  await camera.start();
  const wire = { kind: "http", url: `http://127.0.0.1:${camera.port}` };
  const gate = { profile: "hikvision-barrier", wire: "w", relay: 3 };
  const bench = new Bench(clock, configOf({ w: wire }, [{ gate }]));
  ended.push(
    () => camera.stop(),
    () => bench.stop(),
  );
  await bench.start();
  expect(await bench.until(bench.gate.open("c-1"))).toMatchObject({
    kind: "rejected",
    detail: expect.stringContaining("status 4, Invalid Operation, notSupport"),
  });
});

test("a camera whose arm is wired says where it is, and never that it opened", async () => {
  const { camera, bench } = await plug("hikvision-barrier");
  expect(bench.report.detail).toBe("the arm's position is not wired");
  camera.arms = [2, 0];
  await bench.eventually(() => bench.report.detail === "the arm is up");
  camera.arms = [1, 0];
  expect(await bench.until(bench.gate.open("c-1"))).toEqual({ kind: "accepted", evidence: "echo" });
});
