import { earlier, isoOf, milliseconds } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import type { CarPark } from "../car-park.ts";
import { anna, granted, press } from "../money/till.ts";
import { counted, rowsOf, send, sendFor, trackedPark } from "./tracked-park.ts";

const ago = (park: CarPark, ms: number): string =>
  isoOf(earlier(park.machine.now(), milliseconds(ms)));

const fourHours = 4 * 3_600_000;
const in1 = [{ track: 42, space: "A001" }];
const in2 = [{ track: 42, space: "A002" }];

/** Two frames so far apart by the worker's own time; the first was on its way for long. */
function stand(park: CarPark, lengthMs: number) {
  send(park, { boot: "b", cars: in1, timestamp: ago(park, lengthMs) });
  return send(park, { boot: "b", cars: in1 });
}

describe("a stay that is too long", () => {
  test("is one of more than four hours; exactly four are not", async () => {
    expect(stand(await trackedPark(), fourHours).alerts).toEqual([]);
    const { alerts } = stand(await trackedPark(), fourHours + 1000);
    expect(alerts).toMatchObject([
      {
        camera_id: "CAM1",
        track_id: 42,
        alert_type: "overstay",
        severity: "warning",
        details: { duration: 14_401, space_id: "A001" },
        resolved: false,
        resolved_at: null,
      },
    ]);
  });

  test("raises one alert, however many frames show it, and it ends with the stay", async () => {
    const park = await trackedPark();
    const first = stand(park, fourHours + 1000).alerts;
    await park.pass(1);
    for (let frame = 0; frame < 30; frame++) {
      send(park, { boot: "b", cars: in1 });
      await park.pass(1);
    }
    expect(
      park.facts("alert-raised").filter(({ alert_type }) => alert_type === "overstay"),
    ).toEqual([
      {
        alert_id: first[0]?.alert_id,
        alert_type: "overstay",
        subject: "CAM1 A001",
        severity: "warning",
        details: expect.objectContaining({ space_id: "A001" }),
      },
    ]);
    expect(park.alert("overstay")).toMatchObject({ cameraId: "CAM1", trackId: "42" });
    expect(rowsOf(park).stays).toMatchObject([{ status: "active" }]);
    await park.pass(70);
    expect(rowsOf(park).stays).toMatchObject([{ status: "completed", overstay: true }]);
    expect(park.alert("overstay")).toBeUndefined();
  });

  test("that a person has resolved is not raised again", async () => {
    const park = await trackedPark();
    const [alert] = stand(park, fourHours + 1000).alerts;
    await park.pass(1);
    expect(
      park.facility.resolveAlert(alert?.alert_id ?? "", { kind: "attendant", id: "kim" }),
    ).toBe(true);
    expect(send(park, { boot: "b", cars: in1 }).alerts).toEqual([]);
    await park.pass(2);
    expect(park.alert("overstay")).toBeUndefined();
  });

  test("is the same alert after a restart", async () => {
    const park = await trackedPark();
    stand(park, fourHours + 1000);
    await park.pass(1);
    await park.restart();
    send(park, { boot: "b", cars: in1 });
    await park.pass(20);
    expect(park.alerts.filter(({ alertType }) => alertType === "overstay")).toHaveLength(1);
    await park.pass(80);
    expect(park.alert("overstay")).toBeUndefined();
  });

  test("that nobody goes on with after a restart is over", async () => {
    const park = await trackedPark();
    stand(park, fourHours + 1000);
    await park.pass(1);
    await park.restart("power", 600);
    await park.pass(10);
    expect(park.alert("overstay")).toBeUndefined();
  });

  test("may be longer for a kind of space", async () => {
    const park = await trackedPark({
      rules: { overstay_h: 1, overstay_h_by_type: { accessible: 8 } },
    });
    const length = 2 * 3_600_000;
    const both = [
      { track: 1, space: "A001" },
      { track: 2, space: "A006" },
    ];
    send(park, { boot: "b", cars: both, timestamp: ago(park, length) });
    const { alerts } = send(park, { boot: "b", cars: both });
    expect(alerts.map(({ details }) => details["space_id"])).toEqual(["A001"]);
  });
});

