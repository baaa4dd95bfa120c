import type { Actor } from "@gatehouse/shared/contracts/actor";
import type * as contract from "@gatehouse/shared/contracts/money";
import type { RefundRequest, RefundWord, RefundsData } from "@gatehouse/shared/contracts/refunds";
import type {
  DebtNoteRequest,
  DebtsData,
  WriteOffRequest,
} from "@gatehouse/shared/contracts/debts";
import type * as given from "@gatehouse/shared/contracts/validations";
import type { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import type { PaymentTerminal } from "@gatehouse/shared/ports/terminal";
import { inCoins } from "../../domain/money/change.ts";
import { owedOf } from "../../domain/money/billing.ts";
import { moneyComplaints } from "../../domain/money/invariants.ts";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { balanceOf, trialBalance } from "../../store/books.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { paymentsNamed } from "../../store/payment-search.ts";
import { readMoneyFacts } from "../../store/money-facts.ts";
import {
  findPayment,
  findPaymentByRequest,
  latestPayments,
  paymentsFor,
  paymentsOf,
} from "../../store/payments.ts";
import { latestRefunds } from "../../store/refunds.ts";
import type { Instant } from "@gatehouse/shared/time";
import { isRefusal, type HandOpening, type Refusal, refusal } from "../desk.ts";
import type { LaneRoute } from "../lane-route.ts";
import { payByValue } from "./accounts.ts";
import { answerFor } from "./answers.ts";
import { isAskedHere, unresolved } from "./card-writing.ts";
import { payCash, payChangeOut } from "./cash.ts";
import { decidePayment } from "./deciding.ts";
import { debtsOf, writeDebtNote, writeOff } from "./debts.ts";
import { merchantOf, merchantPage } from "./merchants.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { payNil } from "./nil.ts";
import { owedFor, type Payable } from "./owed.ts";
import type { OnlineMoney } from "./online-offers.ts";
import type { PaymentFlow } from "./payment.ts";
import { paymentView } from "./payment-views.ts";
import { priceLines } from "./price-lines.ts";
import { refundAnswer, refundView } from "./refund-answers.ts";
import type { Refunds } from "./refund-flow.ts";
import { issueCode, redeemCode } from "./validation-codes.ts";
import {
  givenOf,
  issueValidation,
  revokeValidation,
  sessionFor,
  useValidations,
  validationsIn,
} from "./validations.ts";

export interface MoneyDeskDeps extends MoneyDeps {
  readonly rules: MoneyRules;
  readonly payment: PaymentFlow;
  readonly terminals: ReadonlyMap<string, PaymentTerminal>;
  readonly refunds: Refunds;
  readonly online: Pick<OnlineMoney, "offer">;
  readonly lanes: () => readonly LaneRoute[];
  /** Opens a lane as a person does. */
  readonly open: (opening: HandOpening) => Promise<object>;
  /** Something to show has changed. */
  readonly changed: () => void;
}

/** So many payments or refunds are shown when nobody says whose. */
const shownMost = 200;

/**
 * What people do with money. Every refusal is a value with words for whoever reads it; the same `request_id` again is
 * the same act. Every call that changes something may throw a Fault `disk-full`: nothing happened then.
 */
export class MoneyDesk {
  readonly #deps: MoneyDeskDeps;

  constructor(deps: MoneyDeskDeps) {
    this.#deps = deps;
  }

  due(payable: Payable): contract.DueView | Refusal {
    const { book, clock, rules, currency } = this.#deps;
    const owed = owedFor(book, this.#deps, payable);
    if (isRefusal(owed)) return owed;
    const givenMinor = givenOf(book, this.#deps, owed, clock.now());
    const due = owed.due - givenMinor;
    return {
      purpose: payable.purpose,
      subject_id: payable.subjectId,
      plate: owed.session?.vehicleLicense ?? null,
      currency,
      total_minor: owed.total,
      paid_minor: owed.paid,
      due_minor: due,
      given_minor: givenMinor,
      cash_due_minor: inCoins(due, rules.cash_step_minor),
      owed_in_books_minor:
        owed.session === undefined ? owedInBooks(book, payable) : owedOf(owed.session),
      lines: priceLines(book, this.#deps, owed),
    };
  }

  cash(request: contract.CashRequest, actor: Actor): Promise<contract.MoneyAnswer | Refusal> {
    const { rules } = this.#deps;
    return this.#pay(request, actor, (tx, at) =>
      payCash(tx, this.#deps, rules, request, actor, at),
    );
  }

  /** The driver pays at a terminal; the answer comes when it has told. */
  async card(request: contract.CardRequest, actor: Actor): Promise<contract.MoneyAnswer | Refusal> {
    const { payment, terminals, book, changed } = this.#deps;
    const { terminal_id: terminalId, request_id: requestId, amount_minor: amount } = request;
    const terminal = terminals.get(terminalId);
    if (terminal === undefined)
      return refusal("no-such-terminal", `There is no terminal ${terminalId}.`);
    const payable = payableOf(request);
    const isStay = payable.purpose === "stay";
    if (isStay) {
      this.#standDown(payable.subjectId);
      if (!(await payment.release(payable.subjectId))) return unresolved;
    }
    const paid = await payment.payAt(terminal, payable, { requestId, amount });
    changed();
    if (isStay) this.#resume(payable.subjectId, actor);
    return isRefusal(paid) ? paid : answerFor(book, this.#deps, paid);
  }

  nil(request: contract.NilRequest, actor: Actor): Promise<contract.MoneyAnswer | Refusal> {
    return this.#pay(request, actor, (tx, at) => payNil(tx, this.#deps, request, actor, at));
  }

  storedValue(
    request: contract.ValueRequest,
    actor: Actor,
  ): Promise<contract.MoneyAnswer | Refusal> {
    return this.#pay(request, actor, (tx, at) => payByValue(tx, this.#deps, request, at));
  }

  /** A page where the driver's phone pays. @throws Fault of the gateway */
  offer(request: contract.OfferRequest): Promise<contract.OfferAnswer | Refusal> {
    return this.#deps.online.offer(request);
  }

  changeOut(request: contract.ChangeOutRequest, actor: Actor): contract.MoneyAnswer | Refusal {
    return this.#write((tx, at) => payChangeOut(tx, this.#deps, request, actor, at));
  }

  /** Of a session, those that a plate or a number names, or the latest. */
  payments(sessionId: string | undefined, search = ""): contract.PaymentsData {
    const { book } = this.#deps;
    const text = search.trim();
    const found =
      sessionId !== undefined
        ? paymentsOf(book, sessionId)
        : text === ""
          ? latestPayments(book, shownMost)
          : paymentsNamed(book, text, normalisePlate(text), shownMost);
    return { payments: found.map((each) => paymentView(book, each)) };
  }

  async decide(
    paymentId: string,
    request: contract.DecideRequest,
    actor: Actor,
  ): Promise<contract.MoneyAnswer | Refusal> {
    const answer = this.#write((tx, at) =>
      decidePayment(tx, this.#deps, paymentId, request, actor, at),
    );
    const sessionId = findPayment(this.#deps.book, paymentId)?.sessionId ?? null;
    if (sessionId !== null && !isRefusal(answer)) this.#resume(sessionId, actor);
    return answer;
  }

  async refund(request: RefundRequest, actor: Actor): Promise<contract.MoneyAnswer | Refusal> {
    return this.#told(await this.#deps.refunds.request(request, actor));
  }

  async answerRefund(
    refundId: string,
    word: RefundWord,
    actor: Actor,
  ): Promise<contract.MoneyAnswer | Refusal> {
    return this.#told(await this.#deps.refunds.answer(refundId, word, actor));
  }

  refunds(): RefundsData {
    return { refunds: latestRefunds(this.#deps.book, shownMost).map(refundView) };
  }

  /** The driver leaves with a promise; where a lane is named its gate opens the way it does by hand. */
  async debtNote(request: DebtNoteRequest, actor: Actor): Promise<contract.KeptAnswer | Refusal> {
    const { session_id: sessionId, lane_id: laneId, request_id: requestId, reason } = request;
    this.#standDown(sessionId);
    if (!(await this.#deps.payment.release(sessionId))) return unresolved;
    const note = this.#write((tx, at) => writeDebtNote(tx, this.#deps, request, actor, at));
    if (isRefusal(note)) return note;
    if (laneId !== undefined) {
      const opening = { laneId, requestId, sessionId, actor, reason: "debt-note", note: reason };
      const opened = await this.#deps.open(opening);
      if (isRefusal(opened)) return opened;
    }
    return { sentence: "The debt is noted; the driver may leave." };
  }

  debts(plate: string | undefined): DebtsData {
    return debtsOf(this.#deps.book, this.#deps, plate);
  }

  writeOff(
    sessionId: string,
    request: WriteOffRequest,
    actor: Actor,
  ): contract.MoneyAnswer | Refusal {
    return this.#write((tx, at) => writeOff(tx, this.#deps, sessionId, request, actor, at));
  }

  validate(
    { merchant_id: merchantId, ...request }: given.ValidationRequest,
    actor: Actor,
  ): given.ValidationAnswer | Refusal {
    return this.#write((tx, at) => issueValidation(tx, merchantId, request, actor, at));
  }

  /** @returns undefined when the token is no active merchant's */
  merchantPage(token: string): given.MerchantPage | undefined {
    const { book, clock } = this.#deps;
    return merchantPage(book, this.#deps, token, clock.now());
  }

  /** @returns undefined when the token is no active merchant's */
  validateAsMerchant(
    token: string,
    request: given.MerchantValidationRequest,
  ): given.ValidationAnswer | Refusal | undefined {
    return this.#asMerchant(token, (tx, merchantId, actor, at) =>
      issueValidation(tx, merchantId, request, actor, at),
    );
  }

  /** @returns undefined when the token is no active merchant's */
  codeAsMerchant(
    token: string,
    request: given.CodeRequest,
  ): given.CodeAnswer | Refusal | undefined {
    return this.#asMerchant(token, (tx, merchantId, actor, at) =>
      issueCode(tx, this.#deps, merchantId, request, actor, at),
    );
  }

  /** A driver shows a merchant's code. */
  redeem(
    { session_id, code }: given.RedeemRequest,
    actor: Actor,
  ): given.ValidationAnswer | Refusal {
    return this.#write((tx, at) => {
      const session = sessionFor(tx, { session_id });
      return isRefusal(session) ? session : redeemCode(tx, code, session, actor, at);
    });
  }

  revokeValidation(
    validationId: string,
    request: given.RevokeRequest,
    actor: Actor,
  ): contract.KeptAnswer | Refusal {
    return this.#write((tx, at) =>
      revokeValidation(tx, this.#deps, validationId, request, actor, at),
    );
  }

  validations(of: Parameters<typeof validationsIn>[1]): given.ValidationsData {
    return validationsIn(this.#deps.book, of);
  }

  balance(): contract.BalanceData {
    const { book, currency } = this.#deps;
    const accounts = trialBalance(book);
    return {
      currency,
      accounts,
      sum_minor: accounts.reduce((sum, { minor }) => sum + minor, 0),
      complaints: moneyComplaints(readMoneyFacts(book)),
    };
  }

  /** Nothing else may be asked for the same meanwhile; afterwards the vehicle at an exit goes its way. */
  async #pay(
    request: Parameters<typeof payableOf>[0] & { readonly request_id: string },
    actor: Actor,
    act: (tx: Tx, at: Instant) => contract.MoneyAnswer | Refusal,
  ): Promise<contract.MoneyAnswer | Refusal> {
    const payable = payableOf(request);
    const { subjectId } = payable;
    if (payable.purpose !== "stay")
      return this.#write((tx, at) =>
        isAskedElsewhere(tx, payable, request.request_id) ? unresolved : act(tx, at),
      );
    this.#standDown(subjectId);
    const isFree = await this.#deps.payment.release(subjectId);
    // What merchants gave is paid first, as at an exit.
    const paying = (tx: Tx, at: Instant): contract.MoneyAnswer | Refusal => {
      useValidations(tx, this.#deps, subjectId, at);
      return act(tx, at);
    };
    const answer = isFree ? this.#write(paying) : unresolved;
    // Refused or not: a driver whose terminal was asked to stop pays there, or leaves.
    if (isFree) this.#resume(subjectId, actor);
    return answer;
  }

  #write<T extends object | undefined>(act: (tx: Tx, at: Instant) => T): T {
    const { book, clock, changed } = this.#deps;
    let answer: T | undefined;
    book.write((tx) => {
      answer = act(tx, clock.now());
    });
    changed();
    return answer as T;
  }

  #asMerchant<T extends object>(
    token: string,
    act: (tx: Tx, merchantId: string, actor: Actor, at: Instant) => T,
  ): T | undefined {
    return this.#write((tx, at) => {
      const merchant = merchantOf(tx, token);
      if (merchant === undefined) return undefined;
      const { merchantId } = merchant;
      return act(tx, merchantId, { kind: "merchant", id: merchantId }, at);
    });
  }

  #told(refund: Awaited<ReturnType<Refunds["request"]>>): contract.MoneyAnswer | Refusal {
    this.#deps.changed();
    return isRefusal(refund) ? refund : refundAnswer(this.#deps, refund);
  }

  #standDown(sessionId: string): void {
    for (const lane of this.#deps.lanes()) lane.standDown?.(sessionId);
  }

  #resume(sessionId: string, actor: Actor): void {
    for (const lane of this.#deps.lanes()) lane.resume?.(sessionId, actor);
  }
}

/** Below zero: it was paid too much. What is stored on an account is owed by nobody. */
const owedInBooks = (reader: Reader, { purpose, subjectId }: Payable): number =>
  purpose === "top-up" ? 0 : balanceOf(reader, "receivable", subjectId);

/** Whether a card, or a means on file, may be paying it just now; a repeated press is answered as the first was. */
const isAskedElsewhere = (tx: Tx, { purpose, subjectId }: Payable, requestId: string): boolean =>
  purpose !== "top-up" &&
  findPaymentByRequest(tx, requestId) === undefined &&
  paymentsFor(tx, purpose, subjectId).some(isAskedHere);

const payableOf = (request: {
  readonly purpose: Payable["purpose"];
  readonly subject_id: string;
}): Payable => ({ purpose: request.purpose, subjectId: request.subject_id });
