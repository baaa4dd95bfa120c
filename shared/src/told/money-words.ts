import type { LedgerFact } from "../contracts/event.ts";
import type { Actor } from "../contracts/actor.ts";
import type { moneyEventBodies } from "../contracts/money-events.ts";
import { formatMinor, minorUnits } from "../money.ts";

export type MoneyFact = Extract<LedgerFact, { type: keyof typeof moneyEventBodies }>;

/** Any line of the ledger about money in one sentence. Amounts without their currency are minor units. */
export function moneySentence(fact: MoneyFact): string {
  switch (fact.type) {
    case "payment-started":
      return `${money(fact.body.amount_minor, fact.body.currency)} asked, ${methods[fact.body.method]}${fact.body.terminal_id === null ? "" : ` at ${fact.body.terminal_id}`}.`;
    case "payment-captured":
      return `Paid, receipt ${fact.body.receipt_number ?? "–"} (known by ${fact.body.known_by}).`;
    case "payment-declined":
      return `Not paid: ${fact.body.reason}.`;
    case "payment-unknown":
      return `The answer was lost: ${fact.body.detail}.`;
    case "payment-accepted-offline":
      return `Accepted without the bank's answer, to be charged later: ${fact.body.detail}.`;
    case "payment-reversed":
      return `Taken back by ${whoOf(fact.body.by)}: ${fact.body.reason}.`;
    case "payment-disputed":
      return `The cardholder's dispute was ${fact.body.state}: ${fact.body.detail}.`;
    case "refund-changed":
      return `Refund of ${fact.body.amount_minor} minor units ${fact.body.status}, asked by ${fact.body.requested_by}${fact.body.approved_by === null ? "" : `, agreed by ${fact.body.approved_by}`}: ${fact.body.reason}.`;
    case "entry-posted":
      return `Booked (${fact.body.kind.replaceAll("-", " ")}): ${fact.body.lines.map((line) => bookedText(line, fact.body.currency)).join(", ")}.`;
    case "document-issued":
      return `${documents[fact.body.kind]} ${fact.body.number} was issued at ${fact.body.device_id}.`;
    case "document-reprinted":
      return `Copy ${fact.body.copy} was made by ${whoOf(fact.body.by)}.`;
    case "shift-changed":
      return shiftSentence(fact.body);
    case "shift-closed":
      return `Shift of ${fact.body.operator} at ${fact.body.drawer_id} closed, report ${fact.body.z_number}: counted ${fact.body.counted_minor}, expected ${fact.body.expected_minor} minor units.`;
    case "violation-changed":
      return `Violation (${fact.body.violation_type.replaceAll("-", " ")}${fact.body.plate === null ? "" : `, ${fact.body.plate}`}) is ${fact.body.status}, ${fact.body.penalty_minor} minor units, by ${whoOf(fact.body.by)}: ${fact.body.reason}.`;
    case "validation-changed":
      return `Validation of ${fact.body.merchant_id} ${fact.body.state} by ${whoOf(fact.body.by)}: ${fact.body.reason}.`;
    case "merchant-changed":
      return `Merchant ${fact.body.name} was saved by ${whoOf(fact.body.by)}${fact.body.new_token === true ? ", with a new token" : ""}${becauseOf(fact.body.reason)}.`;
    case "value-account-changed":
      return `The account of ${fact.body.holder} was saved by ${whoOf(fact.body.by)}${becauseOf(fact.body.reason)}.`;
    case "subscription-changed":
      return `The renewal of permit ${fact.body.permit_id} is ${fact.body.state}, paid until ${fact.body.paid_until}: ${fact.body.reason}.`;
    case "terminal-day-ended":
      return `Card terminal ${fact.body.terminal_id} had its end of day by ${whoOf(fact.body.by)}: ${fact.body.totals === null ? "totals on paper" : `${fact.body.totals.count} payments, ${money(fact.body.totals.amount_minor, fact.body.currency)}`}.`;
    case "debt-changed":
      return `${money(fact.body.amount_minor, fact.body.currency)} owed${fact.body.plate === null ? "" : ` by ${fact.body.plate}`}: ${fact.body.state.replaceAll("-", " ")}, by ${whoOf(fact.body.by)}: ${fact.body.reason}.`;
  }
}

function shiftSentence(body: Extract<MoneyFact, { type: "shift-changed" }>["body"]): string {
  const { operator, drawer_id, move, amount_minor, reason, by } = body;
  const what = {
    open: "opened with a float of",
    count: "counted",
    relief: "relieved with",
  } as const;
  const verb =
    move in what ? what[move as keyof typeof what] : `had a ${move.replaceAll("-", " ")} of`;
  return `Shift of ${operator} at ${drawer_id} ${verb} ${amount_minor} minor units, by ${whoOf(by)}: ${reason}.`;
}

const methods = {
  card: "by card",
  cash: "in cash",
  online: "online",
  "stored-value": "from stored value",
  validation: "from a merchant",
  "on-file": "from the means on file",
  nil: "given up",
} as const;

const documents = {
  receipt: "Receipt",
  invoice: "Invoice",
  refund: "Refund note",
  "shift-report": "Shift report",
  "debt-note": "Debt note",
} as const;

/** A debit with its amount, a credit with a minus before it. */
const bookedText = (line: { account: string; minor: number }, currency: string): string =>
  `${line.account.replaceAll("-", " ")} ${money(line.minor, currency)}`;

const becauseOf = (reason: string | undefined): string =>
  reason === undefined ? "" : `: ${reason}`;
const whoOf = (actor: Actor): string => actor.id ?? actor.kind;
const money = (amount: number, currency: string): string =>
  formatMinor(minorUnits(amount), currency);
