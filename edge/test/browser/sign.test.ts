import type { SignView } from "@gatehouse/shared/contracts/sign-config";
import { expect, test } from "vitest";
import type { TestDesk } from "../faces/desk-fixture.ts";
import { kioskPages, soon, textOf } from "./kiosk-page.ts";

const open = kioskPages();

/** One display in memory; whoever looks is told each change. */
class Display {
  readonly listeners = new Set<(view: SignView) => void>();
  view: SignView = {
    sign_id: "level-1",
    title: "Level 1 · Ebene 1",
    arrow: "left",
    lines: [],
    free: 128,
    tone: "neutral",
    at: "2026-03-01T08:00:00.000Z",
  };

  show(change: Partial<SignView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener(this.view);
  }

  hang = (desk: TestDesk): void => {
    desk.signs = {
      view: (id) => (id === this.view.sign_id ? this.view : undefined),
      onShow: (id, listener) => {
        if (id === this.view.sign_id) this.listeners.add(listener);
        return () => void this.listeners.delete(listener);
      },
    };
  };
}

test("without a login, a screen shows the free count and follows it", async (context) => {
  const display = new Display();
  const { page, complaints } = await open(context, {
    path: "/sign/level-1",
    prepare: display.hang,
  });
  await expect.poll(textOf(page, ".sign-number"), soon).toContain("128");
  expect(await page.getByText("to the left").count()).toBe(1);
  display.show({ free: 127 });
  await expect.poll(textOf(page, ".sign-number"), soon).toContain("127");
  display.show({ free: 0, lines: ["Full"], tone: "stop" });
  await expect.poll(textOf(page, ".sign-words"), soon).toBe("■ Full");
  expect(complaints).toEqual([]);
});

test.for([
  ["a wide screen", 1920, 1080],
  ["a kiosk", 1024, 768],
  ["a desktop", 1440, 900],
  ["a phone", 390, 844],
] as const)("on %s the number is large and nothing is cut", async ([_, width, height], context) => {
  const display = new Display();
  const { page } = await open(context, {
    path: "/sign/level-1",
    prepare: display.hang,
    browser: { viewport: { width, height } },
  });
  await expect.poll(textOf(page, ".sign-number"), soon).toContain("128");
  const { number, cut } = await page.evaluate(() => {
    const parts = [...document.querySelectorAll(".sign-number, .sign-unit, .sign-arrow, .sign h1")];
    const isInside = ({ left, top, right, bottom }: DOMRect): boolean =>
      left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return {
      number: Number.parseFloat(
        getComputedStyle(document.querySelector(".sign-number") ?? document.body).fontSize,
      ),
      cut: parts
        .filter((part) => !isInside(part.getBoundingClientRect()))
        .map(({ className }) => className),
    };
  });
  expect(number).toBeGreaterThan(Math.min(width, height) / 4);
  expect(cut).toEqual([]);
});

test("a name that is no display is told so", async (context) => {
  const { page, url } = await open(context, { path: "/sign/nowhere" });
  expect((await page.request.get(`${url}/sign/nowhere`)).status()).toBe(404);
  expect((await page.request.get(`${url}/api/signs/nowhere`)).status()).toBe(404);
});
