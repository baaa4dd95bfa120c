import type {
  DocumentContent,
  DocumentLine,
  DocumentPayment,
} from "@gatehouse/shared/contracts/documents";
import { paymentMethods } from "@gatehouse/shared/contracts/money-terms";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { TaxShare } from "@gatehouse/shared/tariff/tax";
import { shareChange, sharesOf } from "./tax.ts";

/** A price as far as a paper tells it. */
export interface Bill {
  readonly currency: string;
  readonly session: {
    readonly plate: string | null;
    readonly enteredAt: Instant;
    readonly leftAt: Instant | null;
  } | null;
  /** They sum to the price. */
  readonly lines: readonly DocumentLine[];
  /** The price by tax rate. */
  readonly shares: readonly TaxShare[];
  /** What of it was paid before. */
  readonly paidBefore: number;
}

/** What a receipt says: this payment, of that bill. The tax is the part that this payment adds to those before. */
export function receiptContent(bill: Bill, payment: DocumentPayment): DocumentContent {
  const { shares, paidBefore } = bill;
  const paid = payment.amount_minor;
  const taxes = shareChange(sharesOf(shares, paidBefore), sharesOf(shares, paidBefore + paid));
  return {
    ...headOf(bill),
    paid_before_minor: paidBefore,
    amount_minor: paid,
    taxes: taxes.map(taxLine),
    payments: [payment],
    references: [],
    note: null,
  };
}

/** What is taken back of a receipt: its tax goes back in the same proportions. */
export function refundContent(
  receipt: DocumentContent,
  reference: DocumentContent["references"][number],
  refund: { readonly payment: DocumentPayment; readonly before: number; readonly reason: string },
): DocumentContent {
  const { payment, before, reason } = refund;
  const amount = payment.amount_minor;
  const shares = receipt.taxes.map(({ rate_ppm, net_minor, tax_minor }) => ({
    ratePpm: rate_ppm,
    net: net_minor,
    tax: tax_minor,
  }));
  return {
    currency: receipt.currency,
    session: receipt.session,
    customer: null,
    lines: [],
    total_minor: receipt.amount_minor,
    paid_before_minor: before,
    amount_minor: amount,
    taxes: shareChange(sharesOf(shares, before), sharesOf(shares, before + amount)).map(taxLine),
    payments: [payment],
    references: [reference],
    note: reason,
  };
}

/**
 * One invoice over everything that was paid for a stay.
 *
 * @param receipts oldest first, at least one; the last one has the price as it is now
 */
export function invoiceContent(
  receipts: readonly {
    readonly body: DocumentContent;
    readonly reference: DocumentContent["references"][number];
  }[],
  customer: { readonly name: string; readonly address: string },
): DocumentContent | undefined {
  const last = receipts.at(-1)?.body;
  if (last === undefined) return undefined;
  const bodies = receipts.map(({ body }) => body);
  const amount = bodies.reduce((sum, { amount_minor }) => sum + amount_minor, 0);
  return {
    ...last,
    customer,
    paid_before_minor: Math.max(0, last.paid_before_minor + last.amount_minor - amount),
    amount_minor: amount,
    taxes: sumOfTaxes(bodies.flatMap(({ taxes }) => taxes)),
    payments: bodies.flatMap(({ payments }) => payments),
    references: receipts.map(({ reference }) => reference),
    note: null,
  };
}

/** What a driver leaves owing. */
export function debtContent(bill: Bill, owed: number, promise: string): DocumentContent {
  const { shares, paidBefore } = bill;
  const taxes = shareChange(sharesOf(shares, paidBefore), sharesOf(shares, paidBefore + owed));
  return {
    ...headOf(bill),
    paid_before_minor: paidBefore,
    amount_minor: owed,
    taxes: taxes.map(taxLine),
    payments: [],
    references: [],
    note: promise,
  };
}

/** Sums tax lines by rate, the highest rate first. */
export function sumOfTaxes(taxes: readonly TaxLine[]): TaxLine[] {
  const rates = [...new Set(taxes.map(({ rate_ppm }) => rate_ppm))].toSorted((a, b) => b - a);
  return rates.map((rate_ppm) => {
    const own = taxes.filter((tax) => tax.rate_ppm === rate_ppm);
    return {
      rate_ppm,
      net_minor: own.reduce((sum, tax) => sum + tax.net_minor, 0),
      tax_minor: own.reduce((sum, tax) => sum + tax.tax_minor, 0),
    };
  });
}

export type TaxLine = DocumentContent["taxes"][number];

/** A payment as the book keeps it, as far as papers tell it. */
export interface PaidPayment {
  readonly paymentMethod: string;
  readonly amount: number;
  readonly transactionId: string | null;
  readonly paymentDetails: Readonly<Record<string, unknown>>;
}

/** How it was paid, for the paper; of a card its scheme and its last four digits, never more. */
export function paidPart({
  paymentMethod,
  amount,
  transactionId,
  paymentDetails,
}: PaidPayment): DocumentPayment {
  const text = (key: string): string | undefined =>
    typeof paymentDetails[key] === "string" ? paymentDetails[key] : undefined;
  const minor = (key: string): number | undefined =>
    typeof paymentDetails[key] === "number" ? paymentDetails[key] : undefined;
  const lines = paymentDetails["terminal_text"];
  return withoutUndefined({
    method: paymentMethods.find((method) => method === paymentMethod) ?? "nil",
    amount_minor: amount,
    tendered_minor: minor("tendered_minor"),
    change_minor: minor("change_minor"),
    change_owed_minor: minor("change_owed_minor"),
    rounding_minor: minor("rounding_minor"),
    card_scheme: text("card_name"),
    last_four: text("card_last_four")?.slice(-4),
    terminal_text: Array.isArray(lines) ? lines.map(String) : undefined,
    reference: transactionId ?? undefined,
  });
}

function headOf({ currency, session, lines }: Bill) {
  return {
    currency,
    session: session && {
      plate: session.plate,
      entered_at: isoOf(session.enteredAt),
      left_at: session.leftAt === null ? null : isoOf(session.leftAt),
    },
    customer: null,
    lines: [...lines],
    total_minor: lines.reduce((sum, { amount_minor }) => sum + amount_minor, 0),
  };
}

const taxLine = ({ ratePpm, net, tax }: TaxShare): TaxLine => ({
  rate_ppm: ratePpm,
  net_minor: net,
  tax_minor: tax,
});

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>;
