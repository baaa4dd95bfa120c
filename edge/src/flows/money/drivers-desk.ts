import type {
  DriverCode,
  DriverDue,
  DriverLook,
  DriverOffer,
  DriverOfferRequest,
  DriverPage,
  DriverPayment,
} from "@gatehouse/shared/contracts/driver-pay";
import { Fault } from "@gatehouse/shared/fault";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { isAccepted, isUndecided } from "../../domain/payment.ts";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { Reader } from "../../store/book.ts";
import { documentsOfPayment } from "../../store/documents.ts";
import { findOnlinePayment } from "../../store/online-payments.ts";
import { findPaymentByRequest, type Payment, paymentsOf } from "../../store/payments.ts";
import { findSession, type Session, unpaidByPlate } from "../../store/sessions.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { isInside } from "../sessions.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { OnlineMoney } from "./online-offers.ts";
import type { OnlinePayments } from "./online-payments.ts";
import { nothingDue, owedFor } from "./owed.ts";
import { priceLines } from "./price-lines.ts";
import { redeemCode } from "./validation-codes.ts";
import { givenOf, sessionFor } from "./validations.ts";

export interface DriversDeps extends MoneyDeps {
  readonly facilityName: string;
  /** Ids, in the order in which they are offered. */
  readonly gateways: readonly string[];
  readonly offers: Pick<OnlineMoney, "offer">;
  readonly online: Pick<OnlinePayments, "enquire">;
}

/** A stay can be open at so many gateways' pages at once: phones of one car, and a stranger who typed its plate. */
const openOffersMost = 5;
/** A gateway is asked about one payment this often at most, however often its phone asks. */
const askEvery = seconds(4);
/** So many payments are remembered for it. */
const askedMost = 1000;

/** What drivers see and pay on their own phones; nobody knows who they are. */
export class DriversDesk {
  readonly #deps: DriversDeps;
  readonly #asked = new Map<string, number>();

  constructor(deps: DriversDeps) {
    this.#deps = deps;
  }

  page(): DriverPage {
    const { facilityName: facility, calendar, currency, gateways } = this.#deps;
    return { facility, timezone: calendar.timezone, currency, gateways: [...gateways] };
  }

