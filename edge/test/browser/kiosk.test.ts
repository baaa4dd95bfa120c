import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { runKiosk } from "../faces/running-kiosk.ts";
import { kioskPages, signIn, soon, textOf } from "./kiosk-page.ts";

const open = kioskPages();

describe("the live page", () => {
  test("shows each lane's plate, what was read, what proves it, and what is due", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    const exit = page.locator('[data-lane="exit-1"]');
    expect(await exit.locator(".plate-text").innerText()).toBe("MAB1234");
    expect(await exit.locator(".plate-corrected").allInnerTexts()).toEqual(["B", "1"]);
    expect(await exit.locator(".raw").innerText()).toBe("read as MA8I234");
    expect(await exit.locator(".pay").innerText()).toContain("Take €4.50");
    expect(await page.locator('[data-lane="entry-1"] .proven').count()).toBe(5);
    expect(await page.locator('[data-lane="entry-2"] .proven').count()).toBe(3);
    expect(await page.locator('[data-lane="entry-2"] .loop-car').count()).toBe(2);
  });

  test("changes in place, and the lanes keep their order", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    desk.changeLane("entry-1", { state: "passing", sentence: "Opened for B-XK 8805." });
    await expect
      .poll(textOf(page, '[data-lane="entry-1"] .lane-state'), soon)
      .toMatch("Car passing");
    await expect
      .poll(textOf(page, '[data-lane="entry-1"] .lane-sentence'), soon)
      .toMatch("Opened for B-XK 8805.");
    expect((await page.locator(".lane h2").allInnerTexts())[0]).toBe("Entry 1");
  });

  test("a state that this page does not know is shown as it is called", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    desk.changeLane("entry-1", { state: "levitating" });
    await expect
      .poll(textOf(page, '[data-lane="entry-1"] .lane-state'), soon)
      .toMatch(/○\s*levitating/);
  });

  test("who looks after what is wrong is shown to everybody", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    desk.raise({ alert_id: "a-1" });
    const alert = page.locator(".alert");
    await alert.getByRole("button", { name: "I'll see to it" }).click();
    await expect.poll(textOf(page, ".alert"), soon).toContain("anna sees to it.");
    expect(await alert.getByRole("button").allTextContents()).toEqual(["Resolve"]);
  });

  test("what is wrong stands first, and is resolved by a press", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    desk.raise({ alert_id: "a-1", severity: "info", sentence: "The printer's paper is low." });
    desk.raise({ alert_id: "a-2" });
    await expect.poll(textOf(page, ".alert"), soon).toMatch(/■.*Critical Exit 2 does not answer/s);
    await expect.poll(textOf(page, ".sentence"), soon).toMatch("2 alerts are open.");
    await page.getByRole("button", { name: "Resolve" }).first().click();
    await expect.poll(() => desk.resolved.map(({ alertId }) => alertId), soon).toEqual(["a-2"]);
    await expect.poll(() => page.locator(".alert").count(), soon).toBe(1);
  });

  test("the car park goes on without head office, and says how much waits", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    desk.tell({ sync: { state: "offline", queued: 1320, last_ack_at: null } });
    await expect
      .poll(textOf(page, ".banner"), soon)
      .toMatch("1,320 facts wait here. Gates and payments go on.");
    expect(await page.locator(".lane .act").first().isEnabled()).toBe(true);
  });

  test("why a car is where it is can be read", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    await page.locator('[data-lane="exit-1"]').getByRole("button", { name: "Why?" }).click();
    await expect
      .poll(textOf(page, ".story-sentence"), soon)
      .toMatch("M-AB 1234 entered at Entry 1");
    expect(await page.locator(".story li").count()).toBe(3);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog").count(), soon).toBe(0);
  });

  test("a facility with nothing in it says where things are written", async (context) => {
    const { page } = await open(context, { spaces: 0, lanes: 0 });
    await signIn(page);
    expect(await page.locator(".empty").allInnerTexts()).toEqual([
      expect.stringContaining("facility.yaml"),
      expect.stringContaining("facility.yaml"),
    ]);
    await expect.poll(textOf(page, ".big-figure"), soon).toMatch("–");
  });
});

