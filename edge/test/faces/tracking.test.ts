import { createHash } from "node:crypto";
import { WebSocket } from "ws";
import { onTestFinished, describe, expect, test } from "vitest";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import { Kiosk } from "@gatehouse/edge/faces/kiosk";
import { Problem } from "@gatehouse/shared/contracts/problem";
import {
  AverageDwell,
  DailyReport,
  HourlyOccupancy,
  OccupancyAnalytics,
  ParkingSessions,
  ProcessAnswer,
  SpaceUtilization,
  TrackingUpdate,
} from "@gatehouse/shared/contracts/tracking-answers";
import { mostPictureCharacters } from "@gatehouse/shared/contracts/tracking";
import type { CarPark } from "../flows/car-park.ts";
import { guideExample } from "../flows/guide-example.ts";
import { counted, send, sendFor, trackedPark } from "../flows/tracking/tracked-park.ts";
import { logInto, operatorsWithPins, type PageClient, signedIn } from "./running-kiosk.ts";

const token = "a-camera's-own-secret";
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const cameraTokens = { CAM1: sha256(token), CAM2: sha256("another's") };
const withToken = { authorization: `Bearer ${token}` };

/** A kiosk before a whole facility, whose camera CAM1 has a vision worker. */
async function facilityKiosk(): Promise<{ park: CarPark; url: string }> {
  const park = await trackedPark();
  const kiosk = new Kiosk({
    listen: { host: "127.0.0.1", port: 0 },
    desk: park.facility,
    operators: await operatorsWithPins,
    cameraTokens,
    clock: park.machine,
    random: new SystemRandom(),
    log: logInto([]),
    webDir: "",
    rate: 1,
  });
  await kiosk.start();
  onTestFinished(() => kiosk.stop());
  return { park, url: `http://127.0.0.1:${kiosk.port}` };
}

