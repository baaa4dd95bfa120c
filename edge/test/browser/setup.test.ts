import { expect, test } from "vitest";
import { drawnJpeg } from "../vision/drawn-pictures.ts";
import { soon, textOf } from "./kiosk-page.ts";
import { setupPages, type SetupPage } from "./setup-camera.ts";

const open = setupPages();

async function drawSpace({ tapAt, page }: SetupPage, x: number, y: number): Promise<void> {
  await page.keyboard.press("s");
  await tapAt(x, y);
  await tapAt(x + 60, y);
  await tapAt(x + 60, y + 80);
  await tapAt(x, y + 80);
}

const spacesOf = ({ saved }: SetupPage) => saved()?.frames[0]?.spaces ?? [];

async function save({ page }: SetupPage): Promise<void> {
  await page.getByRole("button", { name: "Save to facility" }).click();
  await expect.poll(textOf(page, ".save-said"), soon).toMatch("Saved");
}

test("a space is drawn by its corners, numbered by itself, and saved to the facility", async (context) => {
  const setup = await open(context);
  const { page, complaints, site } = setup;
  await drawSpace(setup, 100, 100);
  await drawSpace(setup, 240, 100);
  await expect.poll(textOf(page, ".save-said"), soon).toMatch("Not saved yet");
  await page.keyboard.press("Control+s");
  await expect.poll(() => spacesOf(setup).map(({ id }) => id), soon).toEqual(["A001", "A002"]);
  const [first] = spacesOf(setup);
  expect(first?.polygon.map(([x, y]) => [Math.round(x), Math.round(y)])).toEqual([
    [100, 100],
    [160, 100],
    [160, 180],
    [100, 180],
  ]);
  expect(site.cameras.reloaded).toEqual(["north"]);
  await expect.poll(textOf(page, ".camera-card[aria-current]"), soon).toMatch("2 spaces drawn");
  expect(complaints).toEqual([]);
});

test("a row is filled between its first and its last space", async (context) => {
  const setup = await open(context);
  const { page, tapAt } = setup;
  await page.keyboard.press("r");
  for (const x of [40, 520]) {
    await tapAt(x, 300);
    await tapAt(x + 60, 300);
    await tapAt(x + 60, 400);
    await tapAt(x, 400);
  }
  await page.getByLabel("How many spaces").fill("9");
  await page.getByLabel("First number").fill("A010");
  await page.getByLabel("Count backwards").check();
  await page.getByRole("button", { name: "Put 9 spaces in place" }).click();
  await save(setup);
  const spaces = spacesOf(setup);
  expect(spaces.map(({ id }) => id)).toEqual([
    "A010",
    "A009",
    "A008",
    "A007",
    "A006",
    "A005",
    "A004",
    "A003",
    "A002",
  ]);
  for (const [index, { polygon }] of spaces.entries()) {
    expect(polygon[0]?.[0]).toBeCloseTo(40 + index * 60, -0.5);
  }
});

test("steps are taken back and done again", async (context) => {
  const setup = await open(context);
  const { page } = setup;
  await drawSpace(setup, 100, 100);
  await drawSpace(setup, 300, 100);
  await expect.poll(() => page.locator(".shape").count(), soon).toBe(2);
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.locator(".shape").count(), soon).toBe(1);
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(() => page.locator(".shape").count(), soon).toBe(2);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(textOf(page, ".save-said"), soon).toBe("");
});

test("a corner is pulled, a shape is moved, renamed and taken away", async (context) => {
  const setup = await open(context);
  const { page, placeOf, tapAt } = setup;
  await drawSpace(setup, 100, 100);
  await page.keyboard.press("v");
  await tapAt(130, 140);
  const from = await placeOf(160, 180);
  const to = await placeOf(200, 220);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
  await page.getByLabel("Number").fill("A007");
  await page.keyboard.press("Enter");
  await save(setup);
  expect(spacesOf(setup)).toMatchObject([{ id: "A007" }]);
  expect(spacesOf(setup)[0]?.polygon[2]?.map(Math.round)).toEqual([200, 220]);

  const middle = await placeOf(130, 140);
  const away = await placeOf(330, 140);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(away.x, away.y, { steps: 5 });
  await page.mouse.up();
  await save(setup);
  expect(Math.round(spacesOf(setup)[0]?.polygon[0]?.[0] ?? 0)).toBe(300);

  await page.getByRole("button", { name: /^Delete Del/ }).click();
  await save(setup);
  expect(spacesOf(setup)).toEqual([]);
});