  /** What the stay that a plate or a ticket names costs now; asking changes nothing. */
  due(look: DriverLook): DriverDue | Refusal {
    const { book, clock, currency, steady } = this.#deps;
    const session = this.#sessionOf(look);
    if (isRefusal(session)) return session;
    const owed = owedFor(book, this.#deps, { purpose: "stay", subjectId: session.sessionId });
    if (isRefusal(owed)) return owed;
    const given = givenOf(book, this.#deps, owed, clock.now());
    const inside = isInside(session);
    const stayMs = inside
      ? steady.now() - session.entrySteady
      : (session.exitTime ?? session.entryTime) - session.entryTime;
    return {
      stay: inside ? "inside" : "left",
      minutes: Math.max(0, Math.floor(stayMs / 60_000)),
      currency,
      total_minor: owed.total,
      paid_minor: Math.max(0, owed.paid),
      given_minor: given,
      due_minor: owed.due - given,
      leave_within_s: owed.due > given ? null : this.#leaveWithin(session),
      lines: look.ticket === undefined ? [] : priceLines(book, this.#deps, owed),
    };
  }

  /** The driver has a merchant's code; what is due afterwards. */
  redeem({ code, ...look }: DriverCode): DriverDue | Refusal {
    const { book, clock } = this.#deps;
    const answer = book.write((tx) => {
      const session = sessionFor(tx, look);
      return isRefusal(session)
        ? session
        : redeemCode(tx, code, session, { kind: "driver" }, clock.now());
    });
    return isRefusal(answer) ? answer : this.due(look);
  }

  /**
   * A gateway's page where it is paid. The same request again is the same page.
   *
   * @throws Fault of the gateway: asked again with the same request it is the same payment
   */
  async offer(request: DriverOfferRequest): Promise<DriverOffer | Refusal> {
    const { book, clock, offers } = this.#deps;
    const requestId = pressOf(request.request_id);
    const known = findPaymentByRequest(book, requestId);
    const over = known === undefined ? undefined : this.#over(known);
    if (over !== undefined) return over;
    const session = known === undefined ? this.#sessionOf(request) : sessionOfPayment(book, known);
    if (isRefusal(session)) return session;
    if (known === undefined && this.#openOffers(session, clock.now()) >= openOffersMost)
      return tooManyOffers;
    const answer = await offers.offer({
      request_id: requestId,
      purpose: "stay",
      subject_id: session.sessionId,
      gateway: request.gateway,
    });
    if (isRefusal(answer)) return answer;
    const { url, amount_minor, expires_at } = answer;
    return { url, amount_minor, expires_at };
  }

  /** What became of a press of a phone; while nobody knows, its gateway is asked meanwhile. */
  payment(requestId: string): DriverPayment | undefined {
    const { book, clock } = this.#deps;
    const payment = findPaymentByRequest(book, pressOf(requestId));
    if (payment === undefined) return undefined;
    const { paymentId, amount, currency } = payment;
    const online = findOnlinePayment(book, paymentId);
    const state = stateOf(payment);
    if (state === "waiting" && online?.offerRef !== null) this.#askAbout(paymentId);
    const session = sessionOfPayment(book, payment);
    const owed = isRefusal(session)
      ? session
      : owedFor(book, this.#deps, { purpose: "stay", subjectId: session.sessionId });
    const due = isRefusal(owed) ? 0 : owed.due;
    const receipt = documentsOfPayment(book, paymentId).find(({ kind }) => kind === "receipt");
    const isOpen = state === "waiting" && online !== undefined && online.expiresAt > clock.now();
    return {
      state,
      amount_minor: amount,
      currency,
      url: isOpen ? online.url : null,
      due_minor: due,
      leave_within_s: due > 0 || isRefusal(session) ? null : this.#leaveWithin(session),
      receipt: receipt === undefined ? null : `/receipt/${receipt.token}`,
    };
  }

  /** Why a payment that was begun cannot be gone on with; undefined: it can. */
  #over(payment: Payment): Refusal | undefined {
    const { book, clock } = this.#deps;
    if (stateOf(payment) === "paid") return nothingDue;
    const expiresAt = findOnlinePayment(book, payment.paymentId)?.expiresAt ?? 0;
    return stateOf(payment) === "waiting" && expiresAt > clock.now() ? undefined : offerOver;
  }

  /** Inside under it, or gone under it without having paid: the oldest debt first. */
  #sessionOf(look: Pick<DriverLook, "plate" | "ticket">): Session | Refusal {
    const { book } = this.#deps;
    const { plate, ticket } = look;
    const found = sessionFor(book, ticket === undefined ? { plate } : { ticket });
    if (!isRefusal(found) || found.reason !== "not-inside" || plate === undefined) return found;
    const debts = unpaidByPlate(book, normalisePlate(plate));
    return debts.toSorted((a, b) => a.entryTime - b.entryTime)[0] ?? found;
  }

  #leaveWithin({ graceUntilSteady }: Session): number | null {
    if (graceUntilSteady === null) return null;
    return Math.max(0, Math.floor((graceUntilSteady - this.#deps.steady.now()) / 1000));
  }

  #openOffers({ sessionId }: Session, now: Instant): number {
    const { book } = this.#deps;
    return paymentsOf(book, sessionId).filter(
      ({ paymentId, status }) =>
        isUndecided(status) && (findOnlinePayment(book, paymentId)?.expiresAt ?? 0) > now,
    ).length;
  }

  /** The phone does not wait for it: it asks again soon, and knows then. */
  #askAbout(paymentId: string): void {
    const { clock, counters, online } = this.#deps;
    const now = clock.monotonic();
    if (now - (this.#asked.get(paymentId) ?? -Infinity) < askEvery) return;
    if (this.#asked.size >= askedMost) this.#asked.clear();
    this.#asked.set(paymentId, now);
    online.enquire(paymentId).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
      counters.count("gatehouse_online_faults_total", { code: error.code });
    });
  }
}

/** Kept apart from every other page's presses, so that no phone can guess one. */
const pressOf = (requestId: string): string => `phone/${requestId}`;

const sessionOfPayment = (reader: Reader, { sessionId }: Payment): Session | Refusal =>
  findSession(reader, sessionId ?? "") ?? refusal("not-inside", "This stay is not known any more.");

function stateOf({ status }: Payment): DriverPayment["state"] {
  if (isUndecided(status)) return "waiting";
  if (status === "refunded" || status === "reversed") return "returned";
  return isAccepted(status) ? "paid" : "declined";
}

const offerOver = refusal("offer-over", "This page for paying has ended; ask for another.");
const tooManyOffers = refusal(
  "too-many-offers",
  "This stay is being paid on several phones already; pay at the till or at the exit.",
);
