import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { Notebook } from "./notebook.ts";
import type { SessionFold } from "./session-fold.ts";

interface FoldedPayment {
  readonly sessionId: string;
  readonly amount: number;
  status: "started" | "captured" | "declined" | "unknown";
}

/** What the ledger says of money: I1. */
export class MoneyFold {
  readonly payments = new Map<string, FoldedPayment>();
  /** `terminal/receipt` of every capture. */
  readonly receipts = new Map<string, { readonly paymentId: string; readonly amount: number }>();
  capturedMinor = 0;
  readonly #sessions: SessionFold;
  readonly #notebook: Notebook;
  /** The payment whose outcome is open, by session. */
  readonly #unresolved = new Map<string, string>();

  constructor(sessions: SessionFold, notebook: Notebook) {
    this.#sessions = sessions;
    this.#notebook = notebook;
  }

  /** Payments whose outcome is not known. */
  get unresolvedCount(): number {
    return this.#unresolved.size;
  }

  started(body: EventBody<"payment-started">): void {
    const { payment_id: paymentId, session_id: sessionId, amount_minor: amount } = body;
    if (sessionId === null) return this.#complain(`${paymentId} pays for no stay`);
    if (this.payments.has(paymentId)) this.#complain(`payment ${paymentId} begins twice`);
    const other = this.#unresolved.get(sessionId);
    if (other !== undefined)
      this.#complain(`${sessionId} is charged while ${other} is not resolved`);
    this.#unresolved.set(sessionId, paymentId);
    this.payments.set(paymentId, { sessionId, amount, status: "started" });
  }

  captured(body: EventBody<"payment-captured">): void {
    const { payment_id: paymentId, amount_minor: amount } = body;
    const payment = this.payments.get(paymentId);
    const session = this.#sessions.all.get(body.session_id ?? "");
    if (payment === undefined || session === undefined)
      return this.#complain(`captured for nobody: ${paymentId}`);
    if (payment.status === "captured") return this.#complain(`${paymentId} is captured twice`);
    if (amount !== payment.amount) this.#complain(`${paymentId} captured another amount`);
    const receipt = `${body.terminal_id ?? ""}/${body.receipt_number ?? ""}`;
    const used = this.receipts.get(receipt);
    if (used !== undefined) this.#complain(`${receipt} pays ${used.paymentId} and ${paymentId}`);
    this.receipts.set(receipt, { paymentId, amount });
    if (body.known_by === "enquiry") this.#notebook.mark("captures found by asking");
    this.#unresolved.delete(payment.sessionId);
    payment.status = "captured";
    session.paid += amount;
    this.capturedMinor += amount;
  }

  declined({ payment_id: paymentId }: EventBody<"payment-declined">): void {
    const payment = this.#open(paymentId);
    if (payment === undefined) return;
    payment.status = "declined";
    this.#unresolved.delete(payment.sessionId);
  }

  unknown({ payment_id: paymentId }: EventBody<"payment-unknown">): void {
    const payment = this.#open(paymentId);
    if (payment !== undefined) payment.status = "unknown";
    this.#notebook.mark("payments unknown");
  }

  #open(paymentId: string): FoldedPayment | undefined {
    const payment = this.payments.get(paymentId);
    if (payment === undefined) this.#complain(`unknown payment ${paymentId}`);
    else if (payment.status === "captured" || payment.status === "declined")
      this.#complain(`payment ${paymentId} is ${payment.status} and ends again`);
    return payment;
  }

  #complain(what: string): void {
    this.#notebook.complain("I1", what);
  }
}
