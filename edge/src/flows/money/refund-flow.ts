import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { RefundRequest, RefundWord } from "@gatehouse/shared/contracts/refunds";
import type { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type {
  GiveBackAnswer,
  GiveBackEnquiry,
  PaymentTerminal,
} from "@gatehouse/shared/ports/terminal";
import type { Instant } from "@gatehouse/shared/time";
import { findPayment, listUnresolved, type Payment } from "../../store/payments.ts";
import { findRefund, type Refund, refundsOf, refundsUnderWay } from "../../store/refunds.ts";
import { raiseAlert } from "../alerts.ts";
import { isRefusal, type Refusal } from "../desk.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { OnlinePayments } from "./online-payments.ts";
import { finishRefund, isUndecided, isVoid, moveRefund } from "./refund-writing.ts";
import { answerRefund, requestRefund } from "./refunds.ts";

export interface RefundDeps extends MoneyDeps {
  readonly rules: MoneyRules;
  readonly terminals: ReadonlyMap<string, PaymentTerminal>;
  /** Missing where nothing is paid online. */
  readonly online?: OnlinePayments | undefined;
}

/** What a device or service says of money that is to go back. */
type Outcome = GiveBackAnswer | GiveBackEnquiry | Fault;

/**
 * Money that goes back: written before a terminal is asked, and asked about, never given again, when the answer
 * is lost.
 */
export class Refunds {
  readonly #deps: RefundDeps;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(deps: RefundDeps) {
    this.#deps = deps;
  }

  async request(request: RefundRequest, actor: Actor): Promise<Refund | Refusal> {
    const { book, clock, rules } = this.#deps;
    return this.#carryOut(
      book.write<Refund | Refusal>((tx) =>
        requestRefund(tx, this.#deps, rules, request, actor, clock.now()),
      ),
    );
  }

  /** The second person agrees or refuses. */
  async answer(refundId: string, word: RefundWord, actor: Actor): Promise<Refund | Refusal> {
    const { book, clock } = this.#deps;
    return this.#carryOut(
      book.write<Refund | Refusal>((tx) =>
        answerRefund(tx, this.#deps, refundId, word, actor, clock.now()),
      ),
    );
  }

  /** Asks about every refund whose outcome is not known; upkeep calls it. */
  async resolveAll(): Promise<void> {
    for (const refund of refundsUnderWay(this.#deps.book)) {
      if (isUndecided(refund) || this.#underWay.has(refund.refundId)) continue;
      await this.#enquire(refund);
    }
  }

  async #carryOut(refund: Refund | Refusal): Promise<Refund | Refusal> {
    if (isRefusal(refund) || refund.status !== "started") return refund;
    const asked = this.#underWay.get(refund.refundId);
    // The same press again waits for the first; after a restart nobody knows what came of that.
    await (asked ?? (wasAsked(refund) ? this.#enquire(refund) : this.#request(refund)));
    return findRefund(this.#deps.book, refund.refundId) ?? refund;
  }

  #request(refund: Refund): Promise<void> {
    return this.#once(refund, "request", (payment, terminal) =>
      this.#ask(terminal, refund, payment),
    );
  }

  #enquire(refund: Refund): Promise<void> {
    return this.#once(refund, "enquiry", (payment, terminal) => enquire(terminal, refund, payment));
  }

  async #once(
    refund: Refund,
    what: "request" | "enquiry",
    ask: (payment: Payment, terminal: PaymentTerminal) => Promise<Outcome>,
  ): Promise<void> {
    const { book, terminals } = this.#deps;
    const payment = findPayment(book, refund.paymentId);
    if (payment?.paymentMethod === "online" || payment?.paymentMethod === "on-file")
      return this.#atGateway(refund, payment);
    const terminal = terminals.get(payment?.terminalId ?? "");
    if (payment === undefined || terminal === undefined) return;
    // A terminal tells about its last receipt only: a charge that is not decided comes first.
    const isTaken = listUnresolved(book).some(({ terminalId }) => terminalId === terminal.id);
    const question = isTaken && what === "request" ? busy() : ask(payment, terminal);
    const work = question
      .catch(faultOnly)
      .then((outcome) => this.#write(refund, what, outcome))
      .finally(() => this.#underWay.delete(refund.refundId));
    this.#underWay.set(refund.refundId, work);
    await work;
  }

  /** Asked again under its id it is the same refund; what comes of it is booked where the gateway's news are. */
  async #atGateway(refund: Refund, payment: Payment): Promise<void> {
    const { online } = this.#deps;
    if (online === undefined) return;
    const { refundId, amount, currency } = refund;
    const main = payment.paymentDetails["surplus_of"];
    const request = {
      refundId,
      paymentId: typeof main === "string" ? main : payment.paymentId,
      chargeRef: payment.transactionId ?? "",
      amount: minorUnits(amount),
      currency,
    };
    const work = online
      .refund(request)
      .then(
        ({ state, reason }) => (state === "failed" ? (reason ?? "refused") : undefined),
        faultOnly,
      )
      .then((trouble) => this.#writeGateway(refund, trouble))
      .finally(() => this.#underWay.delete(refundId));
    this.#underWay.set(refundId, work);
    await work;
  }

  #writeGateway({ refundId }: Refund, trouble: Fault | string | undefined): void {
    const { book, clock } = this.#deps;
    if (trouble === undefined) return;
    book.write((tx) => {
      const refund = findRefund(tx, refundId);
      if (refund === undefined || (refund.status !== "started" && refund.status !== "unknown"))
        return;
      const at = clock.now();
      const isOpen = trouble instanceof Fault && trouble.retryable;
      const detail = trouble instanceof Fault ? trouble.message : trouble;
      const details = { ...refund.details, detail };
      if (!isOpen) moveRefund(tx, refund, { status: "failed", processedAt: at, details }, at);
      else if (refund.status === "started")
        moveRefund(tx, refund, { status: "unknown", details }, at);
    });
  }

  /** The terminal's last receipt is kept first: an enquiry knows by it what is new. */
  async #ask(terminal: PaymentTerminal, refund: Refund, payment: Payment): Promise<Outcome> {
    const { book, clock } = this.#deps;
    const isReversed = mayReverse(refund, payment, refundsOf(book, payment.paymentId));
    book.write((tx) => {
      const details = {
        ...refund.details,
        asked: true,
        way: isReversed ? "reversal" : "refund",
        since_receipt: terminal.lastReceipt() ?? null,
      };
      moveRefund(tx, refund, { details }, clock.now());
    });
    return isReversed ? terminal.reverse(reversalOf(payment)) : terminal.refund(amountOf(refund));
  }

  #write({ refundId }: Refund, what: "request" | "enquiry", outcome: Outcome): void {
    const { book, clock, random } = this.#deps;
    book.write((tx) => {
      const at = clock.now();
      const refund = findRefund(tx, refundId);
      if (refund === undefined || (refund.status !== "started" && refund.status !== "unknown"))
        return;
      const by: Actor = { kind: "attendant", id: refund.approvedBy ?? refund.requestedBy };
      if (outcome instanceof Fault) {
        const isLost = outcome.code === "terminal-answer-lost";
        const details = { ...refund.details, detail: outcome.message };
        if (isLost || what === "enquiry") {
          if (refund.status !== "unknown")
            moveRefund(tx, refund, { status: "unknown", details }, at);
        } else moveRefund(tx, refund, { status: "failed", processedAt: at, details }, at);
      } else if (outcome.kind === "done") {
        finishRefund(tx, this.#deps, refund, outcome.receipt?.receiptNumber ?? null, by, at);
      } else if (outcome.kind === "undecided") {
        const details = { ...refund.details, detail: outcome.detail, undecided: true };
        moveRefund(tx, refund, { status: "unknown", details }, at);
        raiseAlert(tx, random, at, {
          type: "refund-undecided",
          subject: refundId,
          severity: "critical",
          details: { session_id: refund.sessionId, detail: outcome.detail },
        });
      } else {
        const detail = outcome.kind === "declined" ? outcome.reason : "nothing was given back";
        const details = { ...refund.details, detail, declined: outcome.kind === "declined" };
        moveRefund(tx, refund, { status: "failed", processedAt: at, details }, at);
      }
    });
  }
}

/**
 * A whole payment that nothing went back of is taken back without the card; a part goes to the card presented, and so
 * does one that the terminal takes back no longer (its day was ended since).
 */
function mayReverse(refund: Refund, payment: Payment, earlier: readonly Refund[]): boolean {
  const isRefusedAlready = earlier.some(
    ({ status, details }) =>
      status === "failed" && details["way"] === "reversal" && details["declined"] === true,
  );
  if (isRefusedAlready) return false;
  return isVoid(refund) || (refund.amount === payment.amount && payment.refunded === 0);
}

function enquire(
  terminal: PaymentTerminal,
  refund: Refund,
  payment: Payment,
): Promise<GiveBackEnquiry> {
  // It was written and never asked for.
  if (!wasAsked(refund)) return Promise.resolve({ kind: "not-done" });
  const known = refund.details["since_receipt"];
  const since = typeof known === "string" ? known : undefined;
  const startedAt = refund.details["started_at"];
  const at = (typeof startedAt === "number" ? startedAt : refund.requestedAt) as Instant;
  return refund.details["way"] === "reversal"
    ? terminal.enquireReversal(reversalOf(payment), since, at)
    : terminal.enquireRefund(amountOf(refund), since, at);
}

/** A terminal has been told of it, or was about to be. */
const wasAsked = ({ details }: Refund): boolean => details["asked"] === true;

const busy = (): Promise<Outcome> =>
  Promise.resolve(new Fault("terminal-busy", "a charge at this terminal is not decided yet"));

const reversalOf = (payment: Payment) => ({
  receiptNumber: payment.transactionId ?? "",
  amount: minorUnits(payment.amount),
  currency: payment.currency,
});

const amountOf = ({ amount, currency }: Refund) => ({ amount: minorUnits(amount), currency });

function faultOnly(error: unknown): Fault {
  if (error instanceof Fault) return error;
  throw error;
}
