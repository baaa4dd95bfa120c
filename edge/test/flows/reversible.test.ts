import { expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

const wish = { actor: { kind: "attendant", id: "anna" }, reason: "evening" } as const;

/** `exit-2` is a lane that people turn round. */
const turning = () =>
  CarPark.open({
    change: (config) => ({
      ...config,
      lanes: config.lanes.map((lane) =>
        lane.id === "exit-2" ? { ...lane, direction: "reversible" } : lane,
      ),
    }),
  });

test("a reversible lane lets cars in, and after it was turned lets them out", async () => {
  const park = await turning();
  expect((await park.enter("B1", {}, "exit-2")).status).toBe("open");
  const turned = park.facility.laneOrders.turn("exit-2", "exit", wish);
  expect(turned).toEqual({ lane_id: "exit-2", sentence: "exit-2 is an exit now." });
  await park.arrive("exit-2");
  park.cards("exit-2", true);
  park.read("exit-2", "B1");
  await park.pass(6);
  await park.cross("exit-2");
  await park.pass(20);
  expect(park.session("B1").status).toBe("closed");
  expect(park.passages.map(({ direction }) => direction)).toEqual(["entry", "exit"]);
});

test("it is not turned under a vehicle, and stays as it was turned over a restart", async () => {
  const park = await turning();
  await park.arrive("exit-2");
  expect(park.facility.laneOrders.turn("exit-2", "exit", wish)).toMatchObject({
    reason: "lane-busy",
  });
  await park.backOff("exit-2");
  await park.pass(5);
  park.facility.laneOrders.turn("exit-2", "exit", wish);
  await park.restart();
  const view = park.facility.state().lanes.find(({ lane_id }) => lane_id === "exit-2");
  expect(view).toMatchObject({ direction: "exit", is_reversible: true });
  expect(park.facts("lane-turned").map(({ direction }) => direction)).toEqual(["exit"]);
});
