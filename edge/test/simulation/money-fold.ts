import type { EventBody } from "@gatehouse/shared/contracts/event";
import { BooksFold } from "./books-fold.ts";
import type { Notebook } from "./notebook.ts";
import type { SessionFold } from "./session-fold.ts";

export interface FoldedPayment {
  readonly sessionId: string | null;
  readonly purpose: string;
  /** Of what is no stay: the violation, the account, the subscription. */
  readonly subjectId: string | null;
  readonly method: string;
  /** Terminal, drawer, account or merchant. */
  readonly place: string | null;
  readonly amount: number;
  refunded: number;
  /** Where each dispute of it stands, by name. */
  readonly disputes: Map<string, EventBody<"payment-disputed">["state"]>;
  status:
    | "started"
    | "captured"
    | "declined"
    | "unknown"
    | "accepted-offline"
    | "part-refunded"
    | "refunded"
    | "reversed";
}

interface FoldedRefund {
  readonly paymentId: string;
  readonly amount: number;
  status: EventBody<"refund-changed">["status"];
}

type Receipts = Map<string, { readonly paymentId: string; readonly amount: number }>;

const atGateway: readonly string[] = ["online", "on-file"];
const validationMoves: Readonly<Record<string, readonly string[]>> = {
  nothing: ["issued"],
  issued: ["used", "revoked", "expired"],
  used: ["revoked"],
};
const underWay: readonly string[] = ["started", "unknown"];

/** What the ledger says of money: I1 and I11. */
export class MoneyFold {
  readonly payments = new Map<string, FoldedPayment>();
  readonly refunds = new Map<string, FoldedRefund>();
  readonly books: BooksFold;
  /** `terminal/receipt` of every capture that a terminal told of. */
  readonly receipts: Receipts = new Map();
  /** `gateway/charge` of every capture through a gateway. */
  readonly charges: Receipts = new Map();
  /** `terminal amount` of every capture that a person has decided. */
  readonly byWord: string[] = [];
  /** All that was ever captured, whatever was given back later. */
  capturedMinor = 0;
  readonly #sessions: SessionFold;
  readonly #notebook: Notebook;
  /** The payment whose outcome is open, by what it pays. */
  readonly #unresolved = new Map<string, string>();
  readonly #validations = new Map<string, string>();
  readonly #goingBack = new Set<string>();
  /** Money that went back of a payment and is not yet in the books, by payment. */
  readonly #givenBack = new Map<string, number>();

  constructor(sessions: SessionFold, notebook: Notebook) {
    this.#sessions = sessions;
    this.#notebook = notebook;
    this.books = new BooksFold(notebook);
  }

  /** Payments whose outcome is not known. */
  get unresolvedCount(): number {
    return this.#unresolved.size;
  }

  /** How many captures a person has decided of a terminal or gateway. */
  byWordAt(place: string): number {
    return this.byWord.filter((word) => word.startsWith(`${place} `)).length;
  }

  /** Whether all of a payment has gone back, or is on its way: then its terminal may have taken it out. */
  isGoingBack(paymentId: string): boolean {
    return this.#goingBack.has(paymentId);
  }

