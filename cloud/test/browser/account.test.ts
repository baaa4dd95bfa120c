import type { Page } from "playwright-core";
import { describe, expect, test, type TestContext } from "vitest";
import { totpCode, totpStep } from "../../src/domain/people/totp.ts";
import { bytesOfBase32 } from "../base32.ts";
import { emailOf, hire, main, password } from "../office-people.ts";
import { officePages, type OpenOffice } from "./office-page.ts";

const open = officePages();
const soon = { timeout: 15_000, interval: 50 } as const;
const textOf = (page: Page, selector: string) => async (): Promise<string> =>
  (await page.locator(selector).allInnerTexts()).join("\n");

/** Ann, an admin, signed in at a page of the office, who was not the first one there. */
async function annAt(
  context: TestContext,
  part: string,
  others: readonly string[] = [],
): Promise<OpenOffice> {
  const opened = await open(context, {
    prepare: async (office) => {
      for (const name of others) await hire(office, name, []);
      await hire(office, "ann", [{ role: "admin", place: main }]);
    },
  });
  const { office, page } = opened;
  await page.goto(`${office.url}/#/${part}`);
  await page.locator("#email").fill(emailOf("ann"));
  await page.locator("#password").fill(password);
  await page.locator("button[type=submit]").click();
  return opened;
}

describe("one's own account", () => {
  test("gets a second factor from a picture, and recovery codes that are shown once", async (context) => {
    const { office, page, complaints } = await annAt(context, "account");
    const factor = page.getByRole("form", { name: "Second factor" });
    await factor.getByLabel("Present password").fill("not this one at all");
    await factor.getByRole("button", { name: "Set up" }).click();
    await expect
      .poll(() => factor.getByRole("alert").textContent(), soon)
      .toContain("That is not your present password.");
    await factor.getByLabel("Present password").fill(password);
    await factor.getByRole("button", { name: "Set up" }).click();
    await expect.poll(() => page.locator("svg.qr title").textContent(), soon).toMatch(/QR code/);
    const secret = bytesOfBase32((await factor.locator("code").textContent()) ?? "");
    await factor
      .getByLabel("Code of your app")
      .fill(totpCode(secret, totpStep(office.clock.now())));
    await factor.getByRole("button", { name: "Turn on" }).click();
    await expect.poll(() => page.locator(".recovery-codes li").count(), soon).toBe(10);
    await page.getByRole("button", { name: "I have written them down" }).click();
    await expect.poll(textOf(page, "main"), soon).toContain("10 recovery codes are left");
    expect(complaints).toEqual([]);
  });

  test("makes a token that opens what was ticked and nothing else, until it is ended", async (context) => {
    const { office, page } = await annAt(context, "account");
    await page.getByRole("button", { name: "Make a token" }).click();
    const form = page.getByRole("form", { name: "Make a token" });
    await form.getByLabel("Name").fill("Accounting");
    await form.getByLabel("See money").check();
    await form.getByLabel("See facilities").check();
    await form.getByRole("button", { name: "Make a token" }).click();
    const shown = page.locator(".shown-once code");
    await expect.poll(() => shown.count(), soon).toBe(1);
    const headers = { authorization: `Bearer ${await shown.textContent()}` };
    const ask = async (path: string): Promise<number> =>
      (await office.request(path, { headers })).status;
    expect(await ask("/api/facilities/north/books")).toBe(200);
    expect(await ask("/api/users")).toBe(403);
    await page.getByRole("button", { name: "Done." }).click();
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.getByRole("button", { name: "End", exact: true }).click();
    await expect.poll(textOf(page, "main"), soon).toContain("You have no token.");
    expect(await ask("/api/facilities/north/books")).toBe(401);
  });

  test("changes its password, and is told what is wrong with a weak one", async (context) => {
    const { office, page } = await annAt(context, "account");
    const form = page.getByRole("form", { name: "Password", exact: true });
    const change = async (to: string): Promise<void> => {
      await form.getByLabel("Present password").fill(password);
      await form.getByLabel("New password").fill(to);
      await form.getByRole("button", { name: "Change password" }).click();
    };
    await change("short");
    await expect
      .poll(() => form.getByRole("alert").textContent(), soon)
      .toContain("at least 12 characters");
    await change("three cold owls and a lamp");
    await expect.poll(textOf(page, "main"), soon).toContain("The password is changed");
    const signedIn = await office.request("/api/login", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://localhost" },
      body: JSON.stringify({ email: emailOf("ann"), password: "three cold owls and a lamp" }),
    });
    expect(signedIn.status).toBe(204);
  });
});

