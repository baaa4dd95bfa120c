import { KioskChange, type KioskState } from "@gatehouse/shared/contracts/kiosk";
import { describe, expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

/** A page: it takes the state and then the changes, as the contract says. */
class Page {
  readonly changes: { readonly at: number; readonly change: KioskChange }[] = [];
  shown: KioskState;
  readonly close: () => void;

  constructor(park: CarPark) {
    this.shown = park.facility.state();
    this.close = park.facility.onChange((change) => {
      this.changes.push({ at: park.world.now(), change: KioskChange.parse(change) });
      this.#take(change);
    });
  }

  #take({ type: _, lanes = [], spaces = [], ...parts }: KioskChange): void {
    const { shown } = this;
    this.shown = Object.assign({ ...shown }, parts, {
      lanes: shown.lanes.map((old) => lanes.find(({ lane_id }) => lane_id === old.lane_id) ?? old),
      spaces: shown.spaces.map(
        (old) => spaces.find(({ space_id }) => space_id === old.space_id) ?? old,
      ),
    });
  }

  get gaps(): number[] {
    return this.changes.slice(1).map(({ at }, index) => at - (this.changes[index]?.at ?? 0));
  }
}

describe("a page that listens", () => {
  test("shows after every change what the facility shows", async () => {
    const park = await CarPark.open();
    const page = new Page(park);
    await park.enter("BGH1234");
    park.site.bays[3]?.sensor?.set(true);
    await park.pass(600);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    for (let moment = 0; moment < 60; moment++) {
      await park.pass(0.5);
      if (moment === 14) park.underArm("exit-1", true);
      if (moment === 16) await park.backOff("exit-1");
      if (moment === 18) park.underArm("exit-1", false);
    }
    await park.pass(5);
    const { now: _, ...state } = park.facility.state();
    const { now: __, ...shown } = page.shown;
    expect(shown).toEqual(state);
    expect(state.takings).toMatchObject({ payments: 1, exits: 1 });
  });

  test("hears at most four times a second", async () => {
    const park = await CarPark.open();
    const page = new Page(park);
    for (let round = 0; round < 100; round++) {
      park.lane("entry-1").site.arming.set(round % 2 === 0);
      await park.pass(0.06);
    }
    expect(page.changes.length).toBeGreaterThan(10);
    expect(Math.min(...page.gaps)).toBeGreaterThanOrEqual(250);
  });

  test("hears only of the lanes and spaces that changed", async () => {
    const park = await CarPark.open();
    const page = new Page(park);
    await park.arrive("entry-1");
    await park.pass(1);
    page.changes.length = 0;
    await park.arrive("exit-2");
    park.site.bays[2]?.sensor?.set(true);
    await park.pass(5);
    const lanes = page.changes.flatMap(({ change }) => change.lanes ?? []);
    const spaces = page.changes.flatMap(({ change }) => change.spaces ?? []);
    expect(new Set(lanes.map(({ lane_id }) => lane_id))).toEqual(new Set(["exit-2"]));
    expect(spaces).toMatchObject([{ space_id: "A003", status: "occupied" }]);
    const counted = page.changes.filter(({ change }) => change.counts !== undefined);
    expect(counted).toHaveLength(1);
  });

  test("hears that the daemon lives at least every five seconds, and nothing else when nothing changes", async () => {
    const park = await CarPark.open();
    const page = new Page(park);
    await park.pass(5);
    page.changes.length = 0;
    await park.pass(50);
    expect(Math.max(...page.gaps)).toBeLessThanOrEqual(5000);
    expect(page.changes.length).toBeGreaterThanOrEqual(10);
    for (const { change } of page.changes) expect(Object.keys(change)).toEqual(["type", "now"]);
  });

  test("that came later hears all that changed since, although another page had heard it", async () => {
    const park = await CarPark.open();
    const first = new Page(park);
    await park.pass(5);
    first.close();
    await park.arrive("entry-1");
    park.read("entry-1", "");
    const second = new Page(park);
    expect(second.shown.alerts).toHaveLength(1);
    await park.backOff("entry-1");
    await park.pass(1);
    expect(second.shown.alerts).toEqual([]);
    expect(second.shown.lanes).toEqual(park.facility.state().lanes);
  });

  test("hears nothing after it has gone, and nobody works for it", async () => {
    const park = await CarPark.open();
    const page = new Page(park);
    page.close();
    await park.enter("BGH1234");
    await park.pass(30);
    expect(page.changes).toEqual([]);
  });

  test("hears nothing after the facility has stopped", async () => {
    const park = await CarPark.open();
    const page = new Page(park);
    await park.facility.stop();
    const before = page.changes.length;
    await park.pass(60);
    expect(page.changes).toHaveLength(before);
  });
});
