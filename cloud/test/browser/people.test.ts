import { seconds } from "@gatehouse/shared/time";
import type { TotpBegun } from "@gatehouse/shared/contracts/own-account";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { totpCode, totpStep } from "../../src/domain/people/totp.ts";
import { bytesOfBase32 } from "../base32.ts";
import { facility, hire, main, password, requestId } from "../office-people.ts";
import { officePages, signIn } from "./office-page.ts";

const open = officePages();
/** The browser needs its moment. */
const soon = { timeout: 15_000, interval: 50 } as const;
const textOf = (page: Page, selector: string) => async (): Promise<string> =>
  (await page.locator(selector).allInnerTexts()).join("\n");

async function signInAs(page: Page, name: string): Promise<void> {
  await page.locator("#email").fill(`${name}@park.example`);
  await page.locator("#password").fill(password);
  await page.locator("button[type=submit]").click();
}

describe("head office's people at the page", () => {
  test("the first admin comes in with the token, and the token has done its work", async (context) => {
    const { page, complaints } = await open(context);
    await signIn(page);
    await page.getByRole("link", { name: "People" }).click();
    await expect.poll(textOf(page, ".sentence"), soon).toBe("Nobody has an account yet.");
    await page.getByRole("button", { name: "Invite somebody" }).click();
    await page.getByLabel("First name").fill("Ann");
    await page.getByLabel("Last name").fill("Berg");
    await page.getByLabel("E-mail address").fill("ann@park.example");
    await page.getByRole("button", { name: "Make the invitation" }).click();
    const link = page.getByLabel("The link for Ann Berg");
    await expect.poll(() => link.count(), soon).toBe(1);
    await expect
      .poll(textOf(page, ".people-table"), soon)
      .toMatch(/Ann Berg[^]*Admin everywhere[^]*Invited until/);
    await page.goto(await link.inputValue());
    await page.reload();
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await expect.poll(textOf(page, ".refusal"), soon).toContain("at least 12 characters");
    await page.getByLabel("New password").fill(password);
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await expect.poll(textOf(page, ".sentence"), soon).toContain("never been heard");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect.poll(textOf(page, ".sign-in"), soon).toContain("You are signed out.");
    await expect.poll(() => page.locator("#email").count(), soon).toBe(1);
    expect(await page.getByText("Sign in with head office's token").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("what is refused is said in the page's language", async (context) => {
    const { page, office, complaints } = await open(context, { browser: { locale: "de-DE" } });
    await hire(office, "ann", [{ role: "attendant", place: facility("north") }]);
    await signIn(page);
    await page.evaluate(() => location.assign("#/people"));
    await page.getByRole("button", { name: "Jemanden einladen" }).click();
    await page.getByLabel("Vorname").fill("Ann");
    await page.getByLabel("Nachname").fill("Berg");
    await page.getByRole("textbox", { name: "E-Mail-Adresse" }).fill("ann@park.example");
    await page.getByRole("textbox", { name: "E-Mail-Adresse" }).press("Enter");
    await expect
      .poll(textOf(page, "main"), soon)
      .toContain("Diese E-Mail-Adresse hat schon jemand.");
    expect(complaints).toEqual([]);
  });

  test("whoever has a second factor is asked for a code of it", async (context) => {
    const { page, office, complaints } = await open(context);
    const { browser } = await hire(office, "ann", [{ role: "admin", place: main }]);
    const begun = await browser.ask("POST", "/api/me/totp/begin", { password });
    const secret = bytesOfBase32(((await begun.json()) as TotpBegun).secret);
    const code = (): string => totpCode(secret, totpStep(office.clock.now()));
    await browser.act("/api/me/totp/confirm", { request_id: requestId(), code: code() });
    await office.clock.advance(seconds(30));
    await page.reload();
    await page.locator("#email").fill("ann@park.example");
    await page.locator("#password").fill("not the password");
    await page.locator("button[type=submit]").click();
    await expect.poll(textOf(page, ".refusal"), soon).toContain("password is wrong");
    await signInAs(page, "ann");
    await expect.poll(() => page.locator("#code").count(), soon).toBe(1);
    await page.locator("#code").fill(code());
    await page.keyboard.press("Enter");
    await expect.poll(textOf(page, ".sentence"), soon).toContain("never been heard");
    expect(complaints).toEqual([]);
  });

  test("whoever has a role at one facility sees that one, and whoever has none is told so", async (context) => {
    const { page, office } = await open(context);
    await hire(office, "nia", [{ role: "attendant", place: facility("north") }]);
    await hire(office, "bob", []);
    await hire(office, "root", [{ role: "admin", place: main }]);
    await page.reload();
    await signInAs(page, "nia");
    await expect.poll(textOf(page, ".closeup h2"), soon).toContain("north");
    expect(await page.getByRole("link", { name: "People" }).count()).toBe(0);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect.poll(() => page.locator("#email").count(), soon).toBe(1);
    await signInAs(page, "bob");
    await expect.poll(textOf(page, ".sign-in"), soon).toContain("You have no role here yet.");
  });

  test("an account is turned off with a reason, and found by name", async (context) => {
    const { page, office, complaints } = await open(context, {
      browser: { locale: "de-DE", viewport: { width: 390, height: 844 } },
    });
    await hire(office, "nia", [{ role: "attendant", place: facility("north") }]);
    await hire(office, "root", [{ role: "admin", place: main }]);
    await page.reload();
    await signInAs(page, "root");
    await page.getByRole("button", { name: "Menü" }).click();
    await page.getByRole("link", { name: "Personen" }).click();
    await expect.poll(textOf(page, ".sentence"), soon).toBe("2 Personen haben hier ein Konto.");
    await page.getByRole("searchbox").fill("nia");
    await expect.poll(textOf(page, ".people-table"), soon).not.toContain("root");
    await page.getByRole("button", { name: "Abschalten" }).click();
    await page.locator(".why input").fill("left");
    await page.locator(".why button[type=submit]").click();
    await expect.poll(textOf(page, ".people-table"), soon).toContain("Abgeschaltet");
    expect(complaints).toEqual([]);
  });
});
