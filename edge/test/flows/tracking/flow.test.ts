import { describe, expect, test } from "vitest";
import { frameOf, guideExample } from "../guide-example.ts";
import { counted, rowsOf, send, sendFor, sightOf, trackedPark } from "./tracked-park.ts";

const box = { left: 0, top: 0, right: 50, bottom: 40 };

describe("the guide's own example", () => {
  test("is answered as the guide says, and what contradicts itself in it is counted", async () => {
    const park = await trackedPark();
    const answer = park.facility.tracking.receive(frameOf(guideExample));
    expect(answer).toEqual({
      success: true,
      camera_id: "CAM1",
      timestamp: "2026-01-07T12:30:45.123456",
      active_sessions: 1,
      alerts: [],
      estimated_revenue: 0,
    });
    // Half a year later in the test's world: the worker has no clock.
    expect(counted(park, "tracking_flaws_total")).toBe(4);
    await park.pass(1);
    expect(rowsOf(park).snapshots).toMatchObject([
      { vehicleCount: 1, occupiedSpaces: 1, totalSpaces: 1, occupancyRate: 1, trackIds: [42] },
    ]);
  });
});

describe("a stay in a camera's eyes", () => {
  test("lasts from the first match to the last, and has its price", async () => {
    const park = await trackedPark();
    const from = park.machine.now();
    await sendFor(park, { cars: [{ track: 42, space: "A001", class: "truck" }] }, 1800);
    const { active_sessions: active, ...total } = park.facility.tracking.parkingSessions();
    expect(active).toMatchObject([
      { track_id: 42, space_id: "A001", space_name: "A001", vehicle_class: "truck" },
    ]);
    expect(active[0]?.duration_seconds).toBe(1798);
    // Two started quarters of an hour at 5.00 an hour.
    expect(total).toEqual({
      total_revenue: 2.5,
      revenue_basis: "accrued, unpaid",
      currency: "EUR",
    });
    await park.pass(120);
    expect(rowsOf(park).stays).toMatchObject([
      {
        cameraId: "CAM1",
        trackId: 42,
        entryTime: from,
        exitTime: from + 1_798_000,
        durationSeconds: 1798,
        durationHours: 1798 / 3600,
        fee: 250,
        status: "completed",
        overstay: false,
      },
    ]);
    expect(park.facility.tracking.parkingSessions().active_sessions).toEqual([]);
  });

  test("is not ended by a minute without a match, but by more", async () => {
    const park = await trackedPark();
    send(park, { cars: [{ track: 42, space: "A001" }] });
    await park.pass(60);
    send(park, { cars: [{ track: 42, space: "A001" }] });
    await park.pass(55);
    expect(park.facility.tracking.parkingSessions().active_sessions).toHaveLength(1);
    await park.pass(11);
    expect(park.facility.tracking.parkingSessions().active_sessions).toEqual([]);
    await park.pass(1);
    expect(rowsOf(park).stays).toMatchObject([{ durationSeconds: 60, status: "completed" }]);
  });

  test("never touches what is billed: sessions, payments and the stays of all sources are as before", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 42, space: "A001" }] }, 30);
    await park.pass(120);
    expect(park.sessions).toEqual([]);
    expect(park.payments).toEqual([]);
    expect(park.stays.filter(({ trackId }) => trackId !== null)).toEqual([]);
    expect(park.facts("space-stay-closed").length).toBeLessThanOrEqual(1);
  });

  test("belongs to a run of the tracker: the same track number of another run is another vehicle", async () => {
    const park = await trackedPark();
    await sendFor(park, { boot: "b1", cars: [{ track: 1, space: "A001" }] }, 10);
    await sendFor(park, { boot: "b2", cars: [{ track: 1, space: "A002" }] }, 10);
    await park.pass(1);
    expect(rowsOf(park).stays.map(({ boot, spaceId }) => [boot, spaceId])).toEqual([
      ["b1", "A001"],
      ["b2", "A002"],
    ]);
    expect(rowsOf(park).events).toEqual([]);
  });

  test("of a worker that does not name its runs begins anew after a silence", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 10);
    await park.pass(90);
    await sendFor(park, { cars: [{ track: 1, space: "A002" }] }, 10);
    await park.pass(1);
    const [first, second, ...more] = rowsOf(park).stays;
    expect(more).toEqual([]);
    expect(first?.boot).not.toBe(second?.boot);
    expect(rowsOf(park).events).toEqual([]);
  });

  test.each(["named", undefined])(
    "goes on over a restart of the daemon, when its worker goes on (boot %s)",
    async (boot) => {
      const park = await trackedPark();
      const wish = { ...(boot === undefined ? {} : { boot }), cars: [{ track: 1, space: "A001" }] };
      await sendFor(park, wish, 120);
      await park.restart();
      await sendFor(park, wish, 20);
      await park.pass(100);
      expect(rowsOf(park).stays).toMatchObject([{ status: "completed" }]);
      expect(rowsOf(park).stays[0]?.durationSeconds).toBeGreaterThan(138);
      expect(rowsOf(park).vehicles).toHaveLength(1);
    },
  );

  test("that nobody goes on with after a restart ended when it was saved last", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 150);
    await park.restart("power", 3600);
    await park.pass(30);
    const [stay] = rowsOf(park).stays;
    expect(stay).toMatchObject({ status: "completed" });
    expect(stay?.durationSeconds).toBeGreaterThan(80);
    expect(stay?.durationSeconds).toBeLessThan(150);
  });

  test("of a camera that is gone from the configuration is ended too", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 90);
    (park as { config: typeof park.config }).config = { ...park.config, cameras: [] };
    await park.restart();
    await park.pass(2);
    expect(rowsOf(park).stays).toMatchObject([{ status: "completed" }]);
  });
});

