import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { spacesOf, TrackingRules } from "@gatehouse/shared/contracts/facility";
import type { FrameMessage } from "@gatehouse/shared/contracts/tracking";
import type { Sight } from "@gatehouse/shared/ports/sight-feed";
import { isoOf, seconds } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { Counters } from "../../../src/flows/counters.ts";
import { TrackingFlow } from "../../../src/flows/tracking/flow.ts";
import { RecentViews } from "../../../src/flows/tracking/views.ts";
import { Book } from "../../../src/store/book.ts";
import * as tables from "../../../src/store/tracking-schema.ts";
import { morning } from "../car-park.ts";
import { frameOf, guideExample } from "../guide-example.ts";
import { smallSite } from "../small-site.ts";

const square = (left: number, top: number, side: number): [number, number][] => [
  [left, top],
  [left + side, top],
  [left + side, top + side],
  [left, top + side],
];
const drawn = CameraView.parse({
  frames: [
    {
      file: "live",
      width: 1000,
      height: 500,
      spaces: [{ id: "b1", polygon: square(100, 100, 200) }],
    },
  ],
  zones: [
    { id: "in", kind: "entry", polygon: square(0, 0, 100) },
    { id: "out", kind: "exit", polygon: square(900, 400, 100) },
  ],
});

/** A facility's tracking alone: what is drawn, who looks at pictures and who listens are a test's to say. */
class Eyes {
  readonly clock = new VirtualClock(morning);
  readonly book = new Book(":memory:");
  readonly offered: Uint8Array[] = [];
  readonly published: FrameMessage[] = [];
  readonly flow: TrackingFlow;
  looks = 0;
  isLooking = true;
  view: CameraView | undefined;

  constructor() {
    const { clock } = this;
    const views = {
      viewOf: () => {
        this.looks += 1;
        return this.view;
      },
    };
    this.flow = new TrackingFlow({
      book: this.book,
      clock,
      stopwatch: { read: () => clock.monotonic() },
      random: new SeededRandom(1),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      counters: new Counters(),
      cameras: [
        CameraConfig.parse({
          id: "CAM1",
          source: { kind: "pushed" },
          space_of_bay: { b1: "A001" },
        }),
      ],
      spaces: spacesOf(smallSite(4)),
      timezone: "Europe/Berlin",
      calendar: { timezone: "Europe/Berlin", holidays: [] },
      currency: "EUR",
      rules: TrackingRules.parse({}),
      feeds: [],
      views: new RecentViews(views, clock),
      pictures: {
        offer: (_camera, picture) => {
          this.offered.push(picture);
          return this.isLooking;
        },
      },
      wire: {
        name: "nobody's wire",
        start: async () => {},
        stop: async () => {},
        report: () => [],
        onFrame: () => {},
        publish: (message) => void this.published.push(message),
      },
      observe: () => {},
      lose: () => {},
      changed: () => {},
    });
  }

  static async open(view?: CameraView): Promise<Eyes> {
    const eyes = new Eyes();
    eyes.view = view;
    await eyes.flow.start();
    return eyes;
  }

  send(known: object = {}, picture?: string): void {
    const metadata = {
      ...guideExample.metadata,
      timestamp: isoOf(this.clock.now()),
      boot: "b",
      ...known,
    };
    this.flow.receive(
      frameOf({
        camera_id: "CAM1",
        metadata,
        ...(picture === undefined ? {} : { frame_base64: picture }),
      }),
    );
  }

  get stays(): number {
    return this.flow.parkingSessions().active_sessions.length;
  }

  get events() {
    return this.book.db.select().from(tables.flowEvents).all();
  }
}

const sight = (eyes: Eyes): Sight => ({
  cameraId: "CAM1",
  boot: "pool",
  at: eyes.clock.now(),
  size: { width: 1000, height: 500 },
  vehicles: [
    {
      vehicleClass: "car",
      confidence: 0.9,
      box: { left: 100, top: 100, right: 300, bottom: 300 },
      trackId: 1,
      spaceId: "A001",
    },
  ],
  spaces: [{ spaceId: "A001", occupied: true, confidence: 0.9 }],
  flow: [],
  isTracking: true,
});

