import { expect, test } from "vitest";
import { soon, textOf } from "./kiosk-page.ts";
import { parkPages } from "./park-page.ts";

const open = parkPages();

test("an attendant touches a space, says whose vehicle stands there, and takes it back", async (context) => {
  const it = await open(context, {
    prepare: async (park) => {
      await park.enter("MAB1234");
      await park.enter("HHQT204");
      park.site.bays[1]?.sensor?.set(true);
      await park.pass(10);
    },
  });
  const { page, park } = it;
  const second = { position: { x: 75, y: 20 } };
  await page.locator(".plan canvas").first().click(second);
  await expect.poll(textOf(page, "#space-title"), soon).toBe("Space A002");
  await expect.poll(textOf(page, ".standing"), soon).toContain("Nobody knows whose vehicle it is.");
  await page.getByLabel("Search by a part of the plate").fill("zz");
  await expect.poll(textOf(page, ".sheet-said"), soon).toContain("No vehicle inside has this");
  await page.getByLabel("Search by a part of the plate").fill("qt");
  await page.getByRole("button", { name: "HHQT204 stands here" }).click();
  await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
  expect(park.facts("session-in-space")).toMatchObject([
    { space_id: "A002", plate: "HHQT204", witness: "person", by: { id: "anna" } },
  ]);
  await park.pass(1);
  await page.locator(".plan canvas").first().hover(second);
  await expect.poll(textOf(page, ".reading"), soon).toContain("HHQT204");
  await page.locator(".plan canvas").first().click(second);
  await expect.poll(textOf(page, ".standing"), soon).toContain("said by anna");
  await page.getByRole("button", { name: "It never stood here" }).click();
  await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
  expect(park.facts("session-out-of-space")).toMatchObject([{ as: "taken-back" }]);
  expect(park.session("HHQT204").spaceId).toBeNull();
  expect(it.complaints).toEqual([]);
});
