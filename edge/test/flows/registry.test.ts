import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { RegistryRules } from "@gatehouse/shared/contracts/registry";
import { Fault } from "@gatehouse/shared/fault";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { DeviceDoor, DoorVisitor } from "@gatehouse/shared/ports/device-door";
import type { Remedy } from "@gatehouse/shared/ports/remedy";
import { hours, minutes } from "@gatehouse/shared/time";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RegistryDeps } from "../../src/flows/registry.ts";
import { listOpenAlerts } from "../../src/store/alerts.ts";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { memoryRegistry } from "../faces/memory-registry.ts";
import { CarPark, morning } from "./car-park.ts";

const chen = { kind: "technician", id: "chen" } as const;
const wish = { actor: chen, reason: "seen at the cabinet" };
const report = (id: string, more: Partial<DeviceReport> = {}): DeviceReport => ({
  id,
  kind: "bay-sensor",
  make: "MQTT bay sensor",
  state: "online",
  counters: {},
  ...more,
});
const lines = (book: Book, type: string) =>
  linesAfter(book, 1, 0, 1000)
    .filter((line) => line.type === type)
    .map(({ text }) => (JSON.parse(text) as { body: Record<string, unknown> }).body);
const opened = (book: Book): string[] =>
  listOpenAlerts(book)
    .map(({ alertType, subject }) => `${alertType} ${subject}`)
    .sort();

/** A door in memory: the broker's own are in `edge/test/wire/mqtt`. */
class TestDoor implements DeviceDoor {
  guests: DoorVisitor[] = [];
  out: ReadonlySet<string> = new Set();
  readonly puts: string[] = [];
  knows = (): boolean => true;
  visitors = (): readonly DoorVisitor[] => this.guests;
  shutOut(ids: ReadonlySet<string>): void {
    this.out = ids;
  }
  putOut(id: string): boolean {
    this.puts.push(id);
    return true;
  }
}
const guest = (id: string, refused: Record<string, number> = {}): DoorVisitor => ({
  id,
  isInside: true,
  lastSeen: morning,
  messages: 3,
  refused,
});

async function registryOf(
  reports: () => readonly DeviceReport[],
  more: Partial<RegistryDeps> = {},
) {
  const clock = new VirtualClock(morning);
  const book = more.book ?? new Book(":memory:");
  const registry = memoryRegistry(reports, { clock, ...more, book });
  await registry.start();
  onTestFinished(() => registry.stop());
  return { clock, book, registry };
}