  /** Whether nobody can tell just now what a terminal has booked, or given back. */
  isOpenAt(terminalId: string): boolean {
    const isThere = (payment: FoldedPayment | undefined): boolean => payment?.place === terminalId;
    const isUndecided = [...this.#unresolved.values()].some((id) => isThere(this.payments.get(id)));
    return (
      isUndecided ||
      [...this.refunds.values()].some(
        ({ status, paymentId }) =>
          underWay.includes(status) && isThere(this.payments.get(paymentId)),
      )
    );
  }

  started(body: EventBody<"payment-started">): void {
    const { payment_id: paymentId, session_id: sessionId, amount_minor: amount, method } = body;
    if (sessionId === null && (body.purpose ?? "stay") === "stay")
      this.#complain(`${paymentId} pays for no stay`);
    if (this.payments.has(paymentId)) this.#complain(`payment ${paymentId} begins twice`);
    // A page that nobody has paid on yet hinders nothing.
    const { terminal_id: place, purpose = "stay", subject_id: subjectId = null } = body;
    const about = { sessionId, purpose, subjectId, method, place, amount };
    const payment = { ...about, refunded: 0, disputes: new Map(), status: "started" as const };
    if (method !== "online" && purpose !== "top-up") this.#begin(payment, paymentId);
    this.payments.set(paymentId, payment);
  }

  captured(body: EventBody<"payment-captured">): void {
    const { payment_id: paymentId, amount_minor: amount } = body;
    const payment = this.payments.get(paymentId);
    if (payment === undefined) return this.#complain(`captured for nobody: ${paymentId}`);
    const { status, method } = payment;
    const isLate = status === "declined" && atGateway.includes(method);
    if (!isLate && !["started", "unknown", "accepted-offline"].includes(status))
      return this.#complain(`${paymentId} is ${status} and captured`);
    if (amount !== payment.amount) this.#complain(`${paymentId} captured another amount`);
    if (method === "card") this.#takeReceipt(body, amount, this.receipts);
    if (atGateway.includes(method)) this.#takeReceipt(body, amount, this.charges);
    this.#end(payment, paymentId);
    payment.status = "captured";
    this.capturedMinor += amount;
    this.#notebook.mark(`payments by ${method}`);
    if (isLate) this.#notebook.mark("payments that came late");
    if (status !== "accepted-offline") this.#credit(payment, amount);
  }

  acceptedOffline({ payment_id: paymentId }: EventBody<"payment-accepted-offline">): void {
    const payment = this.payments.get(paymentId);
    if (payment?.status !== "started")
      return this.#complain(`${paymentId} is ${payment?.status} and let go offline`);
    payment.status = "accepted-offline";
    this.#end(payment, paymentId);
    this.#notebook.mark("payments accepted offline");
    this.#credit(payment, payment.amount);
  }

  declined({ payment_id: paymentId }: EventBody<"payment-declined">): void {
    const payment = this.#open(paymentId);
    if (payment === undefined) return;
    if (payment.status === "accepted-offline") this.#takeBack(payment);
    payment.status = "declined";
    this.#end(payment, paymentId);
  }

  unknown({ payment_id: paymentId }: EventBody<"payment-unknown">): void {
    const payment = this.#open(paymentId);
    if (payment !== undefined) payment.status = "unknown";
    this.#notebook.mark("payments unknown");
  }

  reversed({ payment_id: paymentId, amount_minor: amount }: EventBody<"payment-reversed">): void {
    const payment = this.payments.get(paymentId);
    if (payment?.status !== "captured" || amount !== payment.amount)
      return this.#complain(`${paymentId} is ${payment?.status} and taken back whole`);
    payment.status = "reversed";
    this.#givenBack.delete(paymentId);
    this.#notebook.mark("payments taken back");
    this.#takeBack(payment);
  }

  disputed(body: EventBody<"payment-disputed">): void {
    const { payment_id: paymentId, state, detail } = body;
    const ref = detail.split(":")[0] ?? "";
    const payment = this.payments.get(paymentId);
    const known = payment?.disputes.get(ref);
    if ((state === "opened") === (known === "opened"))
      this.#complain(
        `dispute ${ref} of ${paymentId} is ${known ?? "unknown"} and becomes ${state}`,
      );
    payment?.disputes.set(ref, state);
    this.#notebook.mark(`disputes ${state}`);
  }

  refund(body: EventBody<"refund-changed">): void {
    const { refund_id: refundId, payment_id: paymentId, amount_minor: amount, status } = body;
    const known = this.refunds.get(refundId);
    if (known?.status === "done" || known?.status === "refused" || known?.status === "failed")
      this.#complain(`refund ${refundId} is ${known.status} and becomes ${status}`);
    this.refunds.set(refundId, { paymentId, amount, status });
    this.#notebook.mark(`refunds ${status}`);
    if (amount === this.payments.get(paymentId)?.amount) {
      if (status === "failed" || status === "refused") this.#goingBack.delete(paymentId);
      else if (status !== "requested") this.#goingBack.add(paymentId);
    }
    if (status === "done") this.#givenBack.set(paymentId, amount);
  }

