import type { DeliveryPage, NotifyView, TargetMade } from "@gatehouse/shared/contracts/notify";
import { hours, isoOf, minutes, seconds } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { answers, isSigned, Receiver } from "../receiver.ts";
import { ToldOffice } from "../told-office.ts";

const stayEvents = ["session.opened", "payment.captured", "session.closed"];

describeWithPostgres("webhooks", () => {
  let postgres: TestPostgres;
  let office: ToldOffice;
  let receiver: Receiver;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    office = new ToldOffice(postgres.database);
    await office.begin();
    receiver = await new Receiver().listen();
    onTestFinished(() => receiver.close());
  });

  const deliveries = async (query = ""): Promise<DeliveryPage["deliveries"]> =>
    (await office.look<DeliveryPage>(`/api/notify/main/deliveries${query}`)).deliveries;
  const cars = (count: number, facilityId = "north"): EdgeLedger => {
    const ledger = new EdgeLedger(facilityId);
    for (let car = 0; car < count; car += 1) writeStay(ledger, `${car}`);
    return ledger;
  };

  test("tell what a facility's ledger says, signed, in its order, each thing once", async () => {
    const { secret } = await office.webhook(receiver.url, stayEvents);
    await office.send(cars(3).batch());
    await office.round();
    await office.round();
    expect(receiver.told).toEqual([...stayEvents, ...stayEvents, ...stayEvents]);
    expect(new Set(receiver.ids).size).toBe(9);
    for (const each of receiver.received) expect(isSigned(each, secret ?? "")).toBe(true);
    const [first] = receiver.received;
    expect(JSON.parse(first?.body ?? "")).toMatchObject({
      id: receiver.ids[0],
      event: "session.opened",
      facility_id: "north",
      data: { session_id: "session-0" },
    });
    expect(await deliveries("?state=delivered")).toHaveLength(9);
  });

  test("tell nothing that was there before they were made, and nothing of what they did not ask for", async () => {
    const ledger = cars(1);
    await office.send(ledger.batch());
    await office.clock.advance(seconds(1));
    await office.webhook(receiver.url, ["session.closed"]);
    const before = ledger.written;
    writeStay(ledger, "later");
    await office.send(ledger.batch(before + 1));
    await office.round();
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.session_id)).toEqual([
      "session-later",
    ]);
  });

  test("hold number plates only where somebody has said so", async () => {
    const violation = {
      violation_id: "v1",
      session_id: null,
      violation_type: "overstay",
      status: "issued",
      penalty_minor: 2500,
      plate: "AB12CDE",
      reason: "stood 4 h 12 min",
      by: { kind: "system" },
    } as const;
    await office.webhook(receiver.url, ["violation.changed"]);
    await office.webhook(`${receiver.url}/with`, ["violation.changed"], { with_plates: true });
    await office.send(new EdgeLedger().write("violation-changed", violation).batch());
    await office.round();
    const plates = Object.fromEntries(
      receiver.received.map(({ path, body }) => [path, JSON.parse(body).data.plate]),
    );
    expect(plates).toEqual({ "/": undefined, "/with": "AB12CDE" });
  });

  test("that are refused are tried again, later each time, and nothing overtakes them", async () => {
    receiver.behaviour = answers(500, "out of order");
    await office.webhook(receiver.url, stayEvents);
    await office.send(cars(1).batch());
    await office.round();
    await office.round();
    expect(receiver.told).toEqual(["session.opened"]);
    const [waiting] = (await deliveries()).filter(({ attempts }) => attempts > 0);
    expect(waiting).toMatchObject({ state: "waiting", answer_code: 500, answer: "out of order" });
    await office.clock.advance(seconds(30));
    await office.round();
    expect(receiver.told).toEqual(["session.opened", "session.opened"]);
    await office.clock.advance(seconds(30));
    await office.round();
    expect(receiver.told).toHaveLength(2);
    receiver.behaviour = answers(204);
    await office.clock.advance(minutes(1));
    await office.round();
    expect(receiver.told.slice(2)).toEqual(stayEvents);
    expect(new Set(receiver.ids).size).toBe(3);
  });

  test("whose receiver hangs hold up no other", async () => {
    const other = await new Receiver().listen();
    onTestFinished(() => other.close());
    let asked: () => void = () => {};
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    receiver.behaviour = () => asked();
    await office.webhook(receiver.url, ["session.closed"]);
    await office.webhook(other.url, ["session.closed"]);
    await office.send(cars(1).batch());
    const round = office.round();
    await isAsked;
    await expect.poll(() => other.told).toEqual(["session.closed"]);
    await office.clock.advance(seconds(11));
    await round;
    const states = (await deliveries()).map(({ state, answer }) => `${state} ${answer}`);
    expect(states.toSorted()).toEqual(["delivered thanks", "waiting no answer in time"]);
  });

  test("of one facility wait for no other facility's", async () => {
    receiver.behaviour = ({ body }, response) => {
      response.writeHead(JSON.parse(body).facility_id === "north" ? 503 : 200);
      response.end();
    };
    await office.webhook(receiver.url, ["session.closed"]);
    await office.send(cars(2, "north").batch());
    await office.send(cars(2, "south").batch());
    await office.round();
    const delivered = await deliveries("?state=delivered");
    expect(delivered.map(({ facility_id }) => facility_id)).toEqual(["south", "south"]);
  });

  test("follow no redirect and read no endless answer", async () => {
    const other = await new Receiver().listen();
    onTestFinished(() => other.close());
    receiver.behaviour = answers(302, "x".repeat(100_000), { location: other.url });
    await office.webhook(receiver.url, ["session.closed"]);
    await office.send(cars(1).batch());
    await office.round();
    expect(other.received).toEqual([]);
    const [{ answer_code, answer } = {}] = await deliveries();
    expect([answer_code, answer?.length]).toEqual([302, 200]);
  });

  test("are given up after many tries; a person sees it, is told, and sends it again", async () => {
    receiver.behaviour = answers(400, "no");
    const { target_id } = await office.webhook(receiver.url, ["session.closed"]);
    await office.send(cars(2).batch());
    await office.rows("update deliveries set attempts = 17");
    await office.round();
    await office.rows("update deliveries set attempts = 17");
    await office.clock.advance(minutes(1));
    await office.round();
    const failed = await deliveries("?state=failed");
    expect(failed.length).toBeGreaterThan(0);
    const alerts = await office.rows(
      "select alert_type, subject from alerts where source = 'head-office' and resolved_at is null",
    );
    expect(alerts).toContainEqual({ alert_type: "delivery-failed", subject: "Their server" });

    receiver.behaviour = answers(200);
    const before = receiver.received.length;
    await office.change(`deliveries/${failed[0]?.delivery_id}/again`, {});
    await office.rows("update deliveries set next_at = queued_at where state = 'waiting'");
    await office.round();
    expect(receiver.ids.slice(before)).toContain(failed[0]?.delivery_id);
    const left = await deliveries(`?state=failed&target=${target_id}`);
    expect(left.map((each) => each.delivery_id)).not.toContain(failed[0]?.delivery_id);
  });

  test("that take nothing for three days are stopped with an alert, and go on when somebody says so", async () => {
    receiver.behaviour = answers(500);
    const { target_id } = await office.webhook(receiver.url, ["session.closed"]);
    await office.send(cars(1).batch());
    await office.round();
    await office.clock.advance(hours(73));
    await office.round();
    const view = await office.look<NotifyView>("/api/notify/main");
    expect(view.targets[0]).toMatchObject({ is_active: false, stopped_why: "no-answer" });
    const stopped = await office.rows(
      "select subject from alerts where alert_type = 'webhook-stopped'",
    );
    expect(stopped).toEqual([{ subject: "Their server" }]);
    const tries = receiver.received.length;
    await office.clock.advance(hours(12));
    await office.round();
    expect(receiver.received).toHaveLength(tries);

    receiver.behaviour = answers(200);
    await office.change(`targets/${target_id}`, {
      kind: "webhook",
      name: "Their server",
      settings: { url: receiver.url },
      events: ["session.closed"],
    });
    await office.round();
    expect(await deliveries("?state=delivered")).toHaveLength(1);
  });

  test("that answer 410 are told nothing more", async () => {
    receiver.behaviour = answers(410);
    await office.webhook(receiver.url, ["session.closed"]);
    await office.send(cars(2).batch());
    await office.round();
    const view = await office.look<NotifyView>("/api/notify/main");
    expect(view.targets[0]).toMatchObject({ is_active: false, stopped_why: "gone" });
    expect(receiver.received).toHaveLength(1);
  });

  test("of a changed secret are signed with both for a day", async () => {
    const { target_id, secret } = await office.webhook(receiver.url, ["session.closed"]);
    const ledger = cars(1);
    const renewed = await office.change<TargetMade>(`targets/${target_id}/rotate`, {});
    await office.send(ledger.batch());
    await office.round();
    await office.clock.advance(hours(25));
    const before = ledger.written;
    writeStay(ledger, "later");
    await office.send(ledger.batch(before + 1));
    await office.round();
    const signed = receiver.received.map((each) => [
      isSigned(each, secret ?? ""),
      isSigned(each, renewed.secret ?? ""),
    ]);
    expect(signed).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  test("asked for twice with one request id are one, with one secret", async () => {
    const order = { request_id: "the-same-request", kind: "webhook", name: "x" };
    const settings = { url: receiver.url };
    const one = await office.change<TargetMade>("targets", { ...order, settings });
    const two = await office.change<TargetMade>("targets", { ...order, settings });
    expect(two).toEqual(one);
    expect((await office.look<NotifyView>("/api/notify/main")).targets).toHaveLength(1);
  });

  test("are tested by a button, and a deleted one is told nothing more", async () => {
    const { target_id } = await office.webhook(receiver.url, ["session.closed"]);
    await office.change(`targets/${target_id}/test`, {});
    await office.round();
    expect(receiver.told).toEqual(["test"]);
    await office.send(cars(1).batch());
    await office.change(`targets/${target_id}`, {}, "DELETE");
    await office.round();
    expect(receiver.told).toEqual(["test"]);
  });

  test("go on past a line that holds what PostgreSQL cannot", async () => {
    await office.webhook(receiver.url, ["device.changed", "session.closed"]);
    const ledger = new EdgeLedger().write("device-state-changed", {
      device_id: "exit-1",
      from: "new",
      to: "approved",
      actor: { kind: "technician" },
      reason: "zero \0 here",
    });
    await office.send(writeStay(ledger, "1").batch());
    await office.round();
    expect(receiver.told).toEqual(["device.changed", "session.closed"]);
    expect(JSON.parse(receiver.received[0]?.body ?? "").data.reason).toBe("zero  here");
  });

  test("hear of head office's own alerts too", async () => {
    await office.webhook(receiver.url, ["alert.raised", "alert.resolved"]);
    const ledger = cars(1);
    await office.send(ledger.batch());
    await office.clock.advance(minutes(20));
    await office.round();
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.alert_type)).toEqual([
      "facility-silent",
    ]);
    const before = ledger.written;
    writeStay(ledger, "later");
    await office.send(ledger.batch(before + 1, undefined, { sent_at: isoOf(office.clock.now()) }));
    await office.clock.advance(minutes(2));
    await office.round();
    expect(receiver.told).toEqual(["alert.raised", "alert.resolved"]);
  });

  describe("of two processes on one database", () => {
    test("are told once each, whoever of them does it", async () => {
      const other = new ToldOffice(postgres.another(), { clock: office.clock });
      await office.webhook(receiver.url, stayEvents);
      const ledger = cars(20);
      for (let first = 1; first <= ledger.written; first += 20) {
        await office.send(ledger.batch(first, first + 19));
        await Promise.all([office.round(), other.round(), office.round(), other.round()]);
      }
      await office.round();
      expect(receiver.told).toHaveLength(60);
      expect(new Set(receiver.ids).size).toBe(60);
    });

    test("a round that breaks off before the answer is written is told again with the same id", async () => {
      await office.webhook(receiver.url, ["session.closed"]);
      await office.send(cars(1).batch());
      receiver.behaviour = (_, response) => {
        void office
          .rows(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
          )
          .finally(() => response.end("thanks"));
      };
      await office.round().catch(() => {});
      receiver.behaviour = answers(200);
      await expect.poll(() => office.round().catch(() => undefined)).toBeGreaterThanOrEqual(0);
      await office.clock.advance(minutes(1));
      await office.round();
      expect(new Set(receiver.ids).size).toBe(1);
      const [{ state } = {}] = await deliveries();
      expect(state).toBe("delivered");
    });
  });

  test("say what is wrong with their order", async () => {
    const bad = async (order: object): Promise<string> =>
      office.change("targets", order).then(String, (error: Error) => error.message);
    expect(await bad({ kind: "webhook", name: "x", settings: { url: "ftp://x" } })).toMatch(
      /422.*settings\.url/,
    );
    expect(await bad({ kind: "pigeon", name: "x" })).toMatch(/422.*webhook, email or sms/);
    expect(
      await bad({
        kind: "webhook",
        name: "x",
        settings: { url: receiver.url },
        facility_id: "mars",
      }),
    ).toMatch(/404/);
  });
});