describe("a device", () => {
  test("that the configuration names is approved, and what it says of itself is kept over restarts", async () => {
    const book = new Book(":memory:");
    let counters = { messages: 5, battery_pct: 80 };
    const first = await registryOf(() => [report("bay-A001", { counters })], { book });
    await first.clock.advance(minutes(1));
    counters = { messages: 9, battery_pct: 79 };
    await first.registry.stop();
    const told = first.registry.device("bay-A001")?.device;
    expect(told).toMatchObject({ state: "online", standing: "approved", battery_pct: 79 });

    counters = { messages: 2, battery_pct: 78 };
    const second = await registryOf(() => [report("bay-A001", { counters })], { book });
    await second.clock.advance(minutes(1));
    expect(second.registry.device("bay-A001")?.device).toMatchObject({
      standing_by: "facility.yaml",
      battery_pct: 78,
      // What was counted between the last look and the stop of the first daemon died with it.
      counters: { messages: 7 },
    });
    expect(lines(book, "device-state-changed")).toEqual([]);
  });

  test("that came with a password and stands nowhere is new, until somebody approves it", async () => {
    const door = new TestDoor();
    door.guests = [guest("listener-hall")];
    const { clock, book, registry } = await registryOf(() => [], { doors: [door] });
    await clock.advance(minutes(1));
    expect(registry.device("listener-hall")?.device.state).toBe("new");
    expect(opened(book)).toEqual(["device-new listener-hall"]);
    expect(registry.act("listener-hall", "approve", wish)).toEqual({
      device_id: "listener-hall",
      sentence: "listener-hall is approved.",
    });
    await clock.advance(minutes(1));
    expect(opened(book)).toEqual([]);
    expect(lines(book, "device-state-changed")).toEqual([
      { device_id: "listener-hall", from: "new", to: "approved", ...wish },
    ]);
  });

  test("that the configuration names as somebody's client is not new", async () => {
    const door = new TestDoor();
    door.guests = [guest("frigate-1")];
    const namedClients = new Set(["frigate-1"]);
    const { clock, book, registry } = await registryOf(() => [], { doors: [door], namedClients });
    await clock.advance(minutes(1));
    expect(registry.device("frigate-1")?.device).toMatchObject({
      state: "online",
      configured: true,
      standing_by: "facility.yaml",
    });
    expect(opened(book)).toEqual([]);
  });

  test("that reaches for others' topics is shut out, and a restart does not forget that", async () => {
    const door = new TestDoor();
    const book = new Book(":memory:");
    const reports = () => [report("bay-A001"), report("loops-1", { laneId: "entry-1" })];
    const { clock, registry } = await registryOf(reports, { doors: [door], book });
    await clock.advance(minutes(1));
    door.guests = [guest("bay-A001", { acl: 5 }), guest("loops-1", { acl: 50 })];
    await clock.advance(minutes(1));
    expect([...door.out]).toEqual(["bay-A001"]);
    expect(registry.isHeard("bay-A001")).toBe(false);
    // What a lane needs is not taken from it by a rule.
    expect(opened(book)).toEqual(["device-misconduct loops-1", "device-quarantined bay-A001"]);
    await registry.stop();
    const after = new TestDoor();
    const second = await registryOf(reports, { doors: [after], book });
    expect([...after.out]).toEqual(["bay-A001"]);
    second.registry.act("bay-A001", "approve", wish);
    expect([...after.out]).toEqual([]);
    await second.clock.advance(minutes(1));
    expect(opened(book)).toEqual(["device-misconduct loops-1"]);
  });

  test("is not shut out for what others try at its name", async () => {
    const door = new TestDoor();
    door.guests = [guest("bay-A001", { login: 500 })];
    const { clock, book } = await registryOf(() => [report("bay-A001")], { doors: [door] });
    await clock.advance(minutes(1));
    expect([...door.out]).toEqual([]);
    expect(opened(book)).toEqual(["device-misconduct bay-A001"]);
  });

  test("acts that make no sense are refused, and say why", async () => {
    const { clock, registry } = await registryOf(() => [
      report("entry-1-gate", { kind: "gate" }),
      report("bay-A001"),
    ]);
    await clock.advance(minutes(1));
    const reasonOf = (answer: object): unknown => ("reason" in answer ? answer.reason : "done");
    expect(reasonOf(registry.act("nobody", "approve", wish))).toBe("unknown-device");
    expect(reasonOf(registry.act("bay-A001", "approve", wish))).toBe("no-change");
    expect(reasonOf(registry.act("bay-A001", "retire", wish))).toBe("configured");
    expect(reasonOf(registry.act("entry-1-gate", "quarantine", wish))).toBe("not-at-a-door");
  });

  test("that the configuration names no longer is offline, and can be retired", async () => {
    let reports = [report("bay-A001")];
    const { clock, registry } = await registryOf(() => reports);
    await clock.advance(minutes(1));
    reports = [];
    await clock.advance(minutes(1));
    expect(registry.device("bay-A001")?.device).toMatchObject({
      state: "offline",
      configured: false,
    });
    registry.act("bay-A001", "retire", wish);
    expect(registry.device("bay-A001")?.device.state).toBe("retired");
    reports = [report("bay-A001")];
    expect(registry.device("bay-A001")?.device.state).toBe("online");
  });

  test("that has been away for a day is an alert and a ticket", async () => {
    let state: DeviceReport["state"] = "offline";
    const { clock, book, registry } = await registryOf(() => [report("entry-1-sign", { state })]);
    await clock.advance(hours(23));
    expect(opened(book)).toEqual([]);
    await clock.advance(hours(2));
    expect(opened(book)).toEqual(["device-gone entry-1-sign"]);
    expect(registry.tickets(false)).toMatchObject([
      { equipment_id: "entry-1-sign", maintenance_type: "device", status: "open" },
    ]);
    state = "online";
    await clock.advance(minutes(1));
    expect(opened(book)).toEqual([]);
  });

  test("a full disk stops nothing: it is looked at again a minute later", async () => {
    let isFull = true;
    const { clock, registry } = await registryOf(() => [report("bay-A001")]);
    const book = new Book(":memory:", {
      onStep: () => {
        if (isFull) throw new Fault("disk-full", "no room");
      },
    });
    const full = await registryOf(() => [report("bay-A001")], { book });
    await full.clock.advance(minutes(1));
    isFull = false;
    await full.clock.advance(minutes(1));
    await clock.advance(minutes(1));
    expect(full.registry.devices()).toHaveLength(1);
    expect(registry.devices()).toHaveLength(1);
  });
});