describe("whose word counts", () => {
  test("where spaces are drawn here, a worker's picture is looked at here, and its lists do not count", async () => {
    const eyes = await Eyes.open(drawn);
    eyes.send({}, "/9j/");
    expect(eyes.offered.map((bytes) => [...bytes])).toEqual([[0xff, 0xd8, 0xff]]);
    expect(eyes.stays).toBe(0);
    eyes.flow.see(sight(eyes));
    expect(eyes.stays).toBe(1);
  });

  test("where none are drawn the worker's lists count, and the picture is there for whoever draws", async () => {
    const eyes = await Eyes.open();
    eyes.send({}, "data:image/jpeg;base64,/9j/");
    expect(eyes.offered.map((bytes) => [...bytes])).toEqual([[0xff, 0xd8, 0xff]]);
    expect(eyes.stays).toBe(1);
    eyes.flow.see(sight(eyes));
    expect(eyes.stays).toBe(1);
  });

  test("when nobody can look at pictures now, the worker's lists count too", async () => {
    const eyes = await Eyes.open(drawn);
    eyes.isLooking = false;
    eyes.send({}, "/9j/");
    expect(eyes.stays).toBe(1);
  });

  test("a drawing is looked up now and then, not for each frame", async () => {
    const eyes = await Eyes.open(drawn);
    for (let frame = 0; frame < 100; frame++) {
      eyes.send();
      await eyes.clock.advance(seconds(0.1));
    }
    expect(eyes.looks).toBeLessThanOrEqual(3);
  });
});

describe("a worker's vehicles on what is drawn here", () => {
  const [car] = guideExample.metadata.detections;
  /** The middle of the lower edge, in pixels of a picture half as large as the drawing. */
  const at = (x: number, y: number): object => {
    const detection = { ...car, bbox: [x - 5, y - 10, 10, 10], track_id: 9 };
    return {
      detections: [detection],
      matched_detections: [],
      frame_size: { width: 500, height: 250 },
    };
  };

  test("come in and leave through the zones, whatever the size of the picture is", async () => {
    const eyes = await Eyes.open(drawn);
    for (const [x, y] of [
      [20, 20],
      [25, 25],
      [200, 100],
      [480, 230],
      [485, 235],
    ] as const) {
      eyes.send(at(x, y));
      await eyes.clock.advance(seconds(10));
    }
    expect(eyes.events).toMatchObject([
      { eventType: "entry", trackId: 9, metadata: { mark_id: "in" } },
      { eventType: "exit", trackId: 9, metadata: { mark_id: "out", position: [485, 235] } },
    ]);
    await eyes.clock.advance(seconds(70));
    expect(eyes.flow.reports.dwell("CAM1", "2026-06-01", "2026-06-01")).toMatchObject({
      vehicles: 1,
      average_dwell_seconds: 30,
    });
  });
});

describe("what is told on", () => {
  test("of our own eyes names the spaces where they are drawn, once a second", async () => {
    const eyes = await Eyes.open(drawn);
    for (let look = 0; look < 21; look++) {
      eyes.flow.see(sight(eyes));
      await eyes.clock.advance(seconds(0.1));
    }
    expect(eyes.published).toHaveLength(3);
    expect(eyes.published[0]).toMatchObject({
      camera_id: "CAM1",
      metadata: {
        vehicle_count: 1,
        occupied_spaces: 1,
        total_spaces: 1,
        timestamp: "2026-06-01T05:30:00.000Z",
        space_occupancy: [
          {
            space_id: "A001",
            space_name: "A001",
            is_occupied: true,
            bbox: { x: 0.1, y: 0.2, width: expect.closeTo(0.2, 6), height: expect.closeTo(0.4, 6) },
          },
        ],
        matched_detections: [{ space_id: "A001", detection: { track_id: 1 } }],
        frame_size: { width: 1000, height: 500 },
        boot: "pool",
      },
    });
    // What we say, others can read with the same contract.
    expect(frameOf(eyes.published[0])).toEqual(eyes.published[0]);
  });
});
