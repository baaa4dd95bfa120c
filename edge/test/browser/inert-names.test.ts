import { describe, expect, test } from "vitest";
import { kioskPages, signIn, soon, textOf } from "./kiosk-page.ts";

const open = kioskPages();

/** Of the kind that the big list of naughty strings collects: what a name or a plate may bring along. */
const naughty = [
  `<script>window.pwned=1</script>`,
  `"><img src=x onerror="window.pwned=1">`,
  `<svg/onload=window.pwned=1>`,
  `'-window.pwned=1-'`,
  `javascript:window.pwned=1`,
  `<a href="javascript:window.pwned=1">x</a>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<style>@import'//evil.example';*{display:none}</style>`,
  "{{constructor.constructor('window.pwned=1')()}}",
  "${window.pwned=1}",
  "\u202Eevil\u202C \u0000 \uFEFF",
  "&lt;script&gt;",
  "__proto__",
  "<!--",
  "]]>",
  "Ω≈ç√∫˜µ≤≥÷ 田中さん 👩🏽 ﷽",
];

describe("names that mean harm", () => {
  test("stay text wherever they are shown", async (context) => {
    const { page, desk, complaints } = await open(context, {
      prepare: (desk) => {
        desk.name = naughty.join(" ");
        for (const [index, lane] of desk.lanes.entries()) {
          lane.name = naughty[index] ?? "";
          lane.sentence = naughty.join(" ");
          lane.health = "stale";
          lane.health_detail = naughty.slice(4).join(" ");
          lane.last_read = {
            plate: naughty[index + 4] ?? "",
            raw_plate: naughty[index] ?? "",
            confidence: 1,
            at: lane.state_since,
          };
        }
        for (const [index, space] of desk.spaces.entries()) {
          Object.assign(space, {
            number: naughty[index % 16],
            zone_id: naughty[index % 3],
            level: naughty[index % 2],
          });
        }
        for (const [index, sentence] of naughty.entries()) {
          desk.raise({ alert_id: `a-${index}`, sentence, subject: sentence, severity: "warning" });
        }
      },
    });
    await expect.poll(textOf(page, ".sign-in h1"), soon).toMatch("<script>");
    await signIn(page);
    await page.getByRole("button", { name: "12 more" }).click();
    for (const sentence of naughty.slice(0, 10)) {
      expect(
        await page.locator(".alert > p").filter({ hasText: sentence }).count(),
      ).toBeGreaterThan(0);
    }
    await page.keyboard.press("F2");
    await expect.poll(textOf(page, "dialog h2"), soon).toMatch("<img src=x");
    await page.keyboard.press("Escape");
    desk.changeLane("entry-1", { sentence: naughty.join(" ") });

    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(
      await page.locator("#kiosk").locator("script, img, iframe, style, a, [onerror]").count(),
    ).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("and even a script that got into the page would not run", async (context) => {
    const { page } = await open(context);
    await signIn(page);
    const outcome = await page.evaluate(async () => {
      const broken: string[] = [];
      const attempt = (name: string, act: () => unknown): void => {
        try {
          act();
        } catch {
          broken.push(name);
        }
      };
      // Out of the debugger's own call, which the policy would not bind.
      await new Promise((resolve) => setTimeout(resolve, 0));
      attempt("markup", () => (document.body.innerHTML += "<img src=x onerror='pwned=1'>"));
      attempt("script text", () => {
        const script = document.createElement("script");
        script.textContent = "window.pwned = 1";
        document.body.append(script);
      });
      attempt("eval", () => Reflect.construct(Function, ["window.pwned = 1"])());
      const image = document.createElement("img");
      attempt("attribute", () => image.setAttribute("onerror", "window.pwned = 1"));
      image.dispatchEvent(new Event("error"));
      return { broken, pwned: "pwned" in window };
    });
    expect(outcome.pwned).toBe(false);
    expect(outcome.broken).toEqual(expect.arrayContaining(["markup", "script text", "eval"]));
  });
});