describe("a vehicle that moves to another space", () => {
  test("is an event and a note, once, and the note ends with the vehicle", async () => {
    const park = await trackedPark();
    await sendFor(park, { cars: in1 }, 10);
    await sendFor(park, { cars: in2 }, 10);
    await park.pass(1);
    expect(rowsOf(park).events).toMatchObject([
      { eventType: "space_change", spaceId: "A002", metadata: { from_space_id: "A001" } },
    ]);
    expect(park.alert("space_change")).toMatchObject({
      severity: "info",
      details: { old_space: "A001", new_space: "A002" },
    });
    await park.pass(70);
    expect(park.alert("space_change")).toBeUndefined();
  });

  test("again and again is suspicious, and stays so until a person has looked", async () => {
    const park = await trackedPark();
    for (const cars of [in1, in2, in1, in2]) await sendFor(park, { cars }, 6);
    await park.pass(100);
    expect(park.alert("suspicious")).toMatchObject({
      severity: "warning",
      details: { changes: 3 },
    });
    expect(park.alerts.filter(({ alertType }) => alertType === "suspicious")).toHaveLength(1);
  });

  test("seldom enough is not suspicious", async () => {
    const park = await trackedPark({ rules: { suspicious_within_min: 1 } });
    for (const cars of [in1, in2, in1, in2]) await sendFor(park, { cars }, 40);
    expect(park.alert("suspicious")).toBeUndefined();
  });

  test("of a tracker gone wild fills no ledger: a hundred alerts are open at most", async () => {
    const park = await trackedPark();
    for (const space of ["A001", "A002"]) {
      for (let frame = 0; frame < 2; frame++) {
        // One vehicle a frame for each track: a space holds one.
        for (let track = 0; track < 150; track++)
          send(park, { boot: "b", cars: [{ track, space }] });
        await park.pass(1);
      }
    }
    await park.pass(2);
    expect(park.alerts.length).toBe(100);
    expect(counted(park, "tracking_alerts_not_raised_total")).toBe(50);
  });
});

describe("a stay that nobody has paid for", () => {
  test("is an alert only where stays must be paid in advance", async () => {
    const park = await trackedPark({ rules: { authorise_within_min: 15 } });
    await sendFor(park, { cars: in1 }, 16 * 60);
    expect(park.alert("unauthorized")).toMatchObject({ details: { space_id: "A001" } });
    const free = await trackedPark();
    await sendFor(free, { cars: in1 }, 16 * 60);
    expect(free.alert("unauthorized")).toBeUndefined();
  });

  test("ends when it is known that a vehicle with a permit stands there", async () => {
    const park = await trackedPark({ rules: { authorise_within_min: 1 } });
    await park.enter("BGH1234");
    await sendFor(park, { cars: in1 }, 90);
    expect(park.alert("unauthorized")).toBeDefined();
    park.book.db.run("update parking_sessions set permit_id = 'p1'");
    await sendFor(park, { cars: in1 }, 10);
    expect(park.alert("unauthorized")).toBeDefined();
    await granted(
      park.facility.places.say("A001", { request_id: press(), plate: "BGH1234" }, anna),
    );
    await sendFor(park, { cars: in1 }, 10);
    expect(park.alert("unauthorized")).toBeUndefined();
  });
});

describe("an alert", () => {
  test("that somebody acknowledges stays open, with the name of the first who did", async () => {
    const park = await trackedPark();
    stand(park, fourHours + 1000);
    await park.pass(1);
    const alertId = park.alert("overstay")?.alertId ?? "";
    const { facility } = park;
    expect(facility.acknowledgeAlert(alertId, { kind: "attendant", id: "kim" })).toBe(true);
    expect(facility.acknowledgeAlert(alertId, { kind: "attendant", id: "lee" })).toBe(true);
    expect(facility.acknowledgeAlert("no-such", { kind: "attendant", id: "lee" })).toBe(false);
    expect(facility.state().alerts).toMatchObject([{ alert_id: alertId, acknowledged_by: "kim" }]);
    expect(park.facts("alert-acknowledged")).toEqual([
      { alert_id: alertId, by: { kind: "attendant", id: "kim" } },
    ]);
    const { alerts } = send(park, { boot: "b", cars: in1 });
    expect(alerts[0]?.acknowledged_at).toBe("2026-06-01T05:30:02.000Z");
  });
});
