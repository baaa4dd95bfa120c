import type { OfferAnswer, OfferRequest } from "@gatehouse/shared/contracts/money";
import type { MoneyRules } from "@gatehouse/shared/contracts/money-config";
import { minorUnits } from "@gatehouse/shared/money";
import { type Instant, isoOf, later, minutes } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import { findOnlinePayment, saveOnlinePayment } from "../../store/online-payments.ts";
import { findPaymentByRequest, listUnresolved, type Payment } from "../../store/payments.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { askedDetails } from "./crediting.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { OnlinePayments } from "./online-payments.ts";
import { nothingDue, owedFor, type Owed, type Payable } from "./owed.ts";
import { startPayment } from "./payment-writing.ts";
import { useValidations } from "./validations.ts";

export interface OnlineMoneyDeps extends MoneyDeps {
  readonly rules: MoneyRules;
  /** What people read on the gateway's page. */
  readonly facilityName: string;
  readonly online: Pick<OnlinePayments, "begin" | "ask" | "enquireUnsettled">;
  /** Gateway id → where it sends the driver's phone afterwards. */
  readonly returnUrls: ReadonlyMap<string, string>;
}

/** Pages of gateways where drivers' phones pay. */
export class OnlineMoney {
  readonly #deps: OnlineMoneyDeps;

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

  /** Ends pages that nobody needs any more, and asks about what is not decided; upkeep calls it. */
  async resolveAll(): Promise<void> {
    const { book, online } = this.#deps;
    for (const payment of listUnresolved(book))
      if (payment.paymentMethod === "online") this.#endIfPaid(payment);
    await online.enquireUnsettled();
  }

  #beginOffer(tx: Tx, request: OfferRequest, at: Instant): Payment | Refusal {
    const known = findPaymentByRequest(tx, request.request_id);
    if (known !== undefined) return known;
    const payable = { purpose: request.purpose, subjectId: request.subject_id };
    // What merchants gave is paid first, as at a till.
    if (payable.purpose === "stay") useValidations(tx, this.#deps, payable.subjectId, at);
    const owed = owedFor(tx, this.#deps, payable);
    if (isRefusal(owed)) return owed;
    if (owed.due === 0) return nothingDue;
    const order = {
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
      readonly gateway: string;
      readonly amount: number;
      readonly holds: ReturnType<typeof minutes>;
      readonly requestId?: string;
    },
    at: Instant,
  ): Payment {
    const isStay = purpose === "stay";
    const { gateway, amount, requestId } = order;
    const payment = startPayment(
      tx,
      this.#deps,
      {
        method: "online",
        purpose,
        sessionId: isStay ? subjectId : null,
        subjectId: isStay ? null : subjectId,
        amount,
        place: gateway,
        requestId,
        details: askedDetails(owed),
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
}