describe("tickets", () => {
  test("go from asked to done, each step in the ledger; the same request twice is one", async () => {
    const { book, registry } = await registryOf(() => []);
    const asked = {
      request_id: "request-1",
      equipment_id: "entry-1-gate",
      maintenance_type: "gate",
      description: "the spring squeaks",
    };
    registry.openTicket(asked, chen);
    registry.openTicket(asked, chen);
    expect(registry.tickets(false)).toHaveLength(1);
    registry.stepTicket("request-1", { step: "assign", technician_id: "dora" }, chen);
    registry.stepTicket(
      "request-1",
      { step: "schedule", scheduled_at: "2026-06-02T08:00:00+02:00" },
      chen,
    );
    const done = registry.stepTicket("request-1", { step: "complete", done: "oiled" }, chen);
    expect(done).toMatchObject({
      ticket: {
        status: "completed",
        technician_id: "dora",
        scheduled_at: "2026-06-02T06:00:00.000Z",
        done: "oiled",
      },
    });
    expect(registry.stepTicket("request-1", { step: "cancel", reason: "no" }, chen)).toMatchObject({
      reason: "ticket-over",
    });
    expect(registry.stepTicket("nowhere", { step: "cancel", reason: "no" }, chen)).toMatchObject({
      reason: "no-such-ticket",
    });
    expect(registry.tickets(false)).toEqual([]);
    expect(registry.tickets(true)).toHaveLength(1);
    expect(lines(book, "ticket-changed").map(({ status }) => status)).toEqual([
      "open",
      "assigned",
      "scheduled",
      "completed",
    ]);
  });
});

describe("remedies", () => {
  const away = report("loops-1", { kind: "lane-inputs", state: "stale" });

  test("a client that is connected and silent is put out, at most twice an hour", async () => {
    const door = new TestDoor();
    door.guests = [guest("loops-1")];
    const { clock, book } = await registryOf(() => [away], { doors: [door] });
    await clock.advance(minutes(4));
    expect(door.puts).toEqual([]);
    await clock.advance(minutes(50));
    expect(door.puts).toEqual(["loops-1", "loops-1"]);
    await clock.advance(minutes(20));
    expect(door.puts).toHaveLength(4);
    expect(lines(book, "remedy-tried")[0]).toEqual({
      device_id: "loops-1",
      action: "reconnect-client",
      because: "it did not come back",
      outcome: "done",
      detail: "",
    });
  });

  test("are switched off by the configuration", async () => {
    const door = new TestDoor();
    door.guests = [guest("loops-1")];
    const rules = RegistryRules.parse({ remedies: [] });
    const { clock } = await registryOf(() => [away], { doors: [door], rules });
    await clock.advance(hours(1));
    expect(door.puts).toEqual([]);
  });

  test("one that fails is written as failed", async () => {
    const restart: Remedy = {
      action: "restart-vision",
      patients: () => ["vision"],
      apply: () => Promise.reject(new Fault("disk-full", "no room for it")),
    };
    const { clock, book } = await registryOf(() => [away], { remedies: [restart] });
    await clock.advance(minutes(7));
    expect(lines(book, "remedy-tried")).toMatchObject([{ outcome: "failed" }]);
  });

  test("none of the closed list moves a gate", () => {
    expect(RegistryRules.parse({}).remedies).toEqual(["reconnect-client", "restart-vision"]);
    expect(RegistryRules.safeParse({ remedies: ["open-gate"] }).success).toBe(false);
  });
});

