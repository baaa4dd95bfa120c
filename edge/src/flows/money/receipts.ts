import type { DocumentLine } from "@gatehouse/shared/contracts/documents";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { vehicleClasses } from "@gatehouse/shared/vehicle";
import { billedTotal, billingOf, creditedOf } from "../../domain/money/billing.ts";
import { paperWords } from "@gatehouse/shared/paper/paper-words";
import {
  type Bill,
  debtContent,
  paidPart,
  receiptContent,
  refundContent,
} from "../../domain/money/receipt.ts";
import { sharesOf, taxInside } from "../../domain/money/tax.ts";
import type { PriceLine } from "@gatehouse/shared/tariff/tax";
import type { Reader, Tx } from "../../store/book.ts";
import { type DocumentRow, documentsOfPayment } from "../../store/documents.ts";
import { findPayment, type Payment } from "../../store/payments.ts";
import { findSession, type Session } from "../../store/sessions.ts";
import { contentOf, issueDocument, type IssuingDeps, referenceTo } from "./documents.ts";

export interface ReceiptDeps extends IssuingDeps {
  /** Whether a driver's plate stands whole on papers. */
  readonly showsPlate: boolean;
  /** What a session's price is made of now; they may sum to another amount than was charged. */
  readonly linesOf: (reader: Reader, session: Session) => readonly PriceLine[];
}

/** As far as papers tell a refund. */
export interface RefundFacts {
  readonly paymentId: string;
  readonly sessionId: string | null;
  readonly amount: number;
  readonly reason: string;
}

/**
 * The receipt of a payment that was captured just now, after its session was credited. What nobody paid (nil) or a
 * merchant pays needs none, and one payment has one receipt, however often it is told.
 *
 * @returns undefined where there is none
 */
export function issueReceipt(
  tx: Tx,
  deps: ReceiptDeps,
  payment: Payment,
  at: Instant,
): DocumentRow | undefined {
  const { paymentId, sessionId, paymentMethod, terminalId } = payment;
  if (paymentMethod === "nil" || paymentMethod === "validation") return undefined;
  if (documentsOfPayment(tx, paymentId).some(({ kind }) => kind === "receipt")) return undefined;
  const session = sessionId === null ? undefined : findSession(tx, sessionId);
  return issueDocument(tx, deps, {
    deviceId: terminalId ?? session?.exitLane ?? session?.entryLane ?? "office",
    kind: "receipt",
    sessionId,
    paymentId,
    body: receiptContent(billOf(tx, deps, payment, session, at), paidPart(payment)),
    at,
  });
}

/**
 * The note of a refund that was done just now.
 *
 * @returns undefined where its payment had no receipt: then there is nothing to take back
 */
export function issueRefundNote(
  tx: Tx,
  deps: ReceiptDeps,
  { paymentId, sessionId, amount, reason }: RefundFacts,
  at: Instant,
): DocumentRow | undefined {
  const issued = documentsOfPayment(tx, paymentId);
  const receipt = issued.find(({ kind }) => kind === "receipt");
  const payment = findPayment(tx, paymentId);
  if (receipt === undefined || payment === undefined) return undefined;
  const before = issued
    .filter(({ kind }) => kind === "refund")
    .reduce((sum, note) => sum + contentOf(note).amount_minor, 0);
  const { method, card_scheme, last_four } = paidPart(payment);
  const card = {
    ...(card_scheme === undefined ? {} : { card_scheme }),
    ...(last_four === undefined ? {} : { last_four }),
  };
  return issueDocument(tx, deps, {
    deviceId: receipt.deviceId,
    kind: "refund",
    sessionId,
    paymentId,
    body: refundContent(contentOf(receipt), referenceTo(receipt), {
      payment: { method, amount_minor: amount, ...card },
      before,
      reason,
    }),
    at,
  });
}

/** As far as papers tell a debt. */
export interface DebtFacts {
  readonly sessionId: string;
  readonly amount: number;
  readonly currency: string;
  readonly name: string | null;
  readonly reason: string;
}

