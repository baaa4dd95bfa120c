import { expect, test } from "vitest";
import { soon, textOf } from "./kiosk-page.ts";
import { type ParkPage, parkPages } from "./park-page.ts";

const open = parkPages();

/** Lets time pass in the car park until the page shows it; the page hears of changes as time passes there. */
async function shows(it: ParkPage, selector: string, text: RegExp | string): Promise<void> {
  const seen = async (): Promise<string> => {
    await it.pass(0.5);
    return it.page.locator(selector).first().innerText({ timeout: 1000 }).catch(String);
  };
  await expect.poll(seen, soon).toMatch(text);
}

const chip = (it: ParkPage, name: string) => it.page.getByRole("button", { name, exact: true });

test("whose vehicle stands at an exit is chosen by its picture's digit, and it goes the ordinary way", async (context) => {
  const it = await open(context, {
    prepare: async (park) => {
      await park.enter("MAB1234");
      await park.enter("MAB1284");
      park.cards("exit-1", true);
    },
  });
  const { page, park } = it;
  await park.arrive("exit-1");
  park.read("exit-1", "MAB1Z64", { confidence: 0.7 });
  await shows(it, '[data-lane="exit-1"] .lane-acts', "Who is at exit-1?");
  await page.keyboard.press("F3");
  await expect.poll(() => page.locator(".candidate").count(), soon).toBe(2);
  const second = page.locator(".candidate").nth(1);
  const plate = await second.locator(".plate-text").innerText();
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
  expect(park.facts("session-chosen")).toMatchObject([
    { lane_id: "exit-1", plate, read_plate: "MAB1Z64", by: { id: "anna" } },
  ]);
  await park.pass(6);
  await park.cross("exit-1");
  await park.pass(10);
  expect(park.session(plate).status).toBe("closed");
  expect(park.openings("exit-1")).toBe(1);
  expect(it.complaints).toEqual([]);
});

test("a vehicle is found by a part of its plate, and its plate is put right", async (context) => {
  const it = await open(context, { prepare: async (park) => void (await park.enter("HHQT204")) });
  const { page, park } = it;
  await park.arrive("exit-2");
  park.read("exit-2", "", { confidence: 0 });
  await shows(it, '[data-lane="exit-2"] .lane-acts', "Who is at exit-2?");
  await page.keyboard.press("F4");
  await page.getByLabel("Search by a part of the plate").fill("qt");
  await expect.poll(textOf(page, ".inside-list h3"), soon).toBe("Inside with “qt”");
  await page.locator(".candidate").first().click();
  await page.getByRole("button", { name: "Correct HHQT204…" }).click();
  await page.getByLabel("Its true plate").fill("HH-QI 204");
  await chip(it, "Driver says so").click();
  await page.keyboard.press("Enter");
  await expect.poll(() => park.facts("plate-corrected").length, soon).toBe(1);
  expect(park.session("HHQI204").status).toBe("open");
});

test("a gate is held open with a reason, and let go again", async (context) => {
  const it = await open(context);
  const { page, park } = it;
  await page.getByRole("button", { name: "More for entry-1" }).click();
  await page.keyboard.press("1");
  expect(await page.getByRole("button", { name: "Hold open" }).isDisabled()).toBe(true);
  await chip(it, "Queue").click();
  await page.keyboard.press("Enter");
  await shows(it, '[data-lane="entry-1"] .lane-state', "Held open");
  await shows(it, '[data-lane="entry-1"] .lane-said', "entry-1 is held open.");
  expect(park.facts("lane-ordered")).toMatchObject([{ order: "hold-open", reason: "Queue" }]);

  await page.getByRole("button", { name: "More for entry-1" }).click();
  await page.getByRole("radio", { name: "Let go" }).check();
  await page.getByLabel("Why", { exact: true }).fill("the queue is gone");
  await page.keyboard.press("Enter");
  await shows(it, '[data-lane="entry-1"] .lane-said', "no longer held open");
  await shows(it, '[data-lane="entry-1"] .lane-state', /Ready|Closing/);
});

test("an order that is refused says why, and the sheet stays", async (context) => {
  const it = await open(context);
  it.park.underArm("entry-1", true);
  await it.pass(1);
  await it.page.getByRole("button", { name: "More for entry-1" }).click();
  await it.page.getByRole("radio", { name: /^Close \d/ }).check();
  await chip(it, "Device fault").click();
  await it.page.keyboard.press("Enter");
  await expect
    .poll(textOf(it.page, ".sheet-said"), soon)
    .toContain("A vehicle is under the arm of entry-1: it is not told to close.");
  await it.page.keyboard.press("Escape");
  await expect.poll(() => it.page.locator("dialog").count(), soon).toBe(0);
});

