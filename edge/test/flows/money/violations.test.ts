import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import type { ViolationData } from "@gatehouse/shared/contracts/violations";
import { hours } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import type { Violation } from "../../../src/store/violations.ts";
import { violations } from "../../../src/store/money-schema.ts";
import { saveStay } from "../../../src/store/stays.ts";
import { CarPark } from "../car-park.ts";
import { anna, balance, boss, complaints, granted, openDrawer, press } from "./till.ts";

const penalty = { enabled: true, penalty_minor: 2000 };

const fining = (rules: object) => (config: FacilityConfig) => ({
  ...config,
  violations: ViolationRules.parse(rules),
});

/** A car that stays for longer than it may, in a facility that fines it without a review. */
async function overstayer(rule: object = {}): Promise<{ park: CarPark; id: string }> {
  const overstay = { ...penalty, review: false, limit_h: 0.5, ...rule };
  const park = await CarPark.open({ change: fining({ overstay }) });
  openDrawer(park);
  await park.enter("BGH1234");
  await park.pass(32 * 60);
  return { park, id: `overstay-${park.session("BGH1234").sessionId}` };
}

const all = (park: CarPark): Violation[] =>
  park.book.db.select().from(violations).all() as unknown as Violation[];
const days = (count: number) => hours(24 * count);

/** The wall clock of the machine is so much later, and the daemon has looked again. */
async function later(park: CarPark, by: number): Promise<void> {
  park.machine.stepWall(by as ReturnType<typeof hours>);
  await park.pass(130);
}

async function shown(park: CarPark, id: string): Promise<ViolationData> {
  return granted(park.facility.violations.show(id));
}

const cash = (subject_id: string, tendered_minor: number) => ({
  request_id: press(),
  purpose: "violation" as const,
  subject_id,
  till_id: "till-1",
  tendered_minor,
  partial: false,
});
const wish = (reason = "as the driver says") => ({ request_id: press(), reason });

describe("a facility that fines nobody", () => {
  test("tells once of a stay that is too long, until the vehicle leaves", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(4 * 3600 - 120);
    expect(park.alert("overstay")).toBeUndefined();
    await park.pass(240);
    const { sessionId } = park.session("BGH1234");
    expect(park.alert("overstay")).toMatchObject({ subject: sessionId, severity: "info" });
    const alertId = park.alert("overstay")?.alertId ?? "";
    park.facility.acknowledgeAlert(alertId, anna);
    await park.pass(600);
    expect(park.alert("overstay")).toMatchObject({ alertId, acknowledgedBy: "anna" });
    park.facility.resolveAlert(alertId, anna);
    await park.pass(3600);
    expect(park.alerts).toEqual([]);
    expect(park.facts("alert-raised")).toHaveLength(1);
    expect(all(park)).toEqual([]);
    expect(park.facility.status().level).toBe("healthy");
  });

  test("ends what it told when the vehicle has left", async () => {
    const park = await CarPark.open();
    park.cards("exit-1", true);
    await park.enter("BGH1234");
    await park.pass(4 * 3600 + 240);
    expect(park.alert("overstay")).toBeDefined();
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(5);
    await park.cross("exit-1");
    await park.pass(130);
    expect(park.session("BGH1234").status).toBe("closed");
    expect(park.alert("overstay")).toBeUndefined();
  });
});

describe("an overstay", () => {
  test("is found once, strictly after its limit, with evidence that the ledger names", async () => {
    const { park, id } = await overstayer({ review: true });
    expect(all(park)).toHaveLength(1);
    const { violation, evidence, evidence_sha256: hash } = await shown(park, id);
    expect(violation).toMatchObject({ status: "review", plate: "BGH1234", due_minor: 0 });
    expect(evidence.duration_s).toBeGreaterThan(30 * 60);
    expect(evidence.reads).toMatchObject([{ raw_plate: "BGH1234", lane_id: "entry-1" }]);
    expect(evidence.lines.map(({ text }) => JSON.parse(text).type)).toEqual(
      expect.arrayContaining(["lane-decided", "passage-ended", "session-opened"]),
    );
    const text = canonicalJson(evidence as Json);
    expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
    expect(park.facts("violation-changed").map((line) => line.evidence_sha256)).toEqual([
      hash,
      hash,
    ]);
    await park.pass(3600);
    await park.restart();
    await park.pass(3600);
    expect(all(park)).toHaveLength(1);
    expect((await shown(park, id)).evidence).toEqual(evidence);
    expect(balance(park, "penalties")).toBe(0);
  });

  test("is no overstay while the clock was only wrong", async () => {
    const park = await CarPark.open({ change: fining({ overstay: penalty }) });
    await park.enter("BGH1234");
    await later(park, hours(9));
    expect(all(park)).toEqual([]);
    expect(park.alert("overstay")).toBeUndefined();
  });

  test("of who has a permit is none", async () => {
    const park = await CarPark.open({ change: fining({ overstay: penalty }) });
    const { sessionId } = await park.enter("BGH1234");
    park.book.db.run(
      `update parking_sessions set permit_id = 'P-1' where session_id = '${sessionId}'`,
    );
    await park.pass(5 * 3600);
    expect(all(park)).toEqual([]);
    expect(park.alert("overstay")).toBeUndefined();
  });
});

