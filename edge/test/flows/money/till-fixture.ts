import { generateKeyPairSync } from "node:crypto";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { DocumentContent } from "@gatehouse/shared/contracts/documents";
import { factOf, LedgerLine } from "@gatehouse/shared/contracts/event";
import type { PaymentMethod } from "@gatehouse/shared/contracts/money-terms";
import { TillConfig } from "@gatehouse/shared/contracts/till-config";
import type { Account } from "../../../src/domain/money/chart.ts";
import { captureEntry, chargeEntry, refundEntry } from "../../../src/domain/money/entry.ts";
import { receiptContent, refundContent } from "../../../src/domain/money/receipt.ts";
import { taxInside } from "../../../src/domain/money/tax.ts";
import { issueDocument } from "../../../src/flows/money/documents.ts";
import { post } from "../../../src/flows/money/posting.ts";
import { ShiftsDesk } from "../../../src/flows/money/shifts-desk.ts";
import { Book, type BookOptions } from "../../../src/store/book.ts";
import { linesAfter } from "../../../src/store/ledger.ts";
import { refunds } from "../../../src/store/money-schema.ts";
import { insertPayment } from "../../../src/store/payments.ts";
import { writerOf } from "../../../src/store/rows.ts";
import { openShiftAt } from "../../../src/store/shifts.ts";
import { morning } from "../car-park.ts";

export const issuer = {
  name: "Parkhaus Süd GmbH",
  address: "Ringstraße 1\n10115 Berlin",
  tax_id: "DE123456789",
  timezone: "Europe/Berlin",
  locale: "de-DE",
};
export const as = (id: string, isSupervisor = false) => ({
  actor: { kind: "attendant", id } as const,
  isSupervisor,
});
export const keys = generateKeyPairSync("ed25519");

const intoOf: Partial<Record<PaymentMethod, Account>> = {
  cash: "drawer",
  card: "card-clearing",
  nil: "write-offs",
};
const refundRows = writerOf(refunds);

/** A facility's tills with a real book, and money that comes and goes as payments do. */
export function tillsOf(path = ":memory:", options: BookOptions = {}) {
  const book = new Book(path, options);
  const clock = new VirtualClock(morning);
  const random = new SeededRandom(4);
  const tills = ["till-1", "till-2"].map((id) => TillConfig.parse({ id, name: id }));
  const head = { facilityId: "p1", facilityName: "Parkhaus Süd", currency: "EUR" };
  const desk = new ShiftsDesk({
    book,
    clock,
    random,
    issuer,
    tills,
    ...head,
    key: keys.privateKey,
  });
  const about = { currency: "EUR" };

  /** A payment of a stay with its charge, its posting and its receipt, in one transaction. */
  const take = (method: PaymentMethod, amount: number, tillId = "till-1"): string =>
    book.write((tx) => {
      const at = clock.now();
      const paymentId = random.id();
      const shiftId = openShiftAt(tx, tillId)?.shiftId ?? null;
      const into = intoOf[method] ?? "online-clearing";
      insertPayment(tx, {
        paymentId,
        sessionId: "s-1",
        userId: null,
        amount,
        currency: "EUR",
        paymentMethod: method,
        transactionId: null,
        terminalId: tillId,
        status: "captured",
        startedAt: at,
        processedAt: at,
        paymentDetails: method === "nil" ? { reason: "lift was out of order" } : {},
        purpose: "stay",
        subjectId: null,
        refunded: 0,
        shiftId,
        requestId: null,
      });
      const more = { ...about, paymentId, shiftId: shiftId ?? undefined };
      post(tx, random, at, chargeEntry("s-1", [taxInside(amount, 190_000)]), about);
      post(tx, random, at, captureEntry(into, tillId, "s-1", amount), more);
      if (method !== "nil")
        issueDocument(
          tx,
          { random, issuer },
          {
            deviceId: tillId,
            kind: "receipt",
            sessionId: "s-1",
            paymentId,
            at,
            body: receiptOf(amount, method),
          },
        );
      return paymentId;
    });

  /** Gives a part of a cash payment back out of the drawer. */
  const giveBack = (paymentId: string, of: number, amount: number, tillId = "till-1"): void =>
    book.write((tx) => {
      const at = clock.now();
      const shiftId = openShiftAt(tx, tillId)?.shiftId ?? null;
      refundRows.insert(tx, {
        refundId: random.id(),
        paymentId,
        sessionId: "s-1",
        amount,
        currency: "EUR",
        status: "done",
        reason: "paid twice",
        requestedBy: "anna",
        approvedBy: null,
        requestedAt: at,
        processedAt: at,
        providerRef: null,
        shiftId,
        details: {},
      });
      const shares = [taxInside(amount, 190_000)];
      const more = { ...about, paymentId, shiftId: shiftId ?? undefined };
      post(tx, random, at, refundEntry("drawer", tillId, shares), more);
      const part = { method: "cash", amount_minor: amount } as const;
      issueDocument(
        tx,
        { random, issuer },
        {
          deviceId: tillId,
          kind: "refund",
          sessionId: "s-1",
          paymentId,
          at,
          body: refundContent(
            receiptOf(of, "cash"),
            { kind: "receipt", device_id: tillId, number: 1 },
            { payment: part, before: 0, reason: "paid twice" },
          ),
        },
      );
    });

  const facts = () =>
    linesAfter(book, 1, 0, 10_000).map(({ text }) => factOf(LedgerLine.parse(JSON.parse(text))));
  return { book, clock, random, desk, take, giveBack, facts };
}

/** A stay of an hour at 19 % tax, paid whole. */
export const receiptOf = (amount: number, method: PaymentMethod): DocumentContent =>
  receiptContent(
    {
      currency: "EUR",
      session: { plate: "B GH 1234", enteredAt: morning, leftAt: null },
      lines: [{ text: "Parken", from: null, to: null, amount_minor: amount }],
      shares: [taxInside(amount, 190_000)],
      paidBefore: 0,
    },
    { method, amount_minor: amount },
  );
