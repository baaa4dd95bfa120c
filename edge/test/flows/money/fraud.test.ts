import { FraudRules } from "@gatehouse/shared/contracts/fraud-config";
import { describe, expect, test } from "vitest";
import { insertPayment, type Payment } from "../../../src/store/payments.ts";
import { keepSessionRead } from "../../../src/store/plates.ts";
import { saveParkingTicket } from "../../../src/store/parking-tickets.ts";
import { saveSession } from "../../../src/store/sessions.ts";
import { CarPark } from "../car-park.ts";
import { anna, granted, openDrawer, press } from "./till.ts";

const watching = (rules: object) =>
  CarPark.open({ change: (config) => ({ ...config, fraud: FraudRules.parse(rules) }) });

/** A payment by card, as terminals leave it. */
function charge(park: CarPark, known: Partial<Payment> = {}): string {
  const paymentId = park.random.id();
  const at = park.machine.now();
  const payment: Payment = {
    paymentId,
    sessionId: null,
    userId: null,
    amount: 100,
    currency: "EUR",
    paymentMethod: "card",
    transactionId: null,
    terminalId: "terminal-exit-1",
    status: "captured",
    startedAt: at,
    processedAt: at,
    paymentDetails: { card_name: "Visa", card_last_four: "4242" },
    purpose: "stay",
    subjectId: null,
    refunded: 0,
    shiftId: null,
    requestId: null,
    ...known,
  };
  park.book.write((tx) => insertPayment(tx, payment));
  return paymentId;
}

const look = (park: CarPark): Promise<void> => park.pass(6 * 60);

describe("what a person should look at", () => {
  test("is told once with what shows it, and not again when nothing new happens", async () => {
    const park = await watching({ card: { most: 3, within_h: 1 } });
    const ids = [1, 2, 3, 4].map(() => charge(park));
    await look(park);
    const alert = park.alert("fraud-card-velocity");
    expect(alert).toMatchObject({ subject: "Visa …4242", severity: "warning" });
    expect(alert?.details["evidence"]).toEqual(ids);
    park.facility.resolveAlert(alert?.alertId ?? "", anna);
    await look(park);
    // Another run has other ids.
    park.plateRead("entry-1", "BGH1234");
    await park.restart();
    await look(park);
    expect(park.alerts).toEqual([]);
    charge(park);
    await look(park);
    expect(park.alert("fraud-card-velocity")).toBeDefined();
  });

  test("are the openings by hand of one person, and gates open as before", async () => {
    const park = await watching({ openings: { most: 2 } });
    for (const plate of ["A", "B", "C"]) {
      const opened = await park.facility.openByHand(park.opening("entry-1", { note: plate }));
      expect(opened).toHaveProperty("decision_id");
      await park.pass(60);
    }
    await look(park);
    const alert = park.alert("fraud-openings");
    expect(alert?.subject).toBe("anna");
    expect(alert?.details["evidence"]).toHaveLength(3);
    expect(await park.facility.openByHand(park.opening("entry-1"))).toHaveProperty("decision_id");
  });

  test("is cash that is given back at once", async () => {
    const park = await watching({});
    await park.enter("BGH1234");
    await park.pass(3600);
    openDrawer(park);
    const paid = await granted(
      park.facility.money.cash(
        {
          request_id: press(),
          purpose: "stay",
          subject_id: park.session("BGH1234").sessionId,
          till_id: "till-1",
          tendered_minor: 500,
          partial: false,
        },
        anna,
      ),
    );
    await look(park);
    expect(park.alerts).toEqual([]);
    await granted(
      park.facility.money.refund(
        {
          request_id: press(),
          payment_id: paid.payment_id ?? "",
          amount_minor: 100,
          kind: "refund" as const,
          reason: "the driver asked",
          till_id: "till-1",
        },
        anna,
      ),
    );
    await look(park);
    expect(park.alert("fraud-refund-after-cash")?.subject).toBe(paid.payment_id);
  });

  test("is a ticket with which another vehicle leaves", async () => {
    const park = await watching({});
    const { sessionId } = await park.enter("BGH1234");
    const at = park.machine.now();
    park.book.write((tx) => {
      const session = park.session("BGH1234");
      saveSession(tx, { ...session, status: "closed", exitTime: at, exitLane: "exit-1" });
      const read = { readerId: "camera-exit-1", readId: "r-9", laneId: "exit-1", confidence: 0.97 };
      const plate = { rawPlate: "MAB7788", readPlate: "MAB7788", correctedPlate: "MAB7788" };
      keepSessionRead(tx, { sessionId, ...read, ...plate, at });
      saveParkingTicket(tx, {
        number: 18,
        sessionId,
        laneId: "entry-1",
        issuedAt: at,
        state: "used",
        print: "printed",
      });
    });
    await look(park);
    expect(park.alert("fraud-ticket-swap")?.subject).toBe(sessionId);
  });
});

test("a terminal through which nothing goes is a critical matter until something does", async () => {
  const park = await watching({ payment_failures: { most: 2, within_h: 1 } });
  for (const status of ["failed", "unknown", "failed"] as const)
    charge(park, { status, paymentDetails: { undecided: true } });
  await look(park);
  expect(park.alert("payment-failures")).toMatchObject({
    subject: "terminal-exit-1",
    severity: "critical",
  });
  await park.pass(1);
  charge(park);
  await look(park);
  expect(park.alert("payment-failures")).toBeUndefined();
});

test("an ordinary day gives nothing to look at", async () => {
  const park = await CarPark.open();
  park.cards("exit-1", true);
  for (const plate of ["BGH1234", "MAB7788", "HHQT204"]) {
    await park.enter(plate);
    await park.pass(1800);
    await park.arrive("exit-1");
    park.read("exit-1", plate);
    await park.pass(5);
    await park.cross("exit-1");
    await park.pass(60);
    expect(park.session(plate).status).toBe("closed");
  }
  await look(park);
  expect(park.facts("alert-raised")).toEqual([]);
  expect(park.facts("violation-changed")).toEqual([]);
});