test("the facility is full for everybody without a right, and every page shows it", async (context) => {
  const it = await open(context);
  const { page, park } = it;
  const pressed = '.modes [aria-pressed="true"]';
  expect(await page.locator(pressed).innerText()).toBe("Open");
  await page.getByRole("button", { name: "Full", exact: true }).click();
  await chip(it, "Event").click();
  await page.keyboard.press("Enter");
  await shows(it, pressed, "Full");
  await shows(it, '[data-lane="entry-1"] .standing-chip', "Full");
  await park.arrive("entry-1");
  park.read("entry-1", "BXK8805");
  await park.pass(5);
  expect(park.openings("entry-1")).toBe(0);
});

test("a visitor who is announced comes in while the facility is closed", async (context) => {
  const it = await open(context);
  const { page, park } = it;
  await page.getByRole("button", { name: "Visitors & lists" }).click();
  await page.getByLabel("Plate", { exact: true }).fill("HB-EL 77");
  await page.getByLabel("Name", { exact: true }).fill("Elektro Hansen");
  await page.getByRole("radio", { name: "Contractor" }).check();
  await chip(it, "Repairs").click();
  await page.keyboard.press("Enter");
  await expect.poll(textOf(page, ".right-row"), soon).toMatch(/Elektro Hansen.*Contractor/s);
  await page.keyboard.press("Escape");
  park.facility.laneOrders.setMode(undefined, "closed", {
    actor: { kind: "attendant", id: "anna" },
    reason: "night",
  });
  await park.arrive("entry-1");
  park.read("entry-1", "HBEL77");
  await park.pass(5);
  expect(park.openings("entry-1")).toBe(1);
});

test("attendants see lists, supervisors change them", async (context) => {
  const it = await open(context, { who: "boris" });
  const { page } = it;
  await page.getByRole("button", { name: "Visitors & lists" }).click();
  await chip(it, "Lists").click();
  await page.getByLabel("Plate", { exact: true }).fill("B-AD 666");
  await page.getByLabel("What the driver may hear").fill("Please ring the office");
  await chip(it, "Unpaid").click();
  await page.keyboard.press("Enter");
  await expect.poll(textOf(page, ".right-row"), soon).toMatch(/Refuse.*Please ring the office/s);
  await page.getByRole("button", { name: "Take off" }).click();
  await expect.poll(() => page.locator(".right-row").count(), soon).toBe(0);

  const anna = await open(context);
  await anna.page.getByRole("button", { name: "Visitors & lists" }).click();
  await chip(anna, "Lists").click();
  await expect.poll(textOf(anna.page, ".sheet-said"), soon).toBe("Supervisors change lists.");
  expect(await anna.page.locator("dialog button[type=submit]").count()).toBe(0);
});

test("a driver who calls stands above everything until somebody is done", async (context) => {
  const it = await open(context);
  const { page, park } = it;
  await park.arrive("exit-1");
  park.read("exit-1", "MAB1234");
  park.lane("exit-1").inputs.input("help").set(true);
  await shows(it, ".help-call", /Help call at exit-1.*Nobody came in under this plate/s);
  expect(await page.locator(".help-call .plate-text").innerText()).toBe("MAB1234");
  await chip(it, "I answer").click();
  await shows(it, ".help-call", "anna sees to it.");
  await chip(it, "Done").click();
  await expect
    .poll(async () => {
      await it.pass(0.5);
      return page.locator(".help-call").count();
    }, soon)
    .toBe(0);
});

test("two sessions under one plate are compared and merged", async (context) => {
  const it = await open(context, {
    prepare: async (park) => {
      await park.enter("MAB1234");
      await park.pass(600);
      await park.enter("MAB1234");
    },
  });
  const { page, park } = it;
  await page.getByRole("button", { name: "1 pair to compare" }).click();
  await expect.poll(() => page.locator(".review .plate").count(), soon).toBe(2);
  await page.getByRole("button", { name: "One vehicle: merge" }).click();
  await expect.poll(textOf(page, "dialog .empty"), soon).toBe("Nothing is left to compare.");
  expect(park.sessions.filter(({ status }) => status === "open")).toHaveLength(1);
});
