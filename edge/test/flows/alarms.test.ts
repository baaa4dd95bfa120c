import { AlarmContactSim, SignalOutputSim } from "@gatehouse/firmware-sim/devices/alarm-sim";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { expect, test } from "vitest";
import { CarPark, morning } from "./car-park.ts";

async function guarded() {
  const fire = new AlarmContactSim(new VirtualClock(morning), "panel", "fire");
  const intruder = new AlarmContactSim(new VirtualClock(morning), "intruder", "security");
  const siren = new SignalOutputSim("siren", "fire");
  const park = await CarPark.open({ alarms: [fire, intruder], outputs: [siren] });
  return { park, fire, intruder, siren };
}

const holds = (park: CarPark) =>
  park.facility
    .state()
    .lanes.map(({ lane_id, hold, effective_mode }) => [lane_id, hold, effective_mode]);

test("at a fire the exits stand open and nobody is let in; when it is over, both are as before", async () => {
  const { park, fire, siren } = await guarded();
  fire.set(true);
  await park.pass(10);
  expect(holds(park)).toEqual([
    ["entry-1", "none", "closed-to-all"],
    ["entry-2", "none", "closed-to-all"],
    ["exit-1", "held-open", "open"],
    ["exit-2", "held-open", "open"],
  ]);
  expect(park.lane("exit-1").barrier.position).toBe("up");
  expect(park.alert("fire-alarm")?.subject).toBe("panel");
  expect(siren.isActive).toBe(true);
  fire.set(false);
  await park.pass(60);
  expect(holds(park).map(([, hold, mode]) => [hold, mode])).toEqual([
    ["none", "open"],
    ["none", "open"],
    ["none", "open"],
    ["none", "open"],
  ]);
  expect(park.lane("exit-1").barrier.position).toBe("down");
  expect(park.alert("fire-alarm")).toBeUndefined();
  expect(park.alert("stood-open")).toBeDefined();
  expect(siren.isActive).toBe(false);
  expect(park.facts("lane-ordered").every(({ actor }) => actor.id === "fire-alarm")).toBe(true);
});

test("a gate that does not open at a fire is tried until it does, and people are told", async () => {
  const { park, fire } = await guarded();
  park.lane("exit-1").gate.setFault("dead");
  fire.set(true);
  await park.pass(20);
  expect(park.alert("alarm-not-obeyed")?.subject).toBe("exit-1");
  park.lane("exit-1").gate.setFault("none");
  await park.pass(20);
  expect(park.alert("alarm-not-obeyed")).toBeUndefined();
  expect(park.lane("exit-1").barrier.position).toBe("up");
});

test("a locked exit opens at a fire, and a fire outlasts a restart", async () => {
  const { park, fire } = await guarded();
  const wish = { actor: { kind: "attendant", id: "anna" }, reason: "works" } as const;
  const locked = park.facility.laneOrders.order("exit-2", "lock", wish);
  await park.pass(2);
  await locked;
  fire.set(true);
  await park.pass(10);
  expect(park.lane("exit-2").barrier.position).toBe("up");
  await park.restart("killed", 60);
  await park.pass(10);
  expect(park.lane("exit-2").barrier.position).toBe("up");
  expect(park.flow("exit-2").lane.state.hold).toBe("held-open");
});

test("a contact that cannot be read is told, and changes nothing by itself", async () => {
  const { park, fire, intruder } = await guarded();
  fire.set(undefined);
  await park.pass(5);
  expect(park.alert("alarm-contact-lost")?.subject).toBe("panel");
  expect(park.lane("exit-1").barrier.position).toBe("down");
  intruder.set(true);
  await park.pass(5);
  expect(park.alert("security-alarm")?.subject).toBe("intruder");
  expect(park.lane("exit-1").barrier.position).toBe("down");
});

test("an output that does not answer is told again", async () => {
  const { park, fire, siren } = await guarded();
  siren.isDead = true;
  fire.set(true);
  await park.pass(3);
  siren.isDead = false;
  await park.pass(10);
  expect(siren.isActive).toBe(true);
});