describe("a penalty", () => {
  test("is owed in the books from its issue, and paid in cash", async () => {
    const { park, id } = await overstayer();
    expect(balance(park, "penalties")).toBe(-2000);
    const answer = await granted(park.facility.money.cash(cash(id, 2000), anna));
    expect(answer).toMatchObject({ amount_minor: 2000, due_minor: 0 });
    expect((await shown(park, id)).violation).toMatchObject({ status: "paid", due_minor: 0 });
    expect(await park.facility.money.cash(cash(id, 2000), anna)).toMatchObject({
      reason: "nothing-due",
    });
    expect(complaints(park)).toEqual([]);
  });

  test("costs less in the time of its discount, and the whole after it", async () => {
    const rule = { discount_percent: 50, discount_days: 7 };
    const early = await overstayer(rule);
    expect((await shown(early.park, early.id)).violation.due_minor).toBe(1000);
    await granted(early.park.facility.money.cash(cash(early.id, 1000), anna));
    expect((await shown(early.park, early.id)).violation.status).toBe("paid");
    expect(balance(early.park, "penalties")).toBe(-1000);
    expect(complaints(early.park)).toEqual([]);

    const late = await overstayer(rule);
    await later(late.park, days(8));
    expect((await shown(late.park, late.id)).violation).toMatchObject({
      status: "due",
      due_minor: 2000,
    });
    await granted(late.park.facility.money.cash(cash(late.id, 2000), anna));
    expect(balance(late.park, "penalties")).toBe(-2000);
  });

  test("grows with lateness, also over days without power, and is the same after a restart", async () => {
    const { park, id } = await overstayer();
    await later(park, days(31));
    expect((await shown(park, id)).violation).toMatchObject({
      status: "escalated",
      escalation: 1,
      due_minor: 3000,
    });
    await later(park, days(60));
    await park.restart();
    await park.pass(130);
    expect((await shown(park, id)).violation).toMatchObject({
      escalation: 3,
      amount_minor: 5600,
      due_minor: 5600,
      next_at: null,
    });
    expect(balance(park, "penalties")).toBe(-5600);
    expect(complaints(park)).toEqual([]);
  });

  test("that is waived is written off, and waived once", async () => {
    const { park, id } = await overstayer();
    const request = wish("the barrier was broken");
    const first = await granted(park.facility.violations.waive(id, request, boss));
    expect(first).toMatchObject({ status: "waived", due_minor: 0 });
    expect(await granted(park.facility.violations.waive(id, request, boss))).toEqual(first);
    expect(park.facility.violations.waive(id, wish(), boss)).toMatchObject({
      reason: "cannot-waive",
    });
    expect(balance(park, "write-offs")).toBe(2000);
    await later(park, days(40));
    expect((await shown(park, id)).violation.status).toBe("waived");
    expect(complaints(park)).toEqual([]);
  });

  test("that is disputed stands still; turned down, it has its days again", async () => {
    const { park, id } = await overstayer();
    const desk = park.facility.violations;
    await granted(desk.dispute(id, wish(), anna));
    await later(park, days(45));
    expect((await shown(park, id)).violation).toMatchObject({
      status: "disputed",
      due_minor: 2000,
    });
    await granted(desk.decide(id, { ...wish(), decision: "upheld" }, boss));
    await later(park, days(20));
    expect((await shown(park, id)).violation).toMatchObject({ status: "due", escalation: 0 });
    await later(park, days(12));
    expect((await shown(park, id)).violation).toMatchObject({ status: "escalated", escalation: 1 });
    expect((await shown(park, id)).history.map(({ status }) => status)).toEqual([
      "detected",
      "issued",
      "due",
      "disputed",
      "due",
      "escalated",
    ]);
  });

  test("that a person dismisses was never owed", async () => {
    const { park, id } = await overstayer({ review: true });
    const desk = park.facility.violations;
    await granted(desk.review(id, { ...wish(), decision: "dismiss" }, anna));
    expect((await shown(park, id)).violation.status).toBe("waived");
    expect(desk.review(id, { ...wish(), decision: "issue" }, anna)).toMatchObject({
      reason: "not-in-review",
    });
    expect(desk.show("overstay-of-nobody")).toMatchObject({ reason: "no-such-violation" });
    expect([balance(park, "penalties"), balance(park, "write-offs")]).toEqual([0, 0]);
  });
});