test("zones say what they are for, and lines which way is forward", async (context) => {
  const setup = await open(context);
  const { page, tapAt, saved } = setup;
  await page.keyboard.press("z");
  for (const [x, y] of [
    [400, 300],
    [600, 300],
    [600, 440],
    [400, 440],
    [400, 300],
  ] as const) {
    await tapAt(x, y);
  }
  await page.getByLabel("Vehicles come in").check();
  await page.keyboard.press("l");
  await tapAt(50, 450);
  await tapAt(350, 450);
  await page.getByRole("button", { name: "Turn the arrow" }).click();
  await save(setup);
  expect(saved()?.zones).toMatchObject([{ id: "zone-1", kind: "entry" }]);
  expect(saved()?.zones[0]?.polygon).toHaveLength(4);
  expect(saved()?.lines[0]?.from.map(Math.round)).toEqual([350, 450]);
});

test("what cannot be saved is said beside it, and a number that does not exist is no space", async (context) => {
  const setup = await open(context);
  const { page } = setup;
  await drawSpace(setup, 100, 100);
  await page.keyboard.press("v");
  await page.locator(".chip", { hasText: "A001" }).last().click();
  await page.getByLabel("Number").fill("Z900");
  await page.keyboard.press("Enter");
  await expect.poll(textOf(page, ".chosen-shape"), soon).toMatch("no space of this facility");
  await expect.poll(textOf(page, ".save-said"), soon).toMatch("1 thing to put right");
  expect(await page.getByRole("button", { name: "Save to facility" }).isDisabled()).toBe(true);
});

test("two who save at once: the second is asked whose drawing counts", async (context) => {
  const setup = await open(context);
  const { page, site } = setup;
  await drawSpace(setup, 100, 100);
  const theirs = {
    frames: [
      {
        file: "live",
        width: 640,
        height: 480,
        spaces: [
          {
            id: "A005",
            polygon: [
              [10, 10],
              [60, 10],
              [60, 60],
            ] as [number, number][],
          },
        ],
      },
    ],
    zones: [],
    lines: [],
  };
  site.flow.saveView("north", theirs, "none", { kind: "attendant", id: "boris" });
  await page.getByRole("button", { name: "Save to facility" }).click();
  await expect.poll(textOf(page, "dialog"), soon).toMatch("boris saved another drawing");
  await page.getByRole("button", { name: "Load theirs" }).click();
  await expect.poll(() => page.locator('.shape[data-shape="A005"]').count(), soon).toBe(1);
  expect(await page.locator('.shape[data-shape="A001"]').count()).toBe(0);

  await drawSpace(setup, 300, 200);
  site.flow.saveView("north", { ...theirs, zones: [] }, "x", { kind: "attendant", id: "boris" });
  const other = { ...theirs, lines: [{ id: "l", from: [0, 0], to: [90, 90] }] } as const;
  const { tag } = site.flow.drawingOf("north") as { tag: string };
  site.flow.saveView("north", structuredClone(other) as never, tag, {
    kind: "attendant",
    id: "boris",
  });
  await page.getByRole("button", { name: "Save to facility" }).click();
  await page.getByRole("button", { name: "Save mine over it" }).click();
  await expect.poll(() => spacesOf(setup).map(({ id }) => id), soon).toEqual(["A005", "A006"]);
});

test("another camera is not opened over unsaved work without a word", async (context) => {
  const setup = await open(context);
  const { page } = setup;
  await drawSpace(setup, 100, 100);
  await page.locator(".camera-card", { hasText: "south" }).click();
  await expect.poll(textOf(page, "dialog"), soon).toMatch("Leave without saving?");
  await page.getByRole("button", { name: "Stay" }).click();
  expect(await page.locator(".shape").count()).toBe(1);
  await page.locator(".camera-card", { hasText: "south" }).click();
  await page.getByRole("button", { name: "Leave it" }).click();
  await expect.poll(() => page.locator(".shape").count(), soon).toBe(0);
  expect(new URL(page.url()).hash).toBe("#south");
});