  /** What a merchant gave counts once, and not any more when it was taken back. */
  validation({ validation_id: id, state }: EventBody<"validation-changed">): void {
    const known = this.#validations.get(id) ?? "nothing";
    if (!(validationMoves[known] ?? []).includes(state))
      this.#complain(`validation ${id} is ${known} and becomes ${state}`);
    this.#validations.set(id, state);
    this.#notebook.mark(`validations ${state}`);
  }

  posted(body: EventBody<"entry-posted">): void {
    this.books.posted(body);
    const { payment_id: paymentId, kind, lines } = body;
    if (kind !== "refund" || paymentId === null) return;
    const payment = this.payments.get(paymentId);
    const amount = this.#givenBack.get(paymentId);
    if (payment === undefined || amount === undefined)
      return this.#complain(`${paymentId} is refunded in the books alone`);
    this.#givenBack.delete(paymentId);
    payment.refunded += amount;
    if (payment.refunded > payment.amount)
      this.#complain(`${paymentId} gave ${payment.refunded} back of ${payment.amount}`);
    payment.status = payment.refunded === payment.amount ? "refunded" : "part-refunded";
    this.#credit(payment, -amount);
    const allowed = lines
      .filter(({ account }) => account === "refunds" || account === "tax")
      .reduce((sum, { minor }) => sum + minor, 0);
    this.#sessions.allowed(payment.sessionId, allowed);
  }

  /** Between two transactions: whatever went back is in the books. */
  check(): void {
    for (const [paymentId, amount] of this.#givenBack)
      this.#complain(`${amount} of ${paymentId} went back and the books do not say so`);
    this.#givenBack.clear();
  }

  #begin({ sessionId, subjectId }: FoldedPayment, paymentId: string): void {
    const subject = sessionId ?? subjectId ?? "";
    const other = this.#unresolved.get(subject);
    if (other !== undefined) this.#complain(`${subject} is charged while ${other} is not resolved`);
    this.#unresolved.set(subject, paymentId);
  }

  #end({ sessionId, subjectId }: FoldedPayment, paymentId: string): void {
    const subject = sessionId ?? subjectId ?? "";
    if (this.#unresolved.get(subject) === paymentId) this.#unresolved.delete(subject);
  }

  #takeBack(payment: FoldedPayment): void {
    const { sessionId, amount } = payment;
    this.#credit(payment, -amount);
    if (this.books.balance("receivable", sessionId ?? "") + amount > 0)
      this.#sessions.takenBack(sessionId);
  }

  #takeReceipt(body: EventBody<"payment-captured">, amount: number, known: Receipts): void {
    const { payment_id: paymentId, known_by: knownBy, receipt_number: number } = body;
    this.#notebook.mark(`captures known by ${knownBy}`);
    if (number === null && knownBy === "person")
      return void this.byWord.push(`${body.terminal_id ?? ""} ${amount}`);
    const receipt = `${body.terminal_id ?? ""}/${number ?? ""}`;
    const used = known.get(receipt);
    if (used !== undefined) this.#complain(`${receipt} pays ${used.paymentId} and ${paymentId}`);
    known.set(receipt, { paymentId, amount });
    if (knownBy === "enquiry") this.#notebook.mark("captures found by asking");
  }

  #credit({ sessionId }: FoldedPayment, amount: number): void {
    if (sessionId === null) return;
    if (!this.#sessions.credited(sessionId, amount))
      this.#complain(`${sessionId} is paid and nobody knows it`);
  }

  #open(paymentId: string): FoldedPayment | undefined {
    const payment = this.payments.get(paymentId);
    if (payment === undefined) this.#complain(`unknown payment ${paymentId}`);
    else if (!["started", "unknown", "accepted-offline"].includes(payment.status))
      this.#complain(`payment ${paymentId} is ${payment.status} and ends again`);
    return payment;
  }

  #complain(what: string): void {
    this.#notebook.complain("I1", what);
  }
}

/** What its row must say: a bank that holds or has kept the money comes first. */
export function statusOf({ status, disputes }: FoldedPayment): string {
  const states = [...disputes.values()];
  if (status === "reversed") return status;
  if (states.includes("opened")) return "disputed";
  return states.includes("lost") ? "charged-back" : status;
}
