import { Fault } from "@gatehouse/shared/fault";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import { keepPermit } from "../../src/store/rights.ts";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { Failure } from "@gatehouse/shared/lane-failure";
import { expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

const opensAt =
  (failure: Failure) =>
  (config: FacilityConfig): FacilityConfig => ({
    ...config,
    lanes: config.lanes.map((lane) => ({ ...lane, on_failure: { [failure]: "open" } })),
  });

test("a vehicle that nobody reads calls a person, once, and the call ends when it leaves", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  await park.pass(19);
  expect(park.alert("attendant-needed")).toBeUndefined();
  await park.pass(3);
  expect(park.alert("attendant-needed")?.details).toEqual({ reason: "plate-not-read" });
  expect(park.lane("entry-1").barrier.position).toBe("down");
  await park.backOff("entry-1");
  await park.pass(5);
  expect(park.alert("attendant-needed")).toBeUndefined();
});

test("with no camera working a lane opens where it is set to, with a session of its own", async () => {
  const park = await CarPark.open({ change: opensAt("camera") });
  park.lane("entry-1").reader.setOffline(true);
  await park.arrive("entry-1");
  await park.pass(21);
  await park.cross("entry-1");
  await park.pass(20);
  expect(park.sessions).toHaveLength(1);
  expect(park.sessions[0]).toMatchObject({ status: "open", vehicleLicense: null });
  expect(park.decisions.at(-1)?.reason).toBe("fail-open:no-camera-works");
});

test("with no camera working a lane that stays secure calls a person", async () => {
  const park = await CarPark.open();
  park.lane("exit-1").reader.setOffline(true);
  await park.arrive("exit-1");
  await park.pass(25);
  expect(park.alert("attendant-needed")?.details).toEqual({ reason: "no-camera-works" });
  expect(park.openings("exit-1")).toBe(0);
});

test("a lane that loses its loops stands open only where it is set to, and is let go when they are back", async () => {
  const open = await CarPark.open({ change: opensAt("broker") });
  const secure = await CarPark.open();
  for (const park of [open, secure]) {
    park.lane("entry-1").inputs.setLost(true);
    await park.pass(20);
  }
  expect(secure.lane("entry-1").barrier.position).toBe("down");
  expect(open.lane("entry-1").barrier.position).toBe("up");
  expect(open.alert("loops-lost")?.subject).toBe("entry-1");
  open.lane("entry-1").inputs.setLost(false);
  await open.pass(30);
  expect(open.lane("entry-1").barrier.position).toBe("down");
  expect(open.alert("loops-lost")).toBeUndefined();
  expect(open.alert("stood-open")).toBeDefined();
});

test("the driver's button calls for help with what is known of the vehicle", async () => {
  const park = await CarPark.open();
  const session = await park.enter("B1");
  await park.arrive("exit-1");
  park.cards("exit-1", undefined);
  park.read("exit-1", "B1");
  await park.pass(5);
  park.lane("exit-1").inputs.input("help").set(true);
  await park.pass(1);
  park.lane("exit-1").inputs.input("help").set(false);
  await park.pass(1);
  const call = park.alert("help-call");
  expect(call).toMatchObject({ subject: "exit-1", severity: "critical" });
  expect(call?.details).toMatchObject({
    plate: "B1",
    session_id: session.sessionId,
    reason: "owes",
  });
});

test("with a terminal that does not answer an exit opens where it is set to, and the debt stays", async () => {
  const park = await CarPark.open({ change: opensAt("payment") });
  await park.enter("B1");
  await park.pass(3600);
  park.terminal("exit-1").setFault("silent");
  await park.arrive("exit-1");
  park.read("exit-1", "B1");
  for (let waited = 0; park.openings("exit-1") === 0 && waited < 300; waited++) await park.pass(1);
  await park.cross("exit-1");
  await park.pass(20);
  expect(park.decisions.at(-1)?.reason).toBe("fail-open:terminal-unreachable");
  expect(park.session("B1")).toMatchObject({ status: "closed-unpaid", paidAmount: 0 });
});

test("a lane that doubts old rights asks a person about a permit when head office is silent for days", async () => {
  const secure = (config: FacilityConfig): FacilityConfig => ({
    ...config,
    cloud: { url: "http://127.0.0.1:1", every_s: 3600 },
    lanes: config.lanes.map((lane) => ({ ...lane, on_failure: { cloud: "secure" } })),
  });
  const silent: CloudLink = {
    send: () => Promise.reject(new Fault("cloud-unreachable", "played")),
    heldAt: () => Promise.reject(new Fault("cloud-unreachable", "played")),
    pull: () => Promise.reject(new Fault("cloud-unreachable", "played")),
  };
  const park = await CarPark.open({ change: secure, link: silent });
  park.book.write((tx) =>
    keepPermit(tx, {
      permit_id: "P1",
      plates: ["B1"],
      valid_from: "2026-01-01T00:00:00Z",
      valid_until: "2027-01-01T00:00:00Z",
    }),
  );
  await park.arrive("entry-1");
  expect(park.read("entry-1", "B1")).toMatchObject({ kind: "open" });
  await park.cross("entry-1");
  await park.pass(73 * 3600);
  await park.arrive("entry-2");
  expect(park.read("entry-2", "B1")).toMatchObject({ kind: "ask" });
  expect(park.decisions.at(-1)?.reason).toBe("rights-old");
});