test("what the camera sees lies on the picture, and a test picture can be tried", async (context) => {
  const setup = await open(context);
  const { page, site } = setup;
  await drawSpace(setup, 30, 20);
  await save(setup);
  await page.getByRole("tab", { name: "Check" }).click();
  await expect.poll(() => page.locator(".shape.occupied").count(), soon).toBe(1);
  await expect
    .poll(textOf(page, ".panel-sentence"), soon)
    .toMatch("1 of 1 spaces are taken; 1 vehicle");
  await expect
    .poll(textOf(page, ".judgements tbody"), soon)
    .toMatch(/A001\s+■ taken 97%\s+99%\s+94%/);
  expect(await page.locator(".vehicle").count()).toBe(1);
  await page.getByLabel("Vehicles").uncheck();
  await expect.poll(() => page.locator(".vehicle").count(), soon).toBe(0);

  const file = { name: "night.jpg", mimeType: "image/jpeg", buffer: await drawnJpeg(20, 640, 480) };
  await page.locator(".button.file input").setInputFiles(file);
  await expect.poll(textOf(page, ".stage-notice"), soon).toMatch("Test picture: night.jpg");
  expect(site.cameras.examined.at(-1)).toContain("sent-look.picture");
  await page.getByRole("button", { name: "Back to live" }).click();
  await expect.poll(textOf(page, ".stage-notice"), soon).toMatch("Live");
});

test("a camera without a picture says why and what to do, and comes back by itself", async (context) => {
  const setup = await open(context);
  const { page, site } = setup;
  const { look } = site.cameras;
  site.cameras.look = async () => ({
    kind: "refused",
    reason: "black",
    detail: "the picture is black",
  });
  await expect.poll(textOf(page, ".stage-trouble"), soon).toMatch("the picture is black");
  site.cameras.look = look;
  await expect.poll(() => page.locator(".stage-trouble").count(), soon).toBe(0);
});

test("the picture shown teaches the camera its empty lot, and a bad one is refused in words", async (context) => {
  const setup = await open(context);
  const { page, site } = setup;
  await page.getByRole("tab", { name: "Calibrate" }).click();
  site.cameras.learn = async () => ({
    kind: "refused",
    reason: "unfit",
    detail: "vehicles stand in A003 and A007",
  });
  await page.getByRole("button", { name: "The picture shown is empty" }).click();
  await expect.poll(textOf(page, ".outcome"), soon).toMatch("vehicles stand in A003 and A007");
  site.cameras.learn = async () => ({ kind: "calibrated", report: ["The detector decides."] });
  await page.getByRole("button", { name: "Learn from them" }).click();
  await expect.poll(textOf(page, ".outcome"), soon).toMatch(/Calibrated\s+The detector decides\./);
  expect(site.cameras.calibratedBy.at(-1)).toEqual({ kind: "first-frames", frames: 60 });
});

test("an attendant is told whose work this is", async (context) => {
  const { page } = await open(context, { as: "anna" });
  await expect.poll(textOf(page, ".broken-page"), soon).toMatch("technicians and supervisors");
});

test("with a finger a shape is drawn and the picture is zoomed with two", async (context) => {
  const setup = await open(context, {
    browser: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  });
  const { page, placeOf } = setup;
  await page.getByRole("button", { name: "Space", exact: true }).click();
  for (const [x, y] of [
    [100, 100],
    [300, 100],
    [300, 300],
    [100, 300],
  ] as const) {
    const place = await placeOf(x, y);
    await page.touchscreen.tap(place.x, place.y);
  }
  await expect.poll(() => page.locator('.shape[data-shape="A001"]').count(), soon).toBe(1);
  const before = await page.locator(".shape .outline").first().boundingBox();
  const touches = await page.context().newCDPSession(page);
  const middle = await placeOf(320, 240);
  const fingers = (apart: number) => ({
    touchPoints: [
      { x: middle.x - apart, y: middle.y, id: 0 },
      { x: middle.x + apart, y: middle.y, id: 1 },
    ],
  });
  await touches.send("Input.dispatchTouchEvent", { type: "touchStart", ...fingers(40) });
  await touches.send("Input.dispatchTouchEvent", { type: "touchMove", ...fingers(60) });
  await touches.send("Input.dispatchTouchEvent", { type: "touchMove", ...fingers(80) });
  await touches.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  const widthNow = async (): Promise<number> =>
    (await page.locator(".shape .outline").first().boundingBox())?.width ?? 0;
  await expect.poll(widthNow, soon).toBeGreaterThan(1.6 * (before?.width ?? 0));
  expect(await page.locator(".shape").count()).toBe(1);
});