describe("a frame", () => {
  test("that comes after a later one is left out, one of a clock that was set back is not", async () => {
    const park = await trackedPark();
    send(park, { cars: [], timestamp: "2026-06-01T05:29:50Z" });
    send(park, { cars: [{ track: 1, space: "A001" }], timestamp: "2026-06-01T05:29:45Z" });
    expect(counted(park, "tracking_frames_late_total")).toBe(1);
    expect(park.facility.tracking.parkingSessions().active_sessions).toEqual([]);
    send(park, { cars: [{ track: 1, space: "A001" }], timestamp: "2026-06-01T04:29:45Z" });
    expect(park.facility.tracking.parkingSessions().active_sessions).toHaveLength(1);
  });

  test("is only taken for a camera that exists and is not our own", async () => {
    const park = await trackedPark();
    const { tracking } = park.facility;
    const sent = (camera: string) =>
      tracking.receive(frameOf({ ...guideExample, camera_id: camera }, camera));
    expect(sent("CAM2")).toMatchObject({ kind: "refused", reason: "camera-not-pushed" });
    expect(sent("CAM9")).toMatchObject({ kind: "refused", reason: "unknown-camera" });
  });

  test("says what it knows of spaces to where all sources meet", async () => {
    const park = await trackedPark();
    await sendFor(
      park,
      { cars: [{ track: 1, space: "A002" }], spaces: { A002: true, X9: true } },
      6,
    );
    await park.pass(5);
    const [word, ...others] = park.book.db.all<{ space: string; occupied: number }>(
      "select space_id as space, occupied from observation_sources where source = 'camera'",
    );
    expect([word, others]).toEqual([{ space: "A002", occupied: 1 }, []]);
  });

  test("that says the same as those before is one word a minute", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 1, space: "A002" }] }, 180);
    const [kept] = park.book.db.all<{ words: number }>(
      "select count(*) as words from observations where source_id = 'CAM1'",
    );
    expect(kept?.words).toBe(12);
  });

  test("is missed after a minute: then the camera's word no longer counts", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 1, space: "A002" }] }, 10);
    await park.pass(70);
    const lost = park.book.db.all<{ lost: number }>(
      "select distinct lost from observation_sources where source = 'camera'",
    );
    expect(lost).toEqual([{ lost: 1 }]);
    await sendFor(park, { cars: [{ track: 1, space: "A002" }] }, 4);
    const back = park.book.db.all<{ lost: number }>(
      "select distinct lost from observation_sources where source = 'camera'",
    );
    expect(back).toEqual([{ lost: 0 }]);
  });

  test("of a tracker gone wild is bounded: so many vehicles are followed, the others counted", async () => {
    const park = await trackedPark();
    for (let from = 0; from < 3000; from += 1000) {
      send(park, { cars: Array.from({ length: 1000 }, (_, index) => ({ track: from + index })) });
    }
    expect(counted(park, "tracking_vehicles_not_followed_total")).toBe(1000);
    await park.pass(70);
    expect(rowsOf(park).vehicles).toHaveLength(2000);
  });
});

