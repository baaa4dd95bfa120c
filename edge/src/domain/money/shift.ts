import type { DocumentContent } from "@gatehouse/shared/contracts/documents";
import { type PaymentMethod, paymentMethods } from "@gatehouse/shared/contracts/money-terms";
import type { ShiftReport } from "@gatehouse/shared/contracts/shifts";
import { endKinds } from "./cash.ts";
import { sumOfTaxes } from "./receipt.ts";

/** Who may still do what with a shift: it takes and gives money while it is open, and closes once it was counted. */
export type ShiftState = "open" | "counted" | "closed";
export type ShiftAct = "move" | "count" | "recount" | "close" | "relief";

const allowed: Readonly<Record<ShiftState, readonly ShiftAct[]>> = {
  open: ["move", "count", "relief"],
  // Whoever counted has been told what should be there: only somebody else's order lets them count again.
  counted: ["recount", "close"],
  closed: [],
};

export const shiftMay = (state: ShiftState, act: ShiftAct): boolean => allowed[state].includes(act);

/** One line of a drawer in the books. */
export interface DrawerLine {
  readonly kind: string;
  readonly minor: number;
}

export interface ShiftPayment {
  readonly paymentId: string;
  readonly method: PaymentMethod;
  readonly amount: number;
  /** `taken`: the money counts or counted; `void`: taken back whole without a refund; `none`: nothing came of it. */
  readonly outcome: "taken" | "void" | "none";
  readonly reason: string;
}

export interface ShiftRefund {
  readonly refundId: string;
  readonly paymentId: string;
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly status: string;
  readonly reason: string;
  /** The whole payment was taken back, as if it had never been. */
  readonly isVoid: boolean;
}

/** Everything that a shift's report rests on. */
export interface ShiftFacts {
  readonly head: Pick<
    ShiftReport,
    | "facility_id"
    | "facility"
    | "currency"
    | "till_id"
    | "shift_id"
    | "operator"
    | "opened_at"
    | "until"
    | "relieves"
    | "float_minor"
  >;
  /** What the books moved in the till's drawer under this shift, oldest first. */
  readonly drawer: readonly DrawerLine[];
  readonly payments: readonly ShiftPayment[];
  readonly refunds: readonly ShiftRefund[];
  readonly receipts: readonly Pick<DocumentContent, "taxes">[];
  readonly refundNotes: readonly Pick<DocumentContent, "taxes">[];
  readonly numbers: ShiftReport["receipts"];
  readonly openings: ShiftReport["manual_openings"];
  readonly debts: ShiftReport["debts"];
  readonly moves: ShiftReport["moves"];
}

/** What only the end of a shift knows. */
export type ShiftEnd = Pick<ShiftReport, "z_number" | "counted_minor" | "pieces" | "left_minor">;

const notEnded: ShiftEnd = { z_number: null, counted_minor: null, pieces: null, left_minor: null };

/** A shift's report: X without an end, Z with it. */
export function shiftReport(facts: ShiftFacts, end: ShiftEnd = notEnded): ShiftReport {
  const { head, payments, refunds, drawer } = facts;
  const cash = cashMovements(drawer);
  const moved = cash.reduce((sum, { in_minor, out_minor }) => sum + in_minor - out_minor, 0);
  const expected = head.float_minor + moved;
  const { counted_minor } = end;
  return {
    ...head,
    ...end,
    cash,
    means: takenByMeans(payments, refunds),
    taxes: sumOfTaxes([
      ...facts.receipts.flatMap(({ taxes }) => taxes),
      ...facts.refundNotes.flatMap(({ taxes }) => taxes).map(negated),
    ]).filter(({ net_minor, tax_minor }) => net_minor !== 0 || tax_minor !== 0),
    receipts: facts.numbers,
    refunds: refunds
      .filter(({ isVoid }) => !isVoid)
      .map(({ refundId, amount, reason, status }) => ({
        refund_id: refundId,
        amount_minor: amount,
        reason,
        status,
      })),
    voids: [
      ...refunds.filter(({ isVoid, status }) => isVoid && status === "done"),
      ...payments.filter(({ outcome }) => outcome === "void"),
    ].map(({ paymentId, amount, method }) => ({
      payment_id: paymentId,
      amount_minor: amount,
      method,
    })),
    nil_payments: payments
      .filter(({ method, outcome }) => method === "nil" && outcome === "taken")
      .map(({ paymentId, amount, reason }) => ({
        payment_id: paymentId,
        amount_minor: amount,
        reason,
      })),
    manual_openings: facts.openings,
    debts: facts.debts,
    moves: facts.moves,
    expected_minor: expected,
    difference_minor: counted_minor === null ? null : counted_minor - expected,
  };
}

