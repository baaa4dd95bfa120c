import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Sign, SignMessage } from "@gatehouse/shared/ports/sign";
import { seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { Signage } from "../../src/flows/signage.ts";
import { CarPark, morning } from "./car-park.ts";

test("an entry where nobody stands shows the free places, and full when there are none", async () => {
  const park = await CarPark.open({ spaces: 2 });
  await park.pass(2);
  const shown = () => park.lane("entry-2").sign.shown;
  expect(shown()).toEqual({ lines: [], free: 2, tone: "neutral" });
  await park.enter("AA1");
  expect(shown()).toEqual({ lines: [], free: 1, tone: "neutral" });
  await park.enter("BB2");
  expect(shown()).toEqual({ lines: ["Full"], free: 0, tone: "stop" });
  expect(park.lane("entry-1").sign.shown, "the lane that was just used too").toEqual(shown());
});

test("a lane at which somebody is served keeps what it says to that driver", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-2");
  park.read("entry-2", "");
  await park.enter("AA1");
  expect(park.lane("entry-2").sign.shown).toMatchObject({ lines: ["Please wait"], tone: "stop" });
  await park.backOff("entry-2");
  expect(park.lane("entry-2").sign.shown).toEqual({ lines: [], free: 9, tone: "neutral" });
});

test("exits show no free places", async () => {
  const park = await CarPark.open();
  await park.enter("AA1");
  expect(park.lane("exit-1").sign.shown).toMatchObject({ lines: [] });
  expect(park.lane("exit-1").sign.shown).not.toHaveProperty("free");
});

test("a display that is away delays nothing and is logged", async () => {
  const park = await CarPark.open();
  park.lane("entry-1").sign.setDead(true);
  await park.enter("AA1");
  expect(park.session("AA1").status).toBe("open");
  expect(park.log.map(({ event }) => event)).toContain("sign-unreachable");
});

test("places that a permit holder takes above the number of spaces are not shown as less than none", async () => {
  const park = await CarPark.open({ spaces: 2 });
  await park.enter("AA1");
  await park.enter("BB2");
  await park.arrive("entry-1");
  await park.facility.openByHand(park.opening("entry-1"));
  await park.cross("entry-1");
  await park.pass(12);
  expect(park.lane("entry-2").sign.shown).toMatchObject({ free: 0 });
});

test("a display at a zone shows the free spaces of its zone, one at none those of the whole", async () => {
  const shown = new Map<string, SignMessage>();
  const display = (name: string): Sign => ({
    name,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    report: () => [],
    show: (message) => {
      shown.set(name, message);
      return Promise.resolve();
    },
  });
  const clock = new VirtualClock(morning);
  const freeIn = new Map([["west", 3]]);
  let free = 10;
  const signage = new Signage(clock, [], () => free, {
    signs: [
      { sign: display("at west"), zoneId: "west" },
      { sign: display("outside"), zoneId: undefined },
    ],
    freeIn: (zoneId) => freeIn.get(zoneId) ?? 0,
  });
  await signage.start();
  await clock.advance(seconds(1));
  expect(shown.get("at west")).toEqual({ lines: [], free: 3, tone: "neutral" });
  expect(shown.get("outside")).toEqual({ lines: [], free: 10, tone: "neutral" });
  freeIn.set("west", 0);
  free = 7;
  signage.changed();
  await clock.advance(seconds(1));
  expect(shown.get("at west")).toEqual({ lines: ["Full"], free: 0, tone: "stop" });
  expect(shown.get("outside")).toMatchObject({ free: 7 });
  await signage.stop();
});
