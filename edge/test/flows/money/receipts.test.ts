import { expect, test } from "vitest";
import { DocumentBody } from "@gatehouse/shared/contracts/documents";
import { CardWriting } from "../../../src/flows/money/card-writing.ts";
import type { MoneyDeps } from "../../../src/flows/money/money-deps.ts";
import { findPayment } from "../../../src/store/payments.ts";
import { CarPark } from "../car-park.ts";

/** A car that stayed for an hour has paid by card at the exit. */
async function paid() {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  await park.pass(7);
  const payment = findPayment(park.book, park.payments[0]?.paymentId ?? "");
  if (payment === undefined) throw new Error("nobody paid");
  const documents = park.facility.documents.list({ paymentId: payment.paymentId }).documents;
  return { park, payment, documents };
}

test("a driver who pays by card has one receipt with the lines of the price, its tax and the card's last digits", async () => {
  const { park, payment, documents } = await paid();
  expect(documents).toMatchObject([{ kind: "receipt", number: 1, amount_minor: 313 }]);
  const [issued] = park.facts("document-issued");
  expect(issued).toMatchObject({ payment_id: payment.paymentId, number: 1 });
  const body = DocumentBody.parse(issued?.body);
  expect(body.session?.plate).toBe("BGH1234");
  expect(body.lines.reduce((sum, { amount_minor }) => sum + amount_minor, 0)).toBe(313);
  const taxed = body.taxes.reduce(
    (sum, { net_minor, tax_minor }) => sum + net_minor + tax_minor,
    0,
  );
  expect(taxed).toBe(313);
  expect(body.payments).toMatchObject([{ method: "card", amount_minor: 313 }]);
});

test("what the terminal wants printed comes after the payment, and stands on the paper all the same", async () => {
  const { park, payment, documents } = await paid();
  const [receipt] = documents;
  const pieces = () => park.facility.documents.shown(receipt?.document_id ?? "")?.pieces ?? [];
  const asIs = () => pieces().flatMap((piece) => (piece.kind === "as-is" ? [piece.text] : []));
  const told = asIs();
  const writing = new CardWriting({ book: park.book } as MoneyDeps);
  const lines = ["  KUNDENBELEG  ", "Betrag      3,13"];
  const { transactionId, terminalId } = payment;
  const papers = [
    { for: "merchant", lines: ["not for the driver"] },
    { for: "customer", lines },
  ] as const;
  const again = { terminalId: terminalId ?? "", receiptNumber: transactionId ?? "", papers };
  writing.capture(payment, again, "answer");
  expect(asIs()).toEqual(told.length === 0 ? lines : told);
  expect(park.facts("payment-captured")).toHaveLength(1);
});

test("without tills no shift begins, and the kiosk is told so", async () => {
  const { park } = await paid();
  const boss = { actor: { kind: "attendant", id: "boss" }, isSupervisor: true } as const;
  expect(park.facility.shifts.tills().tills).toEqual([]);
  const opened = park.facility.shifts.open("till-1", { request_id: "o", float_minor: 0 }, boss);
  expect(opened).toMatchObject({ reason: "unknown-till" });
});
