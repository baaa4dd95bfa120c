import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Control } from "@gatehouse/edge/faces/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { TestDesk } from "../faces/desk-fixture.ts";
import { setupSite, type SetupSite } from "../faces/memory-cameras.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { drawnJpeg } from "../vision/drawn-pictures.ts";
import { gatehouse } from "./run-command.ts";

let site: SetupSite;
let desk: TestDesk;
let data: string;

beforeEach(async () => {
  const clock = new PacedClock();
  site = setupSite(clock, await drawnJpeg(120));
  desk = new TestDesk(clock);
  desk.cameras = site.flow;
  data = mkdtempSync(join(tmpdir(), "gh-camera-"));
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(() => control.stop());
});

const run = (...args: readonly string[]) => gatehouse("--data", data, ...args);

describe("gatehouse camera list", () => {
  test("tells what is wrong with a camera, and what to do", async () => {
    const said = await run("camera", "list");
    expect(said.code).toBe(1);
    expect(said.out.split("\n")[0]).toBe("2 of 2 cameras need attention.");
    expect(said.out).toContain("▲ stale");
    expect(said.out).toContain("Next: The picture is black");
  });

  test("of a facility without cameras says where they are written", async () => {
    desk.cameras = undefined;
    const said = await run("camera", "list");
    expect(said.code).toBe(0);
    expect(said.out).toContain("facility.yaml");
  });
});

describe("gatehouse camera test", () => {
  test("prints a line for each space and draws a PNG", async () => {
    const out = join(data, "seen.png");
    const said = await run("camera", "test", "north", "--out", out);
    expect(said.code).toBe(0);
    expect(said.out.split("\n")[0]).toBe("north: 1 of 1 spaces are taken; vehicles seen: 1.");
    expect(said.out).toMatch(/A001 +■ taken +97 % +99 % +94 %/);
    expect(said.out).toContain("Next: npx gatehouse camera calibrate north --empty FILE");
    expect(said.out).toContain(`Drawn into ${out}`);
    expect(readFileSync(out).subarray(1, 4).toString()).toBe("PNG");
  });

  test("as JSON tells everything but the picture, which lies in the file", async () => {
    const out = join(data, "seen.png");
    const said = await run("camera", "test", "north", "--out", out, "--json");
    const { data: told } = JSON.parse(said.out) as { data: Record<string, unknown> };
    expect(told).toMatchObject({ out, examination: { spaces: [{ space: "A001" }] } });
    expect(JSON.stringify(told)).not.toContain("base64");
  });

  test("takes a picture file, from wherever the command was called", async () => {
    const picture = join(data, "other.jpg");
    writeFileSync(picture, await drawnJpeg(60));
    const out = join(data, "seen.png");
    expect((await run("camera", "test", "north", "--picture", picture, "--out", out)).code).toBe(0);
    expect(site.cameras.examined).toEqual([picture]);
  });

  test("of an unknown camera, and of a place nobody may write to, is refused", async () => {
    const unknown = await run("camera", "test", "west");
    expect(unknown.code).toBe(2);
    expect(unknown.out).toContain("cameras: north, south");
    mkdirSync(join(data, "folder.png"));
    const nowhere = await run("camera", "test", "north", "--out", join(data, "folder.png"));
    expect(nowhere.code).toBe(2);
    expect(nowhere.out).toContain("EISDIR");
  });
});

describe("gatehouse camera calibrate", () => {
  test("waits until the camera has learnt, and tells what", async () => {
    const empty = join(data, "empty.jpg");
    const said = await run("camera", "calibrate", "north", "--empty", empty);
    expect(said.code).toBe(0);
    expect(said.out.split("\n")).toEqual([
      "north is calibrated.",
      "● Both judges decide together.",
      "Next: npx gatehouse camera test north",
    ]);
    expect(site.cameras.calibratedBy).toEqual([{ kind: "empty", picture: empty }]);
  });

  test("ends with 2 when the picture does not fit, and says why", async () => {
    site.cameras.learn = async () => ({
      kind: "refused",
      reason: "unfit",
      detail: "vehicles stand in A003",
    });
    const said = await run("camera", "calibrate", "north", "--first-frames", "5");
    expect(said.code).toBe(2);
    expect(said.out).toContain("vehicles stand in A003");
  });

  test.each([
    [[]],
    [["--empty", "a.jpg", "--first-frames", "3"]],
    [["--first-frames", "0"]],
    [["--first-frames", "many"]],
  ])("with %j is wrong usage", async (words) => {
    expect((await run("camera", "calibrate", "north", ...words)).code).toBe(64);
    expect(site.cameras.calibratedBy).toEqual([]);
  });
});