/**
 * Why a report does not agree with the books, in a sentence; undefined when it agrees to the minor unit.
 *
 * @param balance what the books say lies in the drawer
 */
export function imbalanceOf(report: ShiftReport, balance: number): string | undefined {
  const { expected_minor, float_minor, cash, moves } = report;
  if (expected_minor !== balance)
    return `the report expects ${expected_minor} in the drawer, and the books have ${balance}`;
  const sumOfMoves = (name: string): number =>
    moves.filter(({ move }) => move === name).reduce((sum, each) => sum + each.amount_minor, 0);
  if (sumOfMoves("open") !== float_minor)
    return `the float is ${float_minor}, and the shift was opened with ${sumOfMoves("open")}`;
  const wrong = (["drop", "pay-in", "pay-out"] as const).find((kind) => {
    const booked = cash.find((each) => each.kind === kind);
    const minor = (booked?.in_minor ?? 0) + (booked?.out_minor ?? 0);
    return minor !== sumOfMoves(kind);
  });
  if (wrong !== undefined) return `the ${wrong}s that people made are not those of the books`;
  const pieces = Object.entries(report.pieces ?? {});
  const sum = pieces.reduce((total, [face, count]) => total + Number(face) * count, 0);
  if (pieces.length > 0 && sum !== report.counted_minor)
    return `the pieces sum to ${sum}, and ${report.counted_minor} was counted`;
  return undefined;
}

function cashMovements(drawer: readonly DrawerLine[]): ShiftReport["cash"] {
  const happened = drawer.filter(({ kind }) => !endKinds.has(kind));
  return [...new Set(happened.map(({ kind }) => kind))].map((kind) => {
    const own = happened.filter((line) => line.kind === kind);
    const sum = (lines: readonly DrawerLine[]): number =>
      lines.reduce((total, { minor }) => total + Math.abs(minor), 0);
    return {
      kind,
      in_minor: sum(own.filter(({ minor }) => minor > 0)),
      out_minor: sum(own.filter(({ minor }) => minor < 0)),
      count: own.length,
    };
  });
}

function takenByMeans(
  payments: readonly ShiftPayment[],
  refunds: readonly ShiftRefund[],
): ShiftReport["means"] {
  return paymentMethods.flatMap((method) => {
    const taken = payments.filter((each) => each.method === method && each.outcome !== "none");
    const voids = taken.filter(({ outcome }) => outcome === "void");
    const back = refunds.filter((each) => each.method === method && each.status === "done");
    if (taken.length === 0 && back.length === 0) return [];
    return [
      {
        method,
        count: taken.length,
        taken_minor: sumOf(taken),
        given_back_minor: sumOf(voids) + sumOf(back),
      },
    ];
  });
}

const sumOf = (all: readonly { readonly amount: number }[]): number =>
  all.reduce((sum, { amount }) => sum + amount, 0);

const negated = (tax: DocumentContent["taxes"][number]): DocumentContent["taxes"][number] => ({
  rate_ppm: tax.rate_ppm,
  net_minor: -tax.net_minor,
  tax_minor: -tax.tax_minor,
});
