import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import type { DisputeState, PaymentMethod } from "@gatehouse/shared/contracts/money-terms";

/** What a run of ledger lines changes in the tables of money; a member that is missing stays as it is. */
export interface MoneyProjection {
  readonly payments: ReadonlyMap<string, PaymentChange>;
  /** In which space the vehicle stood when these lines first spoke of a payment, where they told it before that. */
  readonly paidIn: ReadonlyMap<string, string>;
  /** New lines of the books, in their order. */
  readonly postings: readonly PostingLine[];
  readonly refunds: ReadonlyMap<string, object>;
  readonly documents: ReadonlyMap<string, object>;
  readonly shifts: ReadonlyMap<string, object>;
  readonly violations: ReadonlyMap<string, object>;
  /** What became of each, in their order. */
  readonly violationSteps: readonly object[];
  readonly debts: ReadonlyMap<string, object>;
}

type PaymentState =
  | "started"
  | "captured"
  | "declined"
  | "unknown"
  | "accepted-offline"
  | "reversed"
  | "disputed"
  | "charged-back";

export interface PaymentChange {
  readonly payment_id: string;
  /** Null where no stay is paid. */
  readonly session_id: string | null;
  readonly state: PaymentState;
  readonly method?: PaymentMethod;
  readonly amount_minor?: number;
  readonly currency?: string;
  readonly reason?: string;
  readonly processed_at?: string;
  /** The day at the facility. */
  readonly captured_on?: string;
  readonly reversed_on?: string;
  readonly charged_back_on?: string;
}

/** One line of an entry of the books at its place in the ledger. */
export interface PostingLine {
  readonly seq: number;
  readonly line: number;
  readonly at: string;
  readonly day: string;
  readonly entry_id: string;
  readonly kind: string;
  readonly account: string;
  readonly subject: string | null;
  readonly minor: number;
  readonly currency: string;
  readonly rate_ppm: number | null;
  readonly payment_id: string | null;
  readonly session_id: string | null;
  readonly shift_id: string | null;
}

/** Where and when a line stands. */
interface LinePlace {
  readonly seq: number;
  readonly at: string;
}

/** Folds lines about money in their order; later ones win. */
export class MoneyFolder implements MoneyProjection {
  readonly payments = new Map<string, PaymentChange>();
  readonly paidIn = new Map<string, string>();
  readonly postings: PostingLine[] = [];
  readonly refunds = new Map<string, object>();
  readonly documents = new Map<string, object>();
  readonly shifts = new Map<string, object>();
  readonly violations = new Map<string, object>();
  readonly violationSteps: object[] = [];
  readonly debts = new Map<string, object>();
  readonly #dayOf: (at: string) => string;
  readonly #spaceOf: (sessionId: string) => string | undefined;

  /**
   * @param dayOf the day of a moment at the facility
   * @param spaceOf where the lines so far say that a session's vehicle stands; "" for nowhere, undefined where they
   *   say nothing
   */
  constructor(
    dayOf: (at: string) => string,
    spaceOf: (sessionId: string) => string | undefined = () => undefined,
  ) {
    this.#dayOf = dayOf;
    this.#spaceOf = spaceOf;
  }

  /** Lines about anything else change nothing here. */
  fold(fact: LedgerFact, place: LinePlace): void {
    const { at } = place;
    switch (fact.type) {
      case "entry-posted":
        this.#post(fact.body, place);
        break;
      case "refund-changed":
        change(this.refunds, fact.body.refund_id, {
          ...fact.body,
          changed_at: at,
          changed_on: this.#dayOf(at),
        });
        break;
      case "document-issued":
        change(this.documents, fact.body.document_id, { ...fact.body, issued_at: at });
        break;
      case "shift-changed":
      case "shift-closed":
        this.#shift(fact, at);
        break;
      case "violation-changed":
        change(this.violations, fact.body.violation_id, { ...fact.body, changed_at: at });
        this.violationSteps.push({ ...fact.body, ...place });
        break;
      case "debt-changed":
        change(this.debts, fact.body.note_id, { ...fact.body, changed_at: at });
        break;
      default:
        this.#payment(fact, at);
    }
  }

  #post(body: FactBody<"entry-posted">, place: LinePlace): void {
    const { lines, ...about } = body;
    const day = this.#dayOf(place.at);
    for (const [line, posting] of lines.entries())
      this.postings.push({ ...place, day, line, ...about, ...posting });
  }

  #shift(fact: Extract<LedgerFact, { type: "shift-changed" | "shift-closed" }>, at: string): void {
    const { shift_id, drawer_id, operator } = fact.body;
    const shift = { shift_id, drawer_id, operator };
    if (fact.type === "shift-closed") {
      change(this.shifts, shift_id, { ...fact.body, state: "closed", closed_at: at });
      return;
    }
    const { move, amount_minor } = fact.body;
    const told = {
      open: { state: "open", opened_at: at, float_minor: amount_minor },
      count: { state: "counted", counted_minor: amount_minor },
      relief: { state: "counted", counted_minor: amount_minor },
      drop: {},
      "pay-in": {},
      "pay-out": {},
    }[move];
    change(this.shifts, shift_id, { ...shift, ...told });
  }

  #payment(fact: LedgerFact, at: string): void {
    switch (fact.type) {
      case "payment-started":
        this.#pay(fact.body, { ...fact.body, state: "started", started_at: at });
        break;
      case "payment-captured":
        this.#pay(fact.body, {
          ...fact.body,
          state: "captured",
          processed_at: at,
          captured_on: this.#dayOf(at),
        });
        break;
      case "payment-declined": {
        const reason = `${fact.body.result_code} ${fact.body.reason}`.trim();
        this.#pay(fact.body, { state: "declined", reason, processed_at: at });
        break;
      }
      case "payment-unknown":
        this.#pay(fact.body, { state: "unknown", reason: fact.body.detail });
        break;
      case "payment-accepted-offline": {
        const { amount_minor, detail } = fact.body;
        this.#pay(fact.body, { state: "accepted-offline", amount_minor, reason: detail });
        break;
      }
      case "payment-reversed": {
        const { amount_minor, reason } = fact.body;
        const reversed_on = this.#dayOf(at);
        this.#pay(fact.body, { state: "reversed", amount_minor, reason, reversed_on });
        break;
      }
      case "payment-disputed":
        this.#pay(fact.body, {
          state: afterDispute[fact.body.state],
          reason: fact.body.detail,
          ...(fact.body.state === "lost" ? { charged_back_on: this.#dayOf(at) } : {}),
        });
        break;
      default:
      // Merchants, validations, accounts and renewals are read in the ledger itself.
    }
  }

  #pay(
    { payment_id, session_id }: { readonly payment_id: string; readonly session_id: string | null },
    told: Omit<PaymentChange, "payment_id" | "session_id"> & Readonly<Record<string, unknown>>,
  ): void {
    const space = session_id === null ? undefined : this.#spaceOf(session_id);
    if (space !== undefined && !this.payments.has(payment_id)) this.paidIn.set(payment_id, space);
    change(this.payments, payment_id, { ...told, payment_id, session_id });
  }
}

type FactBody<T extends LedgerFact["type"]> = Extract<LedgerFact, { type: T }>["body"];

/** A dispute that was won leaves the payment as it was. */
const afterDispute: Readonly<Record<DisputeState, PaymentState>> = {
  opened: "disputed",
  won: "captured",
  lost: "charged-back",
};

function change<T extends object>(rows: Map<string, T>, id: string, told: T): void {
  const known = rows.get(id);
  if (known === undefined) rows.set(id, told);
  else Object.assign(known, told);
}