describe("our own eyes", () => {
  const seen = (spaceId?: string, trackId = 5) => ({
    vehicleClass: "car" as const,
    confidence: 0.8,
    box,
    trackId,
    ...(spaceId === undefined ? {} : { spaceId }),
  });

  test("follow stays in monotonic time: a clock that is stepped makes none longer", async () => {
    const park = await trackedPark();
    for (let second = 0; second < 40; second += 2) {
      if (second === 20) park.machine.stepWall(5 * 3_600_000);
      park.facility.tracking.see(sightOf(park, { vehicles: [seen("A001")] }));
      await park.pass(2);
    }
    await park.pass(70);
    expect(rowsOf(park).stays).toMatchObject([{ durationSeconds: 38, overstay: false }]);
    expect(park.alerts).toEqual([]);
  });

  test("tell entries, exits and lines themselves; a vehicle's dwell is from one to the other", async () => {
    const park = await trackedPark();
    const mark = {
      trackId: 5,
      vehicleClass: "car" as const,
      confidence: 0.8,
      position: [10.4, 20] as const,
    };
    const see = (kind: "entry" | "exit" | "line-crossed", markId: string) =>
      park.facility.tracking.see(
        sightOf(park, {
          vehicles: [seen()],
          flow: [
            {
              ...mark,
              kind,
              markId,
              ...(kind === "line-crossed" ? { direction: "forward" as const } : {}),
            },
          ],
        }),
      );
    see("entry", "gate");
    for (let second = 0; second < 600; second += 30) {
      park.facility.tracking.see(sightOf(park, { vehicles: [seen("A001")] }));
      await park.pass(30);
    }
    see("line-crossed", "middle");
    see("exit", "gate");
    await park.pass(70);
    expect(rowsOf(park).events).toMatchObject([
      {
        eventType: "entry",
        trackId: 5,
        metadata: { confidence: 0.8, position: [10, 20], mark_id: "gate" },
      },
      { eventType: "line_crossed", metadata: { mark_id: "middle", direction: "forward" } },
      { eventType: "exit", spaceId: "A001" },
    ]);
    expect(rowsOf(park).vehicles).toMatchObject([{ status: "exited", dwellSeconds: 600 }]);
    expect(rowsOf(park).hours.reduce((sum, { entries }) => sum + entries, 0)).toBe(1);
  });

  test("say nothing of a camera whose worker speaks, nor of one that is not there", async () => {
    const park = await trackedPark();
    send(park, { cars: [] });
    park.facility.tracking.see(sightOf(park, { cameraId: "CAM1", vehicles: [seen("A001")] }));
    park.facility.tracking.see(sightOf(park, { cameraId: "CAM9", vehicles: [seen("A001")] }));
    expect(counted(park, "tracking_sights_unused_total")).toBe(2);
    expect(park.facility.tracking.parkingSessions().active_sessions).toEqual([]);
  });
});

describe("what is written", () => {
  test("is a snapshot a minute, and one more when a space has changed", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 120);
    await sendFor(park, { cars: [{ track: 1, space: "A002" }] }, 10);
    await park.pass(1);
    const { snapshots } = rowsOf(park);
    expect(
      snapshots.map(({ spaceOccupancy }) =>
        Object.keys(spaceOccupancy).filter((id) => spaceOccupancy[id]),
      ),
    ).toEqual([["A001"], ["A001"], ["A002"]]);
    expect(snapshots[0]).toMatchObject({ vehicleTypes: { car: 1 }, occupancyRate: 0.25 });
  });

  test("takes few transactions, however many frames come", async () => {
    let commits = 0;
    const park = await trackedPark({ book: { onStep: () => {} } });
    const write = park.book.write.bind(park.book);
    park.book.write = (work, urgency) => {
      commits++;
      return write(work, urgency);
    };
    for (let frame = 0; frame < 600; frame++) {
      send(park, { cars: [{ track: frame % 7, space: `A00${1 + (frame % 4)}` }] });
      await park.pass(0.1);
    }
    expect(commits).toBeLessThan(60 * 6 + 20);
  });

  test("waits for room on a full disk, and nothing is lost", async () => {
    let isFull = false;
    const { Fault } = await import("@gatehouse/shared/fault");
    const park = await trackedPark({
      book: {
        onStep: () => {
          if (isFull) throw new Fault("disk-full", "played");
        },
      },
    });
    isFull = true;
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 200);
    expect(counted(park, "writes_failed_total")).toBeGreaterThan(3);
    expect(rowsOf(park).stays).toEqual([]);
    isFull = false;
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 10);
    await park.pass(120);
    expect(rowsOf(park).stays).toMatchObject([{ status: "completed", durationSeconds: 208 }]);
    expect(rowsOf(park).hours.reduce((sum, { frames }) => sum + frames, 0)).toBe(105);
  });

  test("is dropped after its days, its sums later", { timeout: 120_000 }, async () => {
    const park = await trackedPark({
      change: (config) => ({
        ...config,
        retention: { ...config.retention, tracking_days: 1 },
      }),
    });
    await sendFor(park, { cars: [{ track: 1, space: "A001" }] }, 30);
    await park.pass(26 * 3600);
    const { stays, vehicles, snapshots, hours, spaceDays } = rowsOf(park);
    expect([stays, vehicles, snapshots]).toEqual([[], [], []]);
    expect(hours.length).toBeGreaterThan(0);
    expect(spaceDays.length).toBeGreaterThan(0);
  });
});
