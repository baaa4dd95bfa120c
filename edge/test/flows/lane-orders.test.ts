import { describe, expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

const wish = { actor: { kind: "attendant", id: "anna" }, reason: "flood in the ramp" } as const;

describe("what people make of a lane", () => {
  test("a gate that is held open stays up, and a car that was read still gets its session", async () => {
    const park = await CarPark.open();
    const { laneOrders } = park.facility;
    const held = laneOrders.order("entry-1", "hold-open", wish);
    await park.pass(5);
    expect(await held).toEqual({ lane_id: "entry-1", sentence: "entry-1 is held open." });
    await park.pass(120);
    expect(park.lane("entry-1").barrier.position).toBe("up");
    expect(park.flow("entry-1").lane.state.phase).toBe("held-open");
    expect(park.alert("held-open")).toBeDefined();
    const session = await park.enter("B1");
    expect(session.status).toBe("open");
    expect(park.alert("gate-opened-unexplained")).toBeUndefined();
    const letGo = laneOrders.order("entry-1", "let-go", wish);
    await park.pass(60);
    expect(await letGo).toMatchObject({ lane_id: "entry-1" });
    expect(park.lane("entry-1").barrier.position).toBe("down");
    expect(park.alert("held-open")).toBeUndefined();
    expect(park.facts("lane-ordered").map(({ order, actor }) => [order, actor.id])).toEqual([
      ["hold-open", "anna"],
      ["let-go", "anna"],
    ]);
    expect(park.facts("lane-order-answered").map(({ result }) => result)).toEqual([
      "accepted",
      "accepted",
    ]);
  });

  test("who drives through a gate that is held open without a read is counted and told", async () => {
    const park = await CarPark.open();
    const held = park.facility.laneOrders.order("entry-1", "hold-open", wish);
    await park.pass(5);
    await held;
    await park.arrive("entry-1");
    await park.cross("entry-1");
    expect(park.alert("passed-unidentified")).toBeDefined();
    expect(park.sessions).toEqual([]);
  });

  test("an arm is not told to close onto a vehicle, nor onto a loop that nobody can see", async () => {
    const park = await CarPark.open();
    const { laneOrders } = park.facility;
    park.underArm("exit-1", true);
    await park.pass(0.2);
    expect(await laneOrders.order("exit-1", "close", wish)).toMatchObject({ reason: "under-arm" });
    park.underArm("exit-1", false);
    await park.pass(0.2);
    park.lane("exit-1").inputs.setLost(true);
    await park.pass(0.2);
    expect(await laneOrders.order("exit-1", "close", wish)).toMatchObject({
      reason: "loop-faulty",
    });
    expect(park.facts("lane-ordered")).toEqual([]);
  });

  test("a lock outlives a restart, a hold does not", async () => {
    const park = await CarPark.open();
    const locked = park.facility.laneOrders.order("entry-1", "lock", wish);
    const held = park.facility.laneOrders.order("entry-2", "hold-open", wish);
    await park.pass(5);
    await Promise.all([locked, held]);
    await park.restart("killed", 30);
    expect(park.flow("entry-1").lane.state.phase).toBe("locked");
    expect(park.flow("entry-2").lane.state.phase).toBe("idle");
    const unlocked = park.facility.laneOrders.order("entry-1", "unlock", wish);
    await park.pass(5);
    await unlocked;
    expect(park.flow("entry-1").lane.state.phase).toBe("idle");
  });

  test("a gate that does not answer is no gate that is held open", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("dead");
    const held = park.facility.laneOrders.order("entry-1", "hold-open", wish);
    await park.pass(20);
    expect(await held).toMatchObject({ kind: "refused", reason: "gate-unreachable" });
    expect(park.flow("entry-1").lane.state.hold).toBe("none");
  });

  test("the stricter mode of lane and facility holds, and the book knows who set it", async () => {
    const park = await CarPark.open();
    const { laneOrders } = park.facility;
    laneOrders.setMode(undefined, "full", wish);
    laneOrders.setMode("entry-2", "closed-to-all", wish);
    await park.restart();
    const lanes = park.facility.state().lanes.map((lane) => [lane.lane_id, lane.effective_mode]);
    expect(lanes.slice(0, 2)).toEqual([
      ["entry-1", "full"],
      ["entry-2", "closed-to-all"],
    ]);
    expect(park.facts("mode-set").map((fact) => [fact.lane_id, fact.mode])).toEqual([
      [null, "full"],
      ["entry-2", "closed-to-all"],
    ]);
  });

  test("every change of a phase is a row, with what caused it", async () => {
    const park = await CarPark.open();
    await park.enter("B1");
    const told = park.facility.laneOrders.transitions("entry-1", 20);
    const steps = told?.transitions.map(({ to, cause }) => `${to}: ${cause}`).toReversed();
    expect(steps).toEqual([
      "vehicle-present: arming on",
      "identifying: read",
      "decided: decided",
      "open-commanded: commanded",
      "accepted: gate accepted",
      "opened: limit-open on",
      "passing: safety on",
      "passed: safety off",
      "idle: limit-open off",
    ]);
    expect(park.facility.laneOrders.transitions("nowhere", 1)).toBeUndefined();
  });

  test("a lane that always goes one way is not turned, and an unknown one is named", async () => {
    const park = await CarPark.open();
    const { laneOrders } = park.facility;
    expect(laneOrders.turn("entry-1", "exit", wish)).toMatchObject({ reason: "not-reversible" });
    expect(laneOrders.turn("entry-9", "exit", wish)).toMatchObject({ reason: "unknown-lane" });
    expect(await laneOrders.order("entry-1", "let-go", wish)).toMatchObject({
      reason: "not-held-open",
    });
  });

  test("a locked exit opens for nobody, by plate or by hand, and calls a person", async () => {
    const park = await CarPark.open();
    await park.enter("B1");
    const locked = park.facility.laneOrders.order("exit-1", "lock", wish);
    await park.pass(2);
    await locked;
    await park.arrive("exit-1");
    park.read("exit-1", "B1");
    await park.pass(2);
    expect(park.alert("attendant-needed")?.details).toMatchObject({ reason: "lane-locked" });
    const byHand = await park.facility.openByHand(park.opening("exit-1"));
    expect(byHand).toMatchObject({ kind: "refused", reason: "lane-locked" });
    expect(park.openings("exit-1")).toBe(0);
  });
});
