import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { Page } from "playwright-core";
import type { TestContext } from "vitest";
import { setupSite, type SetupSite } from "../faces/memory-cameras.ts";
import type { Name } from "../faces/running-kiosk.ts";
import { drawnJpeg } from "../vision/drawn-pictures.ts";
import { kioskPages, type OpenPage, type PageOptions, signIn } from "./kiosk-page.ts";

/** The picture of the cameras; shapes are drawn in its pixels. */
export const picture = { width: 640, height: 480 };

export interface SetupPage extends OpenPage {
  readonly site: SetupSite;
  /** Clicks at a point of the picture. */
  readonly tapAt: (x: number, y: number) => Promise<void>;
  /** Where a point of the picture is in the window. */
  readonly placeOf: (x: number, y: number) => Promise<{ x: number; y: number }>;
  /** The drawing of a camera as it lies on the disk. */
  readonly saved: (cameraId?: string) => CameraView | undefined;
}

/** Gives what opens the setup page, signed in, with two cameras that nobody has drawn on yet. */
export function setupPages(): (
  context: TestContext,
  options?: PageOptions & { readonly as?: Name },
) => Promise<SetupPage> {
  const open = kioskPages();
  return async (context, options = {}) => {
    const site = setupSite(new PacedClock(), await drawnJpeg(150, picture.width, picture.height));
    const { look } = site.cameras;
    site.cameras.look = async (camera) => {
      const seen = await look(camera);
      return seen.kind === "seen" ? { ...seen, size: picture } : seen;
    };
    const opened = await open(context, {
      path: "/setup",
      browser: { viewport: { width: 1440, height: 900 } },
      ...options,
      prepare: (desk) => {
        desk.cameras = site.flow;
        return options.prepare?.(desk);
      },
    });
    await signIn(opened.page, options.as ?? "chen", ".stage-name, .broken-page");
    const placeOf = (x: number, y: number) => placeIn(opened.page, x, y);
    return {
      ...opened,
      site,
      placeOf,
      tapAt: async (x, y) => {
        const place = await placeOf(x, y);
        await opened.page.mouse.click(place.x, place.y);
      },
      saved: (cameraId = "north") => {
        const file = join(site.dir, "cameras", cameraId, "view.json");
        if (!existsSync(file)) return undefined;
        return CameraView.parse(JSON.parse(readFileSync(file, "utf8")));
      },
    };
  };
}

/** The picture fits the stage with a margin of 8 pixels, as long as nobody has zoomed. */
async function placeIn(page: Page, x: number, y: number): Promise<{ x: number; y: number }> {
  const box = await page.locator(".stage-hands").boundingBox();
  if (box === null) throw new Error("the stage is on the page");
  const scale = Math.min((box.width - 16) / picture.width, (box.height - 16) / picture.height);
  return {
    x: box.x + (box.width - picture.width * scale) / 2 + x * scale,
    y: box.y + (box.height - picture.height * scale) / 2 + y * scale,
  };
}
