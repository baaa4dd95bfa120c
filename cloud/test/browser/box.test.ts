import { type FacilityTokens } from "@gatehouse/shared/contracts/enrolment";
import { minutes } from "@gatehouse/shared/time";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sha256 } from "../../src/domain/secret.ts";
import { officePages, signIn } from "./office-page.ts";

const open = officePages();
/** The browser needs its moment. */
const soon = { timeout: 15_000, interval: 50 } as const;
const textOf = (page: Page) => async (): Promise<string> => page.locator("main").innerText();

test("a stolen computer is shut out, and a new one joins with a code that is made at the page", async (context) => {
  const { page, office, complaints } = await open(context);
  await signIn(page);
  await page.evaluate(() => location.assign("#/f/north/box"));
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect.poll(textOf(page), soon).toContain("No computer speaks for this facility");

  await page.getByRole("button", { name: "Make a code" }).click();
  await page.getByLabel("It can be used for").selectOption("72");
  await page.getByRole("button", { name: "Make a code" }).click();
  const shown = page.locator(".shown-once code");
  await expect.poll(() => shown.count(), soon).toBe(1);
  await office.clock.advance(minutes(5));
  const [, , , , code = ""] = (await shown.innerText()).split(" ");
  const joined = await office.request("/v1/join", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, token_sha256: sha256("a token that the box has made") }),
  });
  expect(joined.status).toBe(200);
  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await expect.poll(textOf(page), soon).toContain("It has a token that it has not used yet.");
  const { tokens } = await office.look<FacilityTokens>("/api/facilities/north/tokens");
  expect(tokens.map(({ revoked_at }) => revoked_at === null)).toEqual([true, false]);
  expect(complaints).toEqual([]);
});
