import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { trialBalance } from "../../src/store/books.ts";
import { Book } from "../../src/store/book.ts";
import { findPayment, takingsSince } from "../../src/store/payments.ts";
import { oldBook } from "./old-book.ts";

test("an older book keeps every payment, as one for a stay of which nothing was given back", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-money-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "book.sqlite");
  oldBook(
    file,
    "0010_money",
    `insert into payments (payment_id, session_id, amount, currency, payment_method, transaction_id, terminal_id,
       status, started_at, processed_at, payment_details)
     values ('p1', 's1', 250, 'EUR', 'card', '0042', 'terminal-1', 'captured', 1000, 2000, '{"card_last_four":"1234"}')`,
  );
  const book = new Book(file);
  onTestFinished(() => book.close());
  expect(findPayment(book, "p1")).toMatchObject({
    sessionId: "s1",
    amount: 250,
    status: "captured",
    transactionId: "0042",
    paymentDetails: { card_last_four: "1234" },
    purpose: "stay",
    subjectId: null,
    refunded: 0,
    requestId: null,
  });
  expect(takingsSince(book, 0)).toEqual({ capturedMinor: 250, count: 1 });
  expect(trialBalance(book)).toEqual([]);
});
