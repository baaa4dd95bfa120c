import type { OfferAnswer, OfferRequest } from "@gatehouse/shared/contracts/money";
import type { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import { minorUnits } from "@gatehouse/shared/money";
import { hours, type Instant, isoOf, later, minutes } from "@gatehouse/shared/time";
import { Fault } from "@gatehouse/shared/fault";
import { isUndecided } from "../../domain/payment.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { findOnlinePayment, saveOnlinePayment } from "../../store/online-payments.ts";
import {
  findPayment,
  findPaymentByRequest,
  type Payment,
  paymentsOf,
  paymentsWith,
} from "../../store/payments.ts";
import { findValueAccount, type ValueAccount, valueAccountOf } from "../../store/value-accounts.ts";
import { findSession } from "../../store/sessions.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { askedDetails } from "./crediting.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { OnlinePayments } from "./online-payments.ts";
import { nothingDue, owedFor, type Owed, type Payable } from "./owed.ts";
import { acceptOffline, endUnpaid, losePayment, startPayment } from "./payment-writing.ts";

export interface OnlineMoneyDeps extends MoneyDeps {
  readonly rules: MoneyRules;
  /** What people read on the gateway's page. */
  readonly facilityName: string;
  readonly online: OnlinePayments;
  /** Gateway id → where it sends the driver's phone afterwards. */
  readonly returnUrls: ReadonlyMap<string, string>;
}

/** A charge of a means on file is asked for again so long, under the same id. */
const onFileFor = hours(24 * 7);

/** Money that is asked for at gateways: pages for drivers' phones, and means that their holders left there. */
export class OnlineMoney {
  readonly #deps: OnlineMoneyDeps;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(deps: OnlineMoneyDeps) {
    this.#deps = deps;
  }

  /**
   * A page where what is owed can be paid. The same request again is the same page.
   *
   * @throws Fault of the gateway: asked again with the same request it is the same payment
   */
  async offer(request: OfferRequest): Promise<OfferAnswer | Refusal> {
    const { book, clock, online, returnUrls } = this.#deps;
    const returnUrl = returnUrls.get(request.gateway);
    if (returnUrl === undefined) return refusal("no-such-gateway", "There is no such gateway.");
    const payment = book.write<Payment | Refusal>((tx) =>
      this.#beginOffer(tx, request, clock.now()),
    );
    if (isRefusal(payment)) return payment;
    const offer = await online.ask(payment.paymentId, { returnUrl });
    const kept = findOnlinePayment(book, payment.paymentId);
    return {
      payment_id: payment.paymentId,
      url: offer.url,
      amount_minor: payment.amount,
      expires_at: isoOf((kept?.expiresAt ?? payment.startedAt) as Instant),
    };
  }

  /** Whether the plate's holder left a means that can be charged at the exit. */
  hasMeans(reader: Reader, plate: string | null): boolean {
    const account = plate === null ? undefined : valueAccountOf(reader, plate);
    return account !== undefined && meansOf(account) !== undefined;
  }

  /** Charges the means on file of a session's plate. @returns whether nothing is due any more */
  async payStay(sessionId: string): Promise<boolean> {
    const { book } = this.#deps;
    const session = findSession(book, sessionId);
    const plate = session?.vehicleLicense ?? null;
    const account = plate === null ? undefined : valueAccountOf(book, plate);
    if (account === undefined || meansOf(account) === undefined) return false;
    const payment = await this.chargeOnFile(account, { purpose: "stay", subjectId: sessionId });
    return payment !== undefined && ["captured", "accepted-offline"].includes(payment.status);
  }

  /**
   * Charges a means that its holder left with a gateway: started in the book before it is asked. Where the gateway
   * does not answer, what is under the account's floor limit is let go, and charged later under the same id.
   *
   * @param amount missing: what is due
   * @returns undefined where nothing was asked for
   */
  async chargeOnFile(
    account: ValueAccount,
    payable: Payable,
    amount?: number,
  ): Promise<Payment | undefined> {
    const { book, clock } = this.#deps;
    const begun = book.write<Payment | undefined>((tx) => {
      const owed = owedFor(tx, this.#deps, payable);
      if (isRefusal(owed) || this.#isBeingAsked(tx, payable)) return undefined;
      const asked = amount ?? owed.due;
      const gateway = account.gateway ?? "";
      if (asked === 0) return undefined;
      const order = { method: "on-file", gateway, amount: asked, holds: onFileFor } as const;
      return this.#begin(tx, payable, owed, { ...order, account: account.accountId }, clock.now());
    });
    if (begun === undefined) return undefined;
    await this.#charge(begun, account);
    return findPayment(book, begun.paymentId);
  }

  /** Asks again for what is not decided, and ends pages that nobody needs any more; upkeep calls it. */
  async resolveAll(): Promise<void> {
    const { book, online } = this.#deps;
    const statuses = ["started", "unknown", "accepted-offline"] as const;
    for (const payment of statuses.flatMap((status) => paymentsWith(book, status))) {
      if (payment.paymentMethod === "on-file" && !this.#underWay.has(payment.paymentId)) {
        const account = findValueAccount(book, accountOf(payment));
        if (account !== undefined) await this.#charge(payment, account);
      } else if (payment.paymentMethod === "online") this.#endIfPaid(payment);
    }
    await online.enquireUnsettled();
  }

  #beginOffer(tx: Tx, request: OfferRequest, at: Instant): Payment | Refusal {
    const known = findPaymentByRequest(tx, request.request_id);
    if (known !== undefined) return known;
    const payable = { purpose: request.purpose, subjectId: request.subject_id };
    const owed = owedFor(tx, this.#deps, payable);
    if (isRefusal(owed)) return owed;
    if (owed.due === 0) return nothingDue;
    const order = {
      method: "online",
      gateway: request.gateway,
      amount: owed.due,
      requestId: request.request_id,
      holds: minutes(this.#deps.rules.online_offer_min),
    } as const;
    return this.#begin(tx, payable, owed, order, at);
  }

  #begin(
    tx: Tx,
    { purpose, subjectId }: Payable,
    owed: Owed,
    order: {
      readonly method: "online" | "on-file";
      readonly gateway: string;
      readonly amount: number;
      readonly holds: ReturnType<typeof minutes>;
      readonly requestId?: string;
      readonly account?: string;
    },
    at: Instant,
  ): Payment {
    const isStay = purpose === "stay";
    const { method, gateway, amount, requestId, account } = order;
    const payment = startPayment(
      tx,
      this.#deps,
      {
        method,
        purpose,
        sessionId: isStay ? subjectId : null,
        subjectId: isStay ? null : subjectId,
        amount,
        place: gateway,
        requestId,
        details: {
          ...askedDetails(owed),
          ...(account === undefined ? {} : { account_id: account }),
        },
      },
      at,
    );
    this.#deps.online.begin(tx, {
      paymentId: payment.paymentId,
      gateway,
      amount: minorUnits(amount),
      currency: payment.currency,
      description: this.#deps.facilityName,
      expiresAt: later(at, order.holds),
    });
    return payment;
  }

  async #charge(payment: Payment, account: ValueAccount): Promise<void> {
    const { online } = this.#deps;
    const means = meansOf(account);
    if (means === undefined) return;
    const { paymentId } = payment;
    const work = online
      .chargeSaved(paymentId, means)
      .then(() => undefined, faultOnly)
      .then((fault) => fault && this.#lose(payment, account, fault))
      .finally(() => this.#underWay.delete(paymentId));
    this.#underWay.set(paymentId, work);
    await work;
  }

  /** No answer: under the floor limit it is let go. */
  #lose({ paymentId }: Payment, account: ValueAccount, fault: Fault): void {
    const { book, clock } = this.#deps;
    book.write((tx) => {
      const at = clock.now();
      const payment = findPayment(tx, paymentId);
      if (payment?.status !== "started") return;
      if (fault.retryable && payment.purpose === "stay" && payment.amount <= account.floorLimit)
        acceptOffline(tx, this.#deps, payment, fault.message, at);
      else if (fault.code === "gateway-answer-lost")
        losePayment(tx, this.#deps, payment, fault.message, at);
      else {
        const online = findOnlinePayment(tx, paymentId);
        if (online !== undefined) saveOnlinePayment(tx, { ...online, state: "failed" });
        const told = { resultCode: fault.code, reason: fault.message };
        endUnpaid(tx, this.#deps, payment, "failed", told, at);
      }
    });
  }

  /** It was paid another way: the page ends now, and money that was faster goes back. */
  #endIfPaid(payment: Payment): void {
    const { book, clock } = this.#deps;
    book.write((tx) => {
      const { purpose, sessionId, subjectId } = payment;
      const owed = owedFor(tx, this.#deps, { purpose, subjectId: sessionId ?? subjectId ?? "" });
      const online = findOnlinePayment(tx, payment.paymentId);
      if (online === undefined || isRefusal(owed) || owed.due > 0) return;
      if (online.expiresAt > clock.now())
        saveOnlinePayment(tx, { ...online, expiresAt: clock.now() });
    });
  }

  #isBeingAsked(tx: Tx, { purpose, subjectId }: Payable): boolean {
    return (
      purpose === "stay" &&
      paymentsOf(tx, subjectId).some(
        ({ status, paymentMethod }) => isUndecided(status) && paymentMethod !== "online",
      )
    );
  }
}

const accountOf = ({ paymentDetails }: Payment): string => {
  const id = paymentDetails["account_id"];
  return typeof id === "string" ? id : "";
};

function meansOf({ isActive, gateway, customerRef, meansRef }: ValueAccount) {
  if (!isActive || gateway === null || customerRef === null || meansRef === null) return undefined;
  return { customerRef, meansRef };
}

function faultOnly(error: unknown): Fault {
  if (error instanceof Fault) return error;
  throw error;
}