/** The paper of a driver who leaves owing. @returns undefined where the session is gone */
export function issueDebtNote(
  tx: Tx,
  deps: ReceiptDeps,
  { sessionId, amount, currency, name, reason }: DebtFacts,
  at: Instant,
): DocumentRow | undefined {
  const session = findSession(tx, sessionId);
  if (session === undefined) return undefined;
  const paidBefore = creditedOf(session);
  const bill = stayBill(tx, deps, session, paidBefore, paidBefore + amount, currency, at);
  return issueDocument(tx, deps, {
    deviceId: session.exitLane ?? session.entryLane,
    kind: "debt-note",
    sessionId,
    paymentId: null,
    body: debtContent(bill, amount, name === null ? reason : `${name}: ${reason}`),
    at,
  });
}

/** What a stay costs, as papers tell it: the lines of its price where they sum to `total`, else one line. */
function stayBill(
  reader: Reader,
  deps: ReceiptDeps,
  session: Session,
  paidBefore: number,
  total: number,
  currency: string,
  at: Instant,
): Bill {
  const shares = sharesOf(billingOf(session).shares, total);
  const lines = deps.linesOf(reader, session);
  const isWhole = lines.reduce((sum, { minor }) => sum + minor, 0) === total;
  const left = session.exitTime ?? at;
  const words = paperWords(deps.issuer.locale);
  const one: DocumentLine = {
    text: words.parking,
    from: isoOf(session.entryTime as Instant),
    to: isoOf(left as Instant),
    amount_minor: total,
  };
  return {
    currency,
    session: {
      plate: plateText(session.vehicleLicense, deps.showsPlate),
      enteredAt: session.entryTime as Instant,
      leftAt: left as Instant,
    },
    lines: isWhole ? lines.map((line) => lineOf(line, words.rules)) : [one],
    shares,
    paidBefore,
  };
}

function billOf(
  tx: Tx,
  deps: ReceiptDeps,
  payment: Payment,
  session: Session | undefined,
  at: Instant,
): Bill {
  const { amount, currency, purpose } = payment;
  if (session !== undefined && purpose === "stay")
    return ofStay(tx, deps, session, amount, currency, at);
  const text = paperWords(deps.issuer.locale).purposes[purpose];
  const rate = payment.paymentDetails["rate_ppm"];
  return {
    currency,
    session: null,
    lines: [{ text, from: null, to: null, amount_minor: amount }],
    // Loading an account is no supply yet: the tax comes with what is parked from it.
    shares: [taxInside(amount, typeof rate === "number" ? rate : 0)],
    paidBefore: 0,
  };
}

/** The whole price is what the books have charged: this payment has been credited already. */
function ofStay(
  tx: Tx,
  deps: ReceiptDeps,
  session: Session,
  amount: number,
  currency: string,
  at: Instant,
): Bill {
  const before = Math.max(0, creditedOf(session) - amount);
  const total = Math.max(billedTotal(billingOf(session)), before + amount);
  return stayBill(tx, deps, session, before, total, currency, at);
}

const lineOf = (
  { rule, from, to, minor }: PriceLine,
  rules: Readonly<Record<string, string>>,
): DocumentLine => ({
  text: ruleText(rule, rules),
  from: from === to ? null : isoOf(from),
  to: from === to ? null : isoOf(to),
  amount_minor: minor,
});

/** What a rule is called on papers: our own rules in the paper's language, the tariff's as it names them. */
function ruleText(rule: string, rules: Readonly<Record<string, string>>): string {
  const [, name = rule, detail] = /^(.*?)(?::([^:]+))?$/.exec(rule) ?? [];
  if (name === "tax") return `${rules["tax"] ?? name} ${detail ?? ""} %`;
  const isClass = vehicleClasses.some((each) => each === detail);
  return rules[name] ?? (isClass ? name : rule);
}

const plateText = (plate: string | null, isWhole: boolean): string | null =>
  plate === null || isWhole ? plate : `***${plate.slice(-3)}`;