describe("in a whole facility", () => {
  const twoSensors = (config: FacilityConfig): FacilityConfig =>
    FacilityConfig.parse({
      ...config,
      registry: { flapping_changes: 10, disagree_min: 10 },
    });
  const word = (sourceId: string, spaceId: string, sequence: number, occupied: boolean) => ({
    spaceId,
    source: "sensor" as const,
    sourceId,
    boot: "b",
    sequence,
    occupied,
    confidence: 0.9,
    at: morning,
  });

  test("two sensors of a space that differ for ten minutes are one alert that names both", async () => {
    const park = await CarPark.open({ change: twoSensors });
    // The one that the small site has there says that the space is free.
    park.facility.occupancy.observe([word("left", "A001", 1, true)]);
    await park.pass(9 * 60);
    expect(opened(park.book)).toEqual([]);
    await park.pass(3 * 60);
    expect(opened(park.book)).toEqual(["sensors-disagree A001"]);
    expect(listOpenAlerts(park.book)[0]?.details).toEqual({
      sensors: { left: "occupied", "bay-A001": "free" },
    });
    park.facility.occupancy.observe([word("left", "A001", 2, false)]);
    await park.pass(2 * 60);
    expect(opened(park.book)).toEqual([]);
    expect(park.facility.registry.tickets(false)).toMatchObject([
      { equipment_id: "A001", maintenance_type: "sensor" },
    ]);
  });

  test("a sensor that flaps is an alert, and so is what it comes to for whoever repairs it", async () => {
    const park = await CarPark.open({ change: twoSensors });
    await park.pass(61);
    const [sensor] = park.facility.registry.devices().filter(({ kind }) => kind === "bay-sensor");
    expect(sensor?.state).toBeDefined();
    const id = sensor?.device_id ?? "";
    const number = id.replace(/^bay-/, "");
    for (let at = 1; at <= 13; at += 1) {
      park.facility.occupancy.observe([word(id, number, 1000 + at, at % 2 === 0)]);
      await park.pass(30);
    }
    await park.pass(120);
    expect(opened(park.book)).toContain(`sensor-flapping ${id}`);
    expect(park.facility.registry.device(id)?.tickets).toMatchObject([{ status: "open" }]);
  });

  test("a quarantined camera's reads and a quarantined sensor's words count no more", async () => {
    const park = await CarPark.open();
    await park.pass(61);
    const { registry, occupancy } = park.facility;
    registry.act("camera-entry-1", "quarantine", wish);
    park.lane("entry-1").reader.see({
      ...park.plateRead("entry-1", "BAB1234"),
      truePlate: "BAB1234",
    });
    await park.pass(5);
    expect(park.facility.counters.all()).toContainEqual({
      name: "reads_shut_out_total",
      labels: { reader: "camera-entry-1" },
      value: 1,
    });
    registry.act("bay-A001", "quarantine", wish);
    const before = occupancy.words("A001");
    occupancy.observe([word("bay-A001", "A001", 99_999, true)]);
    expect(occupancy.words("A001")).toEqual(before);
  });

  test("its metrics name lanes, alerts and devices, and no more rows than there are devices", async () => {
    const park = await CarPark.open();
    await park.pass(61);
    const names = new Set(park.facility.metrics().map(({ name }) => name));
    for (const name of [
      "devices",
      "device_up",
      "device_last_seen_age_seconds",
      "lane_phase",
      "alerts",
      "sync_queue_length",
    ])
      expect(names).toContain(name);
    expect(park.facility.metrics().filter(({ name }) => name === "lane_phase")).toHaveLength(4);
  });
});