describe("money for a penalty that goes back", () => {
  const paid = async (tendered: number, rule: object = {}) => {
    const { park, id } = await overstayer(rule);
    const answer = await granted(
      park.facility.money.cash({ ...cash(id, tendered), partial: true }, anna),
    );
    const back = (amount_minor: number) =>
      granted(
        park.facility.money.refund(
          {
            request_id: press(),
            payment_id: answer.payment_id ?? "",
            kind: "refund",
            amount_minor,
            reason: "goodwill",
            till_id: "till-1",
          },
          anna,
        ),
      );
    return { park, id, back };
  };

  test("is owed again, its discount too, and can be paid again", async () => {
    const { park, id, back } = await paid(1000, { discount_percent: 50, discount_days: 7 });
    expect((await shown(park, id)).violation.status).toBe("paid");
    await back(1000);
    expect((await shown(park, id)).violation).toMatchObject({ status: "due", due_minor: 1000 });
    expect([balance(park, "penalties"), balance(park, "receivable")]).toEqual([-2000, 2000]);
    await granted(park.facility.money.cash(cash(id, 1000), anna));
    expect((await shown(park, id)).violation.status).toBe("paid");
    expect([balance(park, "penalties"), balance(park, "receivable")]).toEqual([-1000, 0]);
    expect(complaints(park)).toEqual([]);
  });

  test("is not taken in cash while a card may be paying it", async () => {
    const { park, id } = await overstayer();
    park.cards("exit-1", undefined);
    const card = { purpose: "violation" as const, subject_id: id, terminal_id: "terminal-exit-1" };
    const asked = park.facility.money.card({ ...card, request_id: press() }, anna);
    await park.pass(2);
    expect(await park.facility.money.cash(cash(id, 2000), anna)).toMatchObject({
      reason: "payment-unresolved",
    });
    await park.pass(300);
    expect(await granted(asked)).toMatchObject({ status: "declined" });
    await granted(park.facility.money.cash(cash(id, 2000), anna));
    expect((await shown(park, id)).violation.status).toBe("paid");
  });

  test("is given up with the rest once it was waived", async () => {
    const { park, id, back } = await paid(500);
    await granted(park.facility.violations.waive(id, wish(), boss));
    await back(500);
    expect((await shown(park, id)).violation).toMatchObject({ status: "waived", due_minor: 0 });
    expect([balance(park, "write-offs"), balance(park, "receivable")]).toEqual([2000, 0]);
    expect(complaints(park)).toEqual([]);
  });
});

describe("other violations", () => {
  test("who leaves without paying is fined a day later, and not for a debt that was paid meanwhile", async () => {
    const park = await CarPark.open({ change: fining({ "no-payment": penalty }) });
    openDrawer(park);
    const ids = [];
    for (const plate of ["BGH1234", "MAB7788"]) {
      await park.enter(plate);
      await park.pass(3600);
      await park.arrive("exit-1");
      park.read("exit-1", plate);
      await park.pass(5);
      await park.facility.openByHand(park.opening("exit-1"));
      await park.cross("exit-1");
      await park.pass(30);
      expect(park.session(plate).status).toBe("closed-unpaid");
      ids.push(park.session(plate).sessionId);
    }
    await granted(park.facility.money.cash({ ...cash(ids[1] ?? "", 5000), purpose: "stay" }, anna));
    await later(park, hours(22));
    expect(all(park)).toEqual([]);
    await later(park, hours(2));
    expect(all(park).map(({ sessionId }) => sessionId)).toEqual([ids[0]]);
  });

  test("where drivers pay in advance, who has not paid in time is unauthorised", async () => {
    const unauthorised = { ...penalty, prepayment_required: true };
    const park = await CarPark.open({ change: fining({ unauthorised }) });
    await park.enter("BGH1234");
    await park.pass(14 * 60);
    expect(all(park)).toEqual([]);
    await park.pass(180);
    expect(all(park).map(({ violationType }) => violationType)).toEqual(["unauthorised"]);
  });

  test("a car in a motorcycle space is found by its stay, once", async () => {
    const park = await CarPark.open({
      change: (config) => {
        const [zone, ...zones] = config.zones.map((each) => ({
          ...each,
          spaces: each.spaces.map((group) => ({ ...group, type: "motorcycle" as const })),
        }));
        const fined = fining({ "wrong-space-type": penalty })(config);
        return zone === undefined ? fined : { ...fined, zones: [zone, ...zones] };
      },
    });
    const entryTime = park.machine.now();
    park.book.write((tx) =>
      saveStay(tx, {
        stayId: "stay-1",
        trackId: "7",
        cameraId: "cam-1",
        spaceId: "A001",
        spaceName: "A001",
        vehicleClass: "car",
        entryTime,
        exitTime: null,
        durationSeconds: null,
        fee: null,
        status: "active",
        source: "camera",
      }),
    );
    await park.pass(9 * 60);
    expect(all(park)).toEqual([]);
    await park.pass(600);
    expect(all(park)).toMatchObject([
      { violationId: "wrong-space-type-stay-1", spaceId: "A001", sessionId: null, plate: null },
    ]);
  });
});
