import { expect, test } from "vitest";
import { kioskPages, signIn, soon, textOf } from "./kiosk-page.ts";

const open = kioskPages();

test("an attendant marks what is wrong, and the panel tells how right the system is", async (context) => {
  const { page, desk, complaints } = await open(context, { spaces: 40 });
  await signIn(page);
  await expect.poll(textOf(page, ".accuracy"), soon).toMatch("Nobody has counted yet");
  await page.getByRole("button", { name: "Count spaces" }).click();
  await page.getByLabel("Where").selectOption("Zone B");
  const [wrong] = desk.spaces.filter(({ zone_id }) => zone_id === "b");
  const free = wrong?.status === "free";
  await page.locator(".count-space", { hasText: wrong?.number ?? "" }).click();
  await expect
    .poll(textOf(page, ".count-space.marked"), soon)
    .toMatch(free ? "is taken" : "is free");
  await expect.poll(textOf(page, "dialog .sheet-said"), soon).toBe("1 of 10 are wrong");
  await page.getByRole("button", { name: "Keep the count" }).click();
  await expect.poll(textOf(page, ".accuracy output"), soon).toMatch(/Kept: \d of \d+ spaces/);
  await expect.poll(textOf(page, ".accuracy-share"), soon).toMatch(/\d+(\.\d)?% right/);
  const [count] = desk.accuracy.report().counts;
  expect(count).toMatchObject({ by: "anna", method: "wrong-ones", zone_id: "b", wrong: 1 });
  expect(complaints).toEqual([]);
});

test("each space is entered by taps, and what is left out is not judged", async (context) => {
  const { page, desk } = await open(context, { spaces: 40 });
  await signIn(page);
  await page.getByRole("button", { name: "Count spaces" }).click();
  await page.getByRole("radio", { name: "Enter each" }).check();
  const spaces = page.locator(".count-space");
  await spaces.nth(0).click();
  await spaces.nth(1).click();
  await spaces.nth(1).click();
  await spaces.nth(2).click();
  await spaces.nth(2).click();
  await spaces.nth(2).click();
  await expect.poll(textOf(page, "dialog .sheet-said"), soon).toBe("2 of 10 entered");
  await page.getByRole("button", { name: "Keep the count" }).click();
  await expect.poll(() => desk.accuracy.report().counts.length, soon).toBe(1);
  expect(desk.accuracy.report().counts[0]).toMatchObject({
    method: "each",
    spaces: 2,
    occupied: 1,
  });
});

test("a mere number counts for what a camera sees", async (context) => {
  const { page, desk } = await open(context, { spaces: 40 });
  await signIn(page);
  await page.getByRole("button", { name: "Count spaces" }).click();
  await page.getByLabel("Where").selectOption("Camera north");
  await page.getByRole("radio", { name: "Only a number" }).check();
  const keep = page.getByRole("button", { name: "Keep the count" });
  expect(await keep.isDisabled()).toBe(true);
  await page.getByLabel("Occupied spaces").fill("99");
  expect(await keep.isDisabled()).toBe(true);
  await page.getByLabel("Occupied spaces").fill("7");
  await keep.click();
  await expect.poll(() => desk.accuracy.report().counts.length, soon).toBe(1);
  expect(desk.accuracy.report().counts[0]).toMatchObject({ camera_id: "north", occupied: 7 });
});

test("when the answer is lost, pressing again is the same count", async (context) => {
  const { page, desk } = await open(context, { spaces: 40 });
  await signIn(page);
  let asked = 0;
  await page.route("**/api/spot-counts", async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.getByRole("button", { name: "Count spaces" }).click();
  await page.getByRole("button", { name: "Keep the count" }).click();
  await expect.poll(textOf(page, "dialog .sheet-said"), soon).toMatch("it counts once");
  await page.getByRole("button", { name: "Keep the count" }).click();
  await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
  expect(asked).toBe(2);
  expect(desk.accuracy.report().counts).toHaveLength(1);
});

test("what was entered stays until it is kept or given up", async (context) => {
  const { page } = await open(context, { spaces: 40 });
  await signIn(page);
  await page.getByRole("button", { name: "Count spaces" }).click();
  await page.locator(".count-space").first().click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Count spaces" }).click();
  await expect.poll(() => page.locator(".count-space.marked").count(), soon).toBe(1);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect.poll(() => page.locator(".count-space.marked").count(), soon).toBe(0);
});

test("the way to the cameras is shown to those who set them up", async (context) => {
  const technician = await open(context);
  await signIn(technician.page, "chen");
  expect(await technician.page.getByRole("link", { name: "Cameras" }).getAttribute("href")).toBe(
    "/setup",
  );
  const attendant = await open(context);
  await signIn(attendant.page, "anna");
  expect(await attendant.page.getByRole("link", { name: "Cameras" }).count()).toBe(0);
});