function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = withToken,
  query = "?camera_id=CAM1",
): Promise<Response> {
  return fetch(`${url}/api/process-tracking-data${query}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

describe("a vision worker's frame", () => {
  test("is taken with the camera's own token: the whole message, and its metadata alone", async () => {
    const { url } = await facilityKiosk();
    for (const body of [guideExample, guideExample.metadata]) {
      const response = await post(url, body);
      expect(response.status).toBe(200);
      expect(ProcessAnswer.parse(await response.json())).toEqual({
        success: true,
        camera_id: "CAM1",
        timestamp: "2026-01-07T12:30:45.123456",
        active_sessions: 1,
        alerts: [],
        estimated_revenue: 0,
      });
    }
  });

  test("is refused without a token, with a wrong one, and with another camera's", async () => {
    const { park, url } = await facilityKiosk();
    const answers = [
      await post(url, guideExample, { authorization: "Bearer wrong" }),
      await post(url, guideExample, { authorization: "Bearer another's" }),
      await post(url, guideExample, withToken, "?camera_id=CAM2"),
      await post(url, guideExample, withToken, "?camera_id=toString"),
      await post(url, guideExample, withToken, ""),
      await post(url, guideExample, { origin: url }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect((await post(url, guideExample, {})).status).toBe(403);
    expect(counted(park, "tracking_pictures_taken_total")).toBe(0);
  });

  test("may be tried by a technician, and by nobody else who signs in", async () => {
    const { url } = await facilityKiosk();
    const technician = await signedIn(url, "chen");
    const path = "/api/process-tracking-data?camera_id=CAM1";
    expect((await technician.post(path, guideExample)).status).toBe(200);
    const attendant = await signedIn(url, "anna");
    expect((await attendant.post(path, guideExample)).status).toBe(403);
    const nowhere = await technician.post("/api/process-tracking-data?camera_id=CAM9", {
      ...guideExample,
      camera_id: "CAM9",
    });
    expect(nowhere.status).toBe(404);
    const ours = await technician.post("/api/process-tracking-data?camera_id=CAM2", {
      ...guideExample,
      camera_id: "CAM2",
    });
    expect(Problem.parse(await ours.json())).toMatchObject({ type: "camera-not-pushed" });
    const unnamed = await technician.post("/api/process-tracking-data", guideExample);
    expect(Problem.parse(await unnamed.json()).errors).toMatchObject([{ path: "camera_id" }]);
  });

  test("that does not fit is told where", async () => {
    const { url } = await facilityKiosk();
    const [car] = guideExample.metadata.detections;
    const response = await post(url, {
      ...guideExample,
      metadata: {
        ...guideExample.metadata,
        detections: [{ ...car, confidence: "high" }],
        timestamp: "now",
      },
    });
    expect(response.status).toBe(400);
    const problem = Problem.parse(await response.json());
    expect(problem.errors?.map(({ path }) => path)).toEqual([
      "metadata.timestamp",
      "metadata.detections[0].confidence",
    ]);
  });

  test.each([
    ["no JSON", "{", 400],
    ["nested too deep", `${"[".repeat(50)}${"]".repeat(50)}`, 400],
    ["a string without an end", `{"a":"${"\\".repeat(9)}"`, 400],
  ])("that is %s is refused", async (_name, body, status) => {
    const { url } = await facilityKiosk();
    expect((await post(url, body)).status).toBe(status);
  });

  test("with a picture of megabytes is read, a larger one is not", async () => {
    const { url } = await facilityKiosk();
    const picture = "A".repeat(mostPictureCharacters);
    expect((await post(url, { ...guideExample, frame_base64: picture })).status).toBe(200);
    const larger = { ...guideExample, frame_base64: `${picture}AAAA` };
    expect((await post(url, larger)).status).toBe(400);
    const huge = { ...guideExample, frame_base64: picture.repeat(2) };
    expect((await post(url, huge)).status).toBe(413);
  });
});

describe("what is asked about cameras", () => {
  test("is answered to whoever is signed in, in the guide's own shapes", async () => {
    const { park, url } = await facilityKiosk();
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 600);
    const page = await signedIn(url, "anna");
    const ask = async (path: string): Promise<unknown> => (await page.get(path)).json();
    expect(ParkingSessions.parse(await ask("/api/parking-sessions"))).toMatchObject({
      active_sessions: [{ track_id: 1, current_fee: 0.63, duration_seconds: 598 }],
      total_revenue: 0.63,
    });
    const occupancy = await ask("/api/analytics/occupancy/CAM1");
    expect(OccupancyAnalytics.parse(occupancy)).toMatchObject({
      period_days: 7,
      peak_hours: [{ _id: 7, avg_occupancy: 0.25, count: 300 }],
    });
    const use = SpaceUtilization.parse(await ask("/api/analytics/space-utilization/CAM1?days=1"));
    expect(use).toMatchObject({
      period_days: 1,
      recommendations: [{ space_id: "A001" }, {}, {}, {}],
    });
    const hourly = await ask("/api/analytics/hourly-occupancy/CAM1?date=2026-06-01");
    expect(HourlyOccupancy.parse(hourly).hourly_data).toHaveLength(1);
    const daily = DailyReport.parse(await ask("/api/analytics/daily-report/CAM1"));
    expect(daily).toMatchObject({ date: "2026-06-01", summary: { total_vehicles: 1 } });
    AverageDwell.parse(await ask("/api/analytics/dwell/CAM1?from=2026-06-01&to=2026-06-02"));
  });

  test("is answered to the camera itself, about itself", async () => {
    const { url } = await facilityKiosk();
    const ask = async (path: string): Promise<number> =>
      (await fetch(`${url}${path}`, { headers: withToken })).status;
    expect(await ask("/api/analytics/occupancy/CAM1")).toBe(200);
    expect(await ask("/api/analytics/occupancy/CAM2")).toBe(401);
    expect(await ask("/api/parking-sessions")).toBe(401);
  });

  test.each([
    ["/api/analytics/occupancy/CAM1?days=0", "days"],
    ["/api/analytics/occupancy/CAM1?days=367", "days"],
    ["/api/analytics/space-utilization/CAM1?days=many", "days"],
    ["/api/analytics/daily-report/CAM1?date=2026-02-30", "date"],
    ["/api/analytics/hourly-occupancy/CAM1?date=today", "date"],
    ["/api/analytics/dwell/CAM1?from=2026-02-03&to=2026-02-01", "from"],
  ])("%s is told what is wrong", async (path, part) => {
    const { url } = await facilityKiosk();
    const response = await (await signedIn(url, "boris")).get(path);
    expect(response.status).toBe(400);
    expect(Problem.parse(await response.json()).errors).toMatchObject([{ path: part }]);
  });

  test("is not there for a camera that is not", async () => {
    const { url } = await facilityKiosk();
    const page = await signedIn(url, "boris");
    expect((await page.get("/api/analytics/occupancy/CAM9")).status).toBe(404);
  });

  test("an alert can be acknowledged, once it is there", async () => {
    const { park, url } = await facilityKiosk();
    const cars = (space: string) => ({ cars: [{ track: 1, space }] });
    await sendFor(park, cars("A001"), 6);
    await sendFor(park, cars("A002"), 6);
    await park.pass(1);
    const page = await signedIn(url, "anna");
    const alertId = park.alert("space_change")?.alertId;
    expect((await page.post(`/api/alerts/${alertId}/acknowledge`)).status).toBe(204);
    expect((await page.post("/api/alerts/none/acknowledge")).status).toBe(404);
    expect(park.alert("space_change")).toMatchObject({ acknowledgedBy: "anna" });
  });
});

/** Listens to a camera. */
class Listener {
  readonly socket: WebSocket;
  readonly updates: TrackingUpdate[] = [];
  readonly opened: Promise<number>;
  #more: () => void = () => undefined;

  constructor(url: string, camera: string, headers: Record<string, string>) {
    this.socket = new WebSocket(
      `${url.replace("http", "ws")}/ws/tracking/live?camera_id=${camera}`,
      { headers },
    );
    onTestFinished(() => this.socket.terminate());
    this.opened = new Promise((resolve) => {
      this.socket.on("open", () => resolve(101));
      this.socket.on("unexpected-response", (asked, response) => {
        resolve(response.statusCode ?? 0);
        asked.destroy();
      });
    });
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data) => {
      this.updates.push(TrackingUpdate.parse(JSON.parse((data as Buffer).toString("utf8"))));
      this.#more();
    });
  }

  async heard(count: number): Promise<void> {
    while (this.updates.length < count)
      await new Promise<void>((resolve) => (this.#more = resolve));
  }
}

describe("the live stream of a camera", () => {
  const asPage = (page: PageClient) => ({ origin: page.url, cookie: page.cookie });

  test("tells every picture, to a person and to the camera's own token", async () => {
    const { park, url } = await facilityKiosk();
    const listeners = [
      new Listener(url, "CAM1", asPage(await signedIn(url, "anna"))),
      new Listener(url, "CAM1", withToken),
    ];
    expect(await Promise.all(listeners.map(({ opened }) => opened))).toEqual([101, 101]);
    send(park, { cars: [{ track: 7, space: "A001" }, { track: 8 }] });
    await Promise.all(listeners.map((listener) => listener.heard(1)));
    for (const { updates } of listeners) {
      expect(updates).toMatchObject([
        {
          type: "tracking_update",
          camera_id: "CAM1",
          timestamp: "2026-06-01T05:30:01.000Z",
          vehicle_count: 2,
          occupancy_rate: 0.25,
          active_sessions: 1,
          alerts: [],
          detections: [
            {
              class: "car",
              confidence: 0.9,
              bbox: [0, 100, 80, 60],
              track_id: 7,
              center: [40, 130],
            },
            { track_id: 8 },
          ],
        },
      ]);
    }
  });

  test("of a camera without spaces divides nothing by nothing", async () => {
    const { park, url } = await facilityKiosk();
    const listener = new Listener(url, "CAM1", withToken);
    await listener.opened;
    send(park, { cars: [], spaces: {} });
    await listener.heard(1);
    expect(listener.updates).toMatchObject([{ occupancy_rate: 0, vehicle_count: 0 }]);
  });

  test("is at most ten messages a second", async () => {
    const { park, url } = await facilityKiosk();
    const listener = new Listener(url, "CAM1", withToken);
    await listener.opened;
    for (let frame = 0; frame < 100; frame++) {
      send(park, { cars: [] });
      await park.pass(0.02);
    }
    send(park, { cars: [{ track: 9 }] });
    await park.pass(0.2);
    send(park, { cars: [{ track: 9 }] });
    await listener.heard(21);
    expect(listener.updates.length).toBeLessThanOrEqual(22);
    expect(listener.updates.at(-1)?.vehicle_count).toBe(1);
  });

  test("is for nobody else", async () => {
    const { url } = await facilityKiosk();
    const page = await signedIn(url, "anna");
    const opened = (camera: string, headers: Record<string, string>): Promise<number> =>
      new Listener(url, camera, headers).opened;
    expect(await opened("CAM1", { origin: url })).toBe(401);
    expect(await opened("CAM1", { origin: "https://evil.example", cookie: page.cookie })).toBe(403);
    expect(await opened("CAM1", { authorization: "Bearer wrong" })).toBe(401);
    expect(await opened("CAM9", asPage(page))).toBe(404);
  });

  test("ends when the person signs out, and nobody listens to the camera any more", async () => {
    const { park, url } = await facilityKiosk();
    const page = await signedIn(url, "anna");
    const listener = new Listener(url, "CAM1", asPage(page));
    await listener.opened;
    const closed = new Promise((resolve) => listener.socket.on("close", resolve));
    await page.post("/api/logout");
    expect(await closed).toBe(4401);
    send(park, { cars: [] });
    expect(listener.updates).toEqual([]);
  });

  test("leaves out what a slow listener has no room for, and keeps it", async () => {
    const { park, url } = await facilityKiosk();
    const page = await signedIn(url, "boris");
    const listener = new Listener(url, "CAM1", withToken);
    await listener.opened;
    listener.socket.pause();
    const cars = Array.from({ length: 900 }, (_, track) => ({ track }));
    for (let frame = 0; frame < 90; frame++) {
      send(park, { cars });
      await park.pass(0.1);
      // The kernel's buffers fill only when the sockets get their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const metrics = await (await page.get("/metrics")).text();
    expect(metrics).toMatch(/gatehouse_kiosk_live_messages_skipped_total [1-9]/);
    expect(metrics).toContain("gatehouse_kiosk_live_viewers_dropped_total 0");
    listener.socket.resume();
    await listener.heard(2);
  });
});