test("an organisation is added, and a facility moved to it, as the audit tells", async (context) => {
  const { office, page, complaints } = await annAt(context, "organisations");
  await page.getByRole("button", { name: "Add an organisation" }).click();
  const adding = page.getByRole("form", { name: "Add an organisation" });
  await adding.getByLabel("Name", { exact: true }).fill("Stadtwerke");
  await adding.getByLabel("Short name").fill("stadtwerke");
  await adding.getByRole("button", { name: "Add it" }).click();
  await expect.poll(textOf(page, "main tbody"), soon).toContain("Stadtwerke");
  await page.getByRole("button", { name: "Move a facility" }).click();
  const moving = page.getByRole("form", { name: "Move a facility" });
  await moving.getByLabel("Facility").selectOption("south");
  await moving.getByLabel("To").selectOption("stadtwerke");
  await moving.getByLabel("Why?").fill("sold");
  await moving.getByRole("button", { name: "Move it" }).click();
  await expect.poll(textOf(page, "main tbody"), soon).toMatch(/Stadtwerke[^]*south/);

  await page.goto(`${office.url}/#/audit?organisation=stadtwerke`);
  await expect
    .poll(textOf(page, "main tbody"), soon)
    .toMatch(/ann Example[^]*Facility moved[^]*south[^]*main → stadtwerke[^]*sold/);
  await page.getByRole("button", { name: "Check the chain" }).click();
  await expect.poll(textOf(page, ".verdict"), soon).toContain("The chain is whole: 1 lines");
  await office.rows("alter table audit_lines disable trigger audit_lines_stay");
  await office.rows("update audit_lines set text = replace(text, 'sold', 'lent')");
  await page.getByRole("button", { name: "Check the chain" }).click();
  await expect.poll(textOf(page, ".verdict"), soon).toContain("broken at line 1");
  await office.rows("alter table audit_lines enable trigger audit_lines_stay");
  expect(complaints).toEqual([]);
});

test("a role is given and taken, each with its reason", async (context) => {
  const { office, page } = await annAt(context, "people", ["bob"]);
  const row = page.locator(".people-table tr", { hasText: "bob" });
  const late = Promise.withResolvers<void>();
  await page.route("**/api/organisations", (route) => late.promise.then(() => route.continue()));
  await row.getByRole("button", { name: "Details" }).click();
  const giving = page.getByRole("form", { name: "Give this role" });
  await giving.getByLabel("Role").selectOption("supervisor");
  await giving.getByLabel("Where").selectOption("facility/south");
  // What has been chosen stays when the rest of the choice comes.
  late.resolve();
  await expect
    .poll(() => giving.locator("optgroup").first().locator("option").count(), soon)
    .toBeGreaterThan(0);
  expect(await giving.getByLabel("Where").inputValue()).toBe("facility/south");
  await giving.getByLabel("Why?").fill("summer cover");
  await giving.getByRole("button", { name: "Give this role" }).click();
  await expect.poll(() => row.innerText(), soon).toMatch(/Supervisor\s+south/);
  await page.locator(".user-roles li", { hasText: "Supervisor" }).getByRole("button").click();
  const taking = page.getByRole("form", { name: "Take away" });
  await taking.getByLabel("Why?").fill("summer is over");
  await taking.getByRole("button", { name: "Take away: Supervisor" }).click();
  await expect.poll(() => row.innerText(), soon).not.toContain("Supervisor");
  const told = await office.rows<{ action: string }>(
    `select action from audit_lines where action like 'role-%'
       and subject_id = (select user_id from users where first_name = 'bob') order by seq`,
  );
  expect(told.map(({ action }) => action)).toEqual(["role-given", "role-taken"]);

  const details = page.getByRole("form", { name: "Name and address" });
  await details.getByLabel("Phone number").fill("none");
  await details.getByLabel("Why?").fill("moved");
  await details.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => details.getByRole("alert").textContent(), soon)
    .toContain("write a phone number");
  await details.getByLabel("Phone number").fill("+49 30 1234567");
  await details.getByLabel("Last name").fill("Berg");
  await details.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => page.locator(".people-table").innerText(), soon).toContain("bob Berg");
  const leaving = page.getByRole("form", { name: "Sign out everywhere" });
  await leaving.getByLabel("Why?").fill("a lost laptop");
  await leaving.getByRole("button").click();
  await expect.poll(textOf(page, ".user-panel"), soon).toContain("Signed out everywhere.");
  const logins = await office.rows(
    `select from logins where ended_at is null
       and user_id = (select user_id from users where first_name = 'bob')`,
  );
  expect(logins).toEqual([]);
});