describe("a page that cannot trust its news", () => {
  test("dims them, says how old they are, and takes its buttons back", async (context) => {
    const { page, kiosk } = await open(context);
    await signIn(page);
    const port = kiosk.port;
    await kiosk.stop();
    await expect
      .poll(textOf(page, ".banner"), soon)
      .toMatch(/No connection to the daemon\..*as of \d\d:\d\d:\d\d/s);
    expect(await page.locator(".lane .act").first().isDisabled()).toBe(true);
    await expect.poll(textOf(page, ".lane-said"), soon).toMatch("Not possible without the daemon.");
    expect(
      await page.locator("main").evaluate((main) => Number(getComputedStyle(main).opacity)),
    ).toBeLessThan(0.7);
    await page.keyboard.press("F1");
    expect(await page.locator("dialog").count()).toBe(0);

    // A new daemon knows nobody: the page finds it by itself and asks who is there.
    const next = await runKiosk({ port });
    await expect.poll(textOf(page, ".sign-in-why"), soon).toMatch("Your login has ended.");
    await next.stop();
  });

  test("says so when the daemon falls silent, and takes it back with the next word", async (context) => {
    const { page, desk } = await open(context);
    await page.clock.install();
    await page.reload();
    await signIn(page);
    await page.clock.fastForward(13_000);
    await expect.poll(textOf(page, ".banner"), soon).toMatch(/No news from the daemon for \d+ s/);
    expect(await page.locator(".kiosk").getAttribute("class")).toContain("news-stale");
    desk.tell({});
    await expect.poll(() => page.locator(".banner").count(), soon).toBe(0);
  });

  test("keeps what it knew when it is told something it does not understand", async (context) => {
    const { page, desk, complaints } = await open(context);
    await signIn(page);
    desk.tell({ lanes: [{ lane_id: "entry-1", name: 7 }] } as never);
    await expect.poll(textOf(page, ".banner"), soon).toMatch("does not understand");
    expect(await page.locator(".lane h2").first().innerText()).toBe("Entry 1");
    desk.tell({});
    await expect.poll(() => page.locator(".banner").count(), soon).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe("the plan of spaces", () => {
  test("is drawn anew where a space changed", async (context) => {
    const { page, desk } = await open(context);
    await signIn(page);
    // A003 is the third cell of the first zone; the pixel lies inside it, away from its number.
    const inside = () =>
      page
        .locator("canvas")
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const pen = canvas.getContext("2d");
          return [...(pen?.getImageData(2 + 2 * 54 + 6, 2 + 34, 1, 1).data ?? [])];
        });
    const width = () => page.evaluate(() => document.querySelector("canvas")?.width ?? 0);
    await expect.poll(width, soon).toBeGreaterThan(200);
    await expect.poll(async () => (await inside())[3], soon).toBe(0);
    desk.changeSpaces(["A003"], "occupied");
    await expect.poll(async () => (await inside())[3], soon).toBe(255);
    desk.changeSpaces(["A003"], "free");
    await expect.poll(async () => (await inside())[3], soon).toBe(0);
  });

  test("is read by the arrow keys and by the pointer", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    await page.locator("canvas").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(textOf(page, ".reading"), soon)
      .toMatch(/^A002: occupied for \d+ min, accessible$/);
    await page
      .locator("canvas")
      .nth(1)
      .hover({ position: { x: 10, y: 10 } });
    await expect
      .poll(() => page.locator(".reading").allInnerTexts(), soon)
      .toContainEqual(expect.stringMatching(/^B001: /));
  });

  test("of ten thousand spaces costs the page no more elements than that of a hundred", async (context) => {
    const { page, desk, complaints } = await open(context, { spaces: 10_000 });
    await signIn(page);
    await expect.poll(textOf(page, ".places .of"), soon).toMatch("10,000");
    expect(await page.locator("*").count()).toBeLessThan(800);
    const free = desk.counts().free;
    const [space] = desk.spaces.filter(({ status }) => status === "free");
    desk.changeSpaces([space?.space_id ?? ""], "occupied");
    await expect
      .poll(textOf(page, ".big-figure"), soon)
      .toMatch((free - 1).toLocaleString("en-GB"));
    expect(complaints).toEqual([]);
  });
});

describe("on every screen", () => {
  const screens = [
    { width: 1440, height: 900 },
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ];
  const overflowOf = (page: Page) => () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );

  test.for([
    [0, 0, "en-GB", "light"],
    [1, 1, "de-DE", "dark"],
    [5000, 4, "en-GB", "dark"],
  ] as const)(
    "%i spaces and %i lanes fit without sideways scrolling (%s, %s)",
    async (house, context) => {
      const [spaces, lanes, locale, colorScheme] = house;
      const { page, complaints } = await open(context, {
        spaces,
        lanes,
        browser: { locale, colorScheme },
      });
      await signIn(page);
      for (const screen of screens) {
        await page.setViewportSize(screen);
        await expect.poll(overflowOf(page), soon).toBe(0);
      }
      expect(complaints).toEqual([]);
    },
  );

  test("nothing is wider than the screen, in German, with trouble everywhere", async (context) => {
    const { page, desk } = await open(context, { browser: { locale: "de-DE" } });
    await signIn(page);
    for (let alert = 0; alert < 6; alert += 1) desk.raise({ alert_id: `a-${alert}` });
    desk.tell({ sync: { state: "offline", queued: 132, last_ack_at: null } });
    desk.changeLane("exit-2", {
      state: "unreachable",
      health: "offline",
      arming: null,
      safety: null,
    });
    await expect.poll(() => page.locator(".alert").count(), soon).toBe(4);
    for (const screen of screens) {
      await page.setViewportSize(screen);
      await expect.poll(overflowOf(page), soon).toBe(0);
      const small = await page
        .locator(".lane .act, .alert .button")
        .evaluateAll(
          (buttons) =>
            buttons.filter((button) => button.getBoundingClientRect().height < 44).length,
        );
      expect(small).toBe(0);
    }
  });
});
