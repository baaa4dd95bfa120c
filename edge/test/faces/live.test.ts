import { createConnection } from "node:net";
import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { describe, expect, test } from "vitest";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { KioskMessage } from "@gatehouse/shared/contracts/kiosk";
import { hours, seconds, type Instant } from "@gatehouse/shared/time";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { TestDesk } from "./desk-fixture.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { type PageClient, signedIn } from "./running-kiosk.ts";

const start = Date.UTC(2026, 2, 4, 6, 30) as Instant;

class Viewer {
  readonly socket: WebSocket;
  readonly messages: KioskMessage[] = [];
  readonly closed: Promise<number>;
  #more: () => void = () => undefined;

  constructor(page: PageClient) {
    this.socket = new WebSocket(`${page.url.replace("http", "ws")}/api/live`, {
      headers: { origin: page.url, cookie: page.cookie },
    });
    this.closed = new Promise((resolve) => this.socket.on("close", resolve));
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data) => {
      this.messages.push(KioskMessage.parse(JSON.parse((data as Buffer).toString("utf8"))));
      this.#more();
    });
  }

  async until(enough: (messages: readonly KioskMessage[]) => boolean): Promise<void> {
    while (!enough(this.messages)) await new Promise<void>((resolve) => (this.#more = resolve));
  }
}

describe("the live page", () => {
  test("hears the whole state first, then each change", async () => {
    const { url, desk } = await startKiosk();
    const viewer = new Viewer(await signedIn(url, "anna"));
    await viewer.until(({ length }) => length === 1);
    desk.changeSpaces(["A001"], "occupied");
    await viewer.until(({ length }) => length === 2);
    expect(viewer.messages.map(({ type }) => type)).toEqual(["state", "change"]);
    expect(viewer.messages[1]).toMatchObject({
      spaces: [{ space_id: "A001", status: "occupied" }],
    });
    viewer.socket.terminate();
  });

  test("hears that the daemon lives when nothing changes", async () => {
    const clock = new VirtualClock(start);
    const { url } = await startKiosk({ clock, rate: 20 });
    const viewer = new Viewer(await signedIn(url, "anna"));
    await viewer.until(({ length }) => length === 1);
    await clock.advance(seconds(99));
    expect(viewer.messages).toHaveLength(1);
    await clock.advance(seconds(1));
    await viewer.until(({ length }) => length === 2);
    expect(viewer.messages[1]).toEqual({ type: "change", now: "2026-03-04T06:31:40.000Z" });
    viewer.socket.terminate();
  });

  test("ends when the person signs out", async () => {
    const { url } = await startKiosk();
    const page = await signedIn(url, "anna");
    const viewer = new Viewer(page);
    await viewer.until(({ length }) => length === 1);
    await page.post("/api/logout");
    expect(await viewer.closed).toBe(4401);
  });

  test("ends when the login has run out", async () => {
    const clock = new VirtualClock(start);
    const { url } = await startKiosk({ clock });
    const viewer = new Viewer(await signedIn(url, "anna"));
    await viewer.until(({ length }) => length === 1);
    // The world moves on while the viewer's answers to pings are still on their way.
    for (let hour = 0; hour < 13 * 720; hour += 1) {
      await clock.advance(seconds(5));
      if (viewer.socket.readyState !== viewer.socket.OPEN) break;
    }
    expect(await viewer.closed).toBe(4401);
    expect(clock.now() - start).toBeGreaterThanOrEqual(hours(12));
  });

  test("only listens: a page that speaks is shown the door", async () => {
    const { url } = await startKiosk();
    const viewer = new Viewer(await signedIn(url, "anna"));
    await viewer.until(({ length }) => length === 1);
    viewer.socket.send("open sesame");
    expect(await viewer.closed).toBe(1008);
  });

  test("a frame larger than a kilobyte ends that one socket and nothing else", async () => {
    const { url } = await startKiosk();
    const page = await signedIn(url, "anna");
    const [big, calm] = [new Viewer(page), new Viewer(page)];
    await Promise.all([big, calm].map((viewer) => viewer.until(({ length }) => length === 1)));
    big.socket.send("x".repeat(2000));
    expect(await big.closed).toBe(1009);
    expect(calm.socket.readyState).toBe(WebSocket.OPEN);
    expect((await page.get("/healthz")).status).toBe(200);
    calm.socket.terminate();
  });

  test("a plain request to its address says what it speaks", async () => {
    const { url } = await startKiosk();
    const page = await signedIn(url, "anna");
    expect((await page.get("/api/live", { origin: url })).status).toBe(426);
  });
});

describe("a viewer who does not read", () => {
  test("is dropped when too much waits for it, and the others hear everything", async () => {
    const clock = new PacedClock();
    const desk = new TestDesk(clock, { spaces: 2000 });
    const { url, lines } = await startKiosk({ clock, desk });
    const page = await signedIn(url, "boris");
    const quick = new Viewer(page);
    await quick.until(({ length }) => length === 1);
    const slow = await deafViewer(page);

    // 25 MB: more than both kernels' buffers and the kiosk's own patience hold.
    const changes = 60;
    for (let change = 0; change < changes; change += 1) {
      desk.tell({ spaces: desk.state().spaces, counts: desk.counts() });
      await quick.until(({ length }) => length === change + 2);
    }
    expect(lines.map(({ event }) => event)).toContain("live viewer dropped");
    expect(quick.messages).toHaveLength(changes + 1);
    expect(await (await page.get("/metrics")).text()).toContain(
      "gatehouse_kiosk_live_viewers_dropped_total 1",
    );
    slow.destroy();
    quick.socket.terminate();
  });

  test("and says nothing either is dropped after two unanswered pings", async () => {
    const clock = new VirtualClock(start);
    const { url, lines } = await startKiosk({ clock });
    const slow = await deafViewer(await signedIn(url, "boris"));
    await clock.advance(seconds(10));
    expect(lines.map(({ event }) => event)).not.toContain("live viewer dropped");
    await clock.advance(seconds(5));
    expect(lines.map(({ event }) => event)).toContain("live viewer dropped");
    slow.destroy();
  });
});

/** Shakes hands and then reads no further byte. */
function deafViewer(page: PageClient) {
  const { port, host } = new URL(page.url);
  const socket = createConnection({ host: "127.0.0.1", port: Number(port) });
  socket.on("error", () => undefined);
  const lines = [
    "GET /api/live HTTP/1.1",
    `Host: ${host}`,
    `Origin: ${page.url}`,
    `Cookie: ${page.cookie}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
  ];
  return new Promise<typeof socket>((resolve) => {
    socket.once("data", () => {
      socket.pause();
      resolve(socket);
    });
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  });
}
