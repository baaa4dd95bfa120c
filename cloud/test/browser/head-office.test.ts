import { seconds } from "@gatehouse/shared/time";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { officeToken } from "../head-office.ts";
import { officePages, signIn } from "./office-page.ts";
import { tell, tellTown, town, townIds } from "./town.ts";

const open = officePages();

/** The browser needs its moment. */
const soon = { timeout: 15_000, interval: 50 } as const;

const textsOf = (page: Page, selector: string) => (): Promise<string[]> =>
  page.locator(selector).allInnerTexts();
const textOf = (page: Page, selector: string) => async (): Promise<string> =>
  (await page.locator(selector).allInnerTexts()).join("\n");

describe("head office's page", () => {
  test("asks for the token, says when it is wrong, and opens with the right one", async (context) => {
    const { page, complaints } = await open(context);
    await signIn(page, "not the token");
    await expect.poll(textOf(page, ".refusal"), soon).toContain("That is not head office's token.");
    await signIn(page);
    await expect.poll(textOf(page, ".sentence"), soon).toBe("2 facilities have never been heard.");
    expect(complaints).toEqual([]);
  });

  test("says what is wrong first: the facilities stand in the order in which they need someone", async (context) => {
    const { page, complaints } = await open(context, { facilityIds: townIds, prepare: tellTown });
    await signIn(page);
    await expect.poll(textOf(page, ".sentence"), soon).toBe("1 of 5 facilities needs someone now.");
    expect(await textsOf(page, ".row .name strong")()).toEqual([
      "Tiefgarage Opernplatz",
      "Flughafen P4",
      "Hauptbahnhof Ostseite",
      "harbour",
      "Parkhaus Nord",
    ]);
    const airport = page.locator("a.row", { hasText: "Flughafen P4" });
    expect(await airport.innerText()).toMatch(
      /3 warnings\.[^]*14 s ago[^]*900 of 980[^]*€39\.75[^]*126[^]*\+12,354/,
    );
    expect(await page.locator("a.row", { hasText: "harbour" }).innerText()).toMatch(
      /never[^]*–[^]*–[^]*–/,
    );
    expect(complaints).toEqual([]);
  });

  test("shows one facility closely, by keyboard alone, and its address can be kept", async (context) => {
    const { page } = await open(context, { facilityIds: townIds, prepare: tellTown });
    await signIn(page);
    await page.locator("a.row").first().focus();
    await page.keyboard.press("Enter");
    await expect.poll(textOf(page, ".closeup h2"), soon).toContain("Tiefgarage Opernplatz");
    await expect.poll(textOf(page, ".alerts"), soon).toContain("The gate did not take its command");
    await expect.poll(textOf(page, ".figures"), soon).toContain("€102.75");
    await expect.poll(textOf(page, ".facts"), soon).toMatch(/Held here[^]*315/);
    await expect.poll(textOf(page, ".lines"), soon).toContain("Car came in");
    expect(await page.locator(".closeup").innerText()).not.toContain("AB12CDE");
    await page.reload();
    await expect.poll(textOf(page, ".closeup h2"), soon).toContain("Tiefgarage Opernplatz");
    await page.goto(`${page.url().replace(/#.*/, "")}#nowhere`);
    await expect.poll(textOf(page, ".closeup"), soon).toContain("There is no such facility.");
  });

  test("is told of news without being asked", async (context) => {
    const { page, office } = await open(context, { facilityIds: townIds, prepare: tellTown });
    await signIn(page);
    await page.locator("a.row", { hasText: "harbour" }).click();
    await expect.poll(textOf(page, ".closeup"), soon).toContain("Nothing has been told yet.");
    await office.send(writeStay(new EdgeLedger("harbour"), "1").batch());
    await expect.poll(textOf(page, ".lines"), soon).toContain("Payment taken");
    await expect.poll(textOf(page, ".sentence"), soon).toContain("1 of 5");
  });

  test("closes what head office itself has seen", async (context) => {
    const { page } = await open(context, { facilityIds: townIds, prepare: tellTown });
    await signIn(page);
    await page.locator("a.row", { hasText: "Flughafen P4" }).click();
    const buttons = page.getByRole("button", { name: "Dealt with" });
    await expect.poll(() => buttons.count(), soon).toBe(3);
    await buttons.first().click();
    await expect.poll(() => buttons.count(), soon).toBe(2);
  });

  test("with its line cut says how old everything is, and comes back by itself", async (context) => {
    const { page, office } = await open(context, { facilityIds: townIds, prepare: tellTown });
    await signIn(page);
    await expect.poll(textOf(page, ".sentence"), soon).toContain("1 of 5");
    const port = Number(new URL(office.url).port);
    await office.hangUp();
    await expect
      .poll(textOf(page, ".banner"), soon)
      .toMatch(/No connection to head office\..* old\./);
    await expect.poll(() => page.locator(".is-old a.row").count(), soon).toBe(5);
    await office.listen(port);
    await page.getByRole("button", { name: "Try now" }).click();
    await expect.poll(() => page.locator(".banner").count(), soon).toBe(0);
  });

  test("never reached says so where its news would be", async (context) => {
    const { page } = await open(context);
    await page.route("**/api/overview**", (route) => route.abort());
    await page.reload();
    await expect.poll(textOf(page, ".banner"), soon).toContain("No connection to head office.");
    expect(await page.locator(".skeleton-row").count()).toBeGreaterThan(0);
  });

  test("says when it does not understand head office, and when nobody is signed in any more", async (context) => {
    const { page, office } = await open(context);
    const news = async (): Promise<void> => {
      await office.order("north", { kind: "notice", body: { notice_id: "n", text: "Snow" } });
      await office.clock.advance(seconds(1));
    };
    await signIn(page);
    await expect.poll(textOf(page, ".sentence"), soon).toContain("never been heard");
    await page.route("**/api/overview**", (route) => route.fulfill({ json: { as_of: "soon" } }));
    await news();
    await expect.poll(textOf(page, ".banner"), soon).toContain("does not understand");
    await page.unroute("**/api/overview**");
    await page.context().clearCookies();
    await news();
    await expect.poll(textOf(page, ".sign-in"), soon).toContain("Your login has ended.");
  });

  test("signs out", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect.poll(textOf(page, ".sign-in"), soon).toContain("You are signed out.");
    await page.reload();
    await expect.poll(textOf(page, ".sign-in"), soon).toContain("Head office's token");
  });

  test("with one facility alone looks at it at once", async (context) => {
    const { page } = await open(context, { facilityIds: ["north"] });
    await signIn(page);
    await expect.poll(textOf(page, ".closeup h2"), soon).toContain("north");
    expect(await page.locator(".list").isVisible()).toBe(false);
  });

  test("without a facility says how one is enrolled", async (context) => {
    const { page } = await open(context, { facilityIds: [] });
    await signIn(page);
    await expect.poll(textOf(page, ".empty"), soon).toContain("gatehouse-cloud enrol");
  });

  test("with 5,000 facilities shows those that need someone and finds the others", async (context) => {
    const { page, office } = await open(context, { facilityIds: [] });
    await office.rows(
      `insert into facilities (facility_id, name, created_at)
       select 'f' || n, 'Facility ' || n, now() from generate_series(1, 5000) as n`,
    );
    await office.rows(
      "insert into facility_states (facility_id) select facility_id from facilities",
    );
    await signIn(page);
    await expect.poll(textOf(page, ".list"), soon).toContain("4,800 more");
    await page.getByRole("searchbox").fill("facility 4711");
    await expect.poll(textsOf(page, ".row .name strong"), soon).toEqual(["Facility 4711"]);
    await page.getByRole("searchbox").fill("nowhere");
    await expect.poll(textOf(page, ".empty"), soon).toContain("No facility is called “nowhere”.");
  });

  test.for([1440, 1024, 390])(
    "fits %i pixels in German without scrolling sideways",
    async (width, context) => {
      const browser = { viewport: { width, height: 900 }, locale: "de-DE" };
      const { page } = await open(context, { facilityIds: townIds, prepare: tellTown, browser });
      await signIn(page);
      await expect
        .poll(textOf(page, ".sentence"), soon)
        .toBe("1 von 5 Parkhäusern braucht jetzt jemanden.");
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(await overflow()).toBe(0);
      await page.locator("a.row", { hasText: "Flughafen" }).click();
      await expect.poll(textOf(page, ".closeup"), soon).toContain("Vollständig aufbewahrt");
      expect(await overflow()).toBe(0);
      expect(await page.locator(".list").isVisible()).toBe(width >= 1200);
    },
  );

  test("keeps names that mean harm as text", async (context) => {
    const harm = [
      `<script>window.pwned=1</script>`,
      `"><img src=x onerror="window.pwned=1">`,
      `{{constructor.constructor('window.pwned=1')()}}`,
    ].join(" ");
    const first = town[0]!;
    const { page, complaints } = await open(context, {
      facilityIds: ["north"],
      prepare: async (office) => {
        await tell(office, {
          ...first,
          name: harm,
          more: (ledger) => {
            ledger.write("alert-raised", {
              alert_id: "a",
              alert_type: harm,
              subject: harm,
              severity: "critical",
              details: {},
            });
            ledger.writeAny(harm, { lane_id: harm });
          },
        });
      },
    });
    await signIn(page);
    await expect.poll(textOf(page, ".closeup"), soon).toContain("<script>");
    await expect.poll(textOf(page, ".lines"), soon).toContain("onerror");
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(await page.locator("#office script, #office img").count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(await page.content()).not.toContain(officeToken);
  });
});
