import { mkdtempSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kiosk } from "@gatehouse/edge/faces/kiosk";
import { hashPin } from "@gatehouse/edge/faces/pin";
import type { Operators } from "@gatehouse/edge/faces/sign-in";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import { TestDesk } from "./desk-fixture.ts";
import { trackingWithoutCameras } from "./no-cameras.ts";

export const pins = { anna: "4711", boris: "123456", chen: "90210" } as const;
export type Name = keyof typeof pins;

const roleOf = { anna: "attendant", boris: "supervisor", chen: "technician" } as const;

export const operatorsWithPins: Promise<Operators> = Promise.all(
  Object.entries(pins).map(async ([id, pin], index) => ({
    id,
    name: id === "anna" ? "Anna Weiß" : id === "boris" ? "Boris Ōta" : "Chen Li",
    role: roleOf[id as Name],
    pin: await hashPin(pin, new Uint8Array(16).fill(index + 1)),
  })),
);

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
}

export interface RunningKiosk {
  readonly kiosk: Kiosk;
  readonly desk: TestDesk;
  readonly url: string;
  readonly lines: LogLine[];
  stop(): Promise<void>;
}

export interface KioskOptions {
  readonly clock?: Clock;
  readonly desk?: TestDesk;
  readonly webDir?: string;
  readonly port?: number;
  readonly rate?: number;
}

/** A kiosk on a free port of this machine; whoever asked stops it. */
export async function runKiosk(options: KioskOptions = {}): Promise<RunningKiosk> {
  const clock = options.clock ?? new PacedClock();
  const desk = options.desk ?? new TestDesk(clock);
  desk.follows ??= trackingWithoutCameras(clock);
  const lines: LogLine[] = [];
  const kiosk = new Kiosk({
    listen: { host: "127.0.0.1", port: options.port ?? 0 },
    desk,
    operators: await operatorsWithPins,
    cameraTokens: {},
    clock,
    random: new SystemRandom(),
    log: logInto(lines),
    webDir: options.webDir ?? smallPage(),
    rate: options.rate ?? 1,
  });
  await kiosk.start();
  const url = `http://127.0.0.1:${kiosk.port}`;
  return { kiosk, desk, url, lines, stop: () => kiosk.stop() };
}

export function logInto(lines: LogLine[]): Log {
  const at =
    (level: string): Log["info"] =>
    (event, fields) =>
      lines.push({ level, event, fields });
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

/** What the built page looks like to the server, without building it. */
function smallPage(): string {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-page-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>kiosk</title>");
  writeFileSync(join(folder, "assets/index-abc123.js"), "export {};");
  writeFileSync(join(folder, ".built"), "");
  writeFileSync(join(folder, "notes.txt"), "not of a kind that a page is made of");
  return folder;
}

/** Speaks to a kiosk as its own page does: same origin, JSON, the cookie it was given. */
export class PageClient {
  readonly url: string;
  cookie = "";

  constructor(url: string) {
    this.url = url;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers: { cookie: this.cookie, ...headers } });
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.send("POST", path, body, headers);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        origin: this.url,
        cookie: this.cookie,
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  sendPicture(path: string, type: string, bytes: Uint8Array): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: "POST",
      headers: { origin: this.url, cookie: this.cookie, "content-type": type },
      body: Uint8Array.from(bytes),
    });
  }

  async signIn(name: Name, pin: string = pins[name]): Promise<Response> {
    const response = await this.post("/api/login", { operator: name, pin });
    const [cookie] = (response.headers.get("set-cookie") ?? "").split(";");
    if (response.ok) this.cookie = cookie ?? "";
    return response;
  }
}

export async function signedIn(url: string, name: Name): Promise<PageClient> {
  const page = new PageClient(url);
  const response = await page.signIn(name);
  if (!response.ok) throw new Error(`sign-in of ${name} answered ${response.status}`);
  return page;
}
