import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { createAdaptorServer } from "@hono/node-server";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished, type TestContext } from "vitest";
import { sharedChromium, noChromium } from "../../../shared/test/chromium.ts";
import { Headquarters } from "../../src/headquarters.ts";
import { readPageFiles } from "../../src/main-page-files.ts";
import { emptyEveryTable } from "../../src/store/empty.ts";
import { noon } from "../edge-ledger.ts";
import { noPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeKey, officeToken, TestOffice } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";

const pagesFolder = resolve(import.meta.dirname, "../../web/dist");

/** Head office on a real port, with its built page and live news. */
export class RunningOffice extends TestOffice {
  readonly #server: Server;

  constructor(postgres: TestPostgres, facilityIds: readonly string[]) {
    const clock = new VirtualClock(noon);
    const headquarters = new Headquarters({
      database: postgres.database,
      clock,
      random: new SeededRandom(1),
      log: silentLog,
      tokens: TestOffice.tokens(facilityIds),
      key: officeKey,
      pages: readPageFiles(pagesFolder),
    });
    super(postgres.database, facilityIds, { clock, headquarters });
    this.#server = createAdaptorServer({ fetch: headquarters.app.fetch }) as Server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async open(port = 0): Promise<this> {
    await emptyEveryTable(this.database);
    await this.headquarters.start();
    await this.listen(port);
    return this;
  }

  listen(port = 0): Promise<void> {
    return new Promise((listening) => void this.#server.listen(port, "127.0.0.1", listening));
  }

  /** The line is cut: nobody answers at that port any more. */
  hangUp(): Promise<void> {
    return new Promise((closed) => {
      this.#server.close(() => closed());
      this.#server.closeAllConnections();
    });
  }

  async end(): Promise<void> {
    await this.hangUp();
    await this.headquarters.stop();
  }
}

export interface OpenOffice {
  readonly office: RunningOffice;
  readonly page: Page;
  /** What the browser complained about: errors of scripts and breaches of the page's policy. */
  readonly complaints: string[];
}

export interface OpenOptions {
  readonly facilityIds?: readonly string[];
  readonly browser?: BrowserContextOptions;
  /** Called before anybody looks. */
  readonly prepare?: (office: RunningOffice) => Promise<void>;
}

/** One database for a file of tests; each test has its own office and its own profile. */
export function officePages(): (
  context: TestContext,
  options?: OpenOptions,
) => Promise<OpenOffice> {
  let browser: Browser | undefined;
  let postgres: TestPostgres | undefined;
  beforeAll(async () => {
    if (noPostgres !== undefined) return;
    browser = await sharedChromium();
    if (browser !== undefined) postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());

  return async (context, options = {}) => {
    if (noPostgres !== undefined) context.skip(noPostgres);
    if (browser === undefined || postgres === undefined) return context.skip(noChromium);
    const office = await new RunningOffice(
      postgres,
      options.facilityIds ?? ["north", "south"],
    ).open();
    await options.prepare?.(office);
    const profile = await browser.newContext({ locale: "en-GB", ...options.browser });
    onTestFinished(async () => {
      await profile.close();
      await office.end();
    });
    const page = await profile.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // A refused request is part of life, and the browser tells every one.
      if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text()))
        complaints.push(message.text());
    });
    await page.goto(office.url);
    return { office, page, complaints };
  };
}

export async function signIn(page: Page, token = officeToken): Promise<void> {
  await page.locator("#token").fill(token);
  await page.locator("button[type=submit]").click();
}
