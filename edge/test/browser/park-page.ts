import { resolve } from "node:path";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import { Kiosk } from "@gatehouse/edge/faces/kiosk";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, onTestFinished, type TestContext } from "vitest";
import { sharedChromium, noChromium } from "../../../shared/test/chromium.ts";
import { logInto, operatorsWithPins, type LogLine } from "../faces/running-kiosk.ts";
import { CarPark, type CarParkOptions } from "../flows/car-park.ts";
import { signIn, soon } from "./kiosk-page.ts";
import type { Name } from "../faces/running-kiosk.ts";

const webDir = resolve(import.meta.dirname, "../../web/dist");

export interface ParkPage {
  readonly park: CarPark;
  readonly page: Page;
  readonly url: string;
  /** What the browser complained about. */
  readonly complaints: string[];
  /** Time passes in the car park, and the page hears what came of it. */
  pass(seconds?: number): Promise<void>;
}

export interface ParkPageOptions {
  readonly park?: CarParkOptions;
  readonly browser?: BrowserContextOptions;
  readonly who?: Name;
  /** A page that nobody signs in to; left out: the kiosk's. */
  readonly path?: string;
  readonly pictures?: ReadPictures;
  /** Called before the daemon starts: its devices may need the site's clock. */
  readonly equip?: (park: CarPark) => void | Promise<void>;
  /** Called before anybody looks. */
  readonly prepare?: (park: CarPark) => Promise<void>;
}

/** A whole facility in virtual time (its wiring, its book, its lanes) behind its own kiosk page, over real HTTP. */
export function parkPages(): (
  context: TestContext,
  options?: ParkPageOptions,
) => Promise<ParkPage> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await sharedChromium();
  });

  return async (context, options = {}) => {
    if (browser === undefined) return context.skip(noChromium);
    const park = new CarPark(options.park);
    await options.equip?.(park);
    await park.boot();
    await options.prepare?.(park);
    const lines: LogLine[] = [];
    const kiosk = new Kiosk({
      listen: { host: "127.0.0.1", port: 0 },
      desk: Object.assign(park.facility, { readPictures: options.pictures }),
      operators: await operatorsWithPins,
      cameraTokens: {},
      clock: park.machine,
      random: new SystemRandom(),
      log: logInto(lines),
      webDir,
      rate: 1,
    });
    await kiosk.start();
    const tab = await browser.newContext({ locale: "en-GB", ...options.browser });
    const page = await tab.newPage();
    page.setDefaultTimeout(soon.timeout);
    onTestFinished(async () => {
      await tab.close();
      await kiosk.stop();
      await park.facility.stop();
    });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    const url = `http://127.0.0.1:${kiosk.port}`;
    await page.goto(`${url}${options.path ?? "/"}`);
    if (options.path === undefined) await signIn(page, options.who ?? "anna");
    return { park, page, url, complaints, pass: (seconds = 1) => park.pass(seconds) };
  };
}
