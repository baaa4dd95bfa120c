import { createHmac } from "node:crypto";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { formBody, type FormValue, textAt, textsUnder } from "./form-body.ts";
import { OnlineBank, type Sale, type SaleEvent } from "./online-bank.ts";
import type { OnlineDouble, QueuedEvent, SignedCallback, Signing } from "./online-double.ts";
import { type OnlineReply, type OnlineRequest, OnlineServer } from "./online-server.ts";
import {
  chargeObject,
  disputeObject,
  eventTypes,
  intentObject,
  refundObject,
  sessionObject,
} from "./stripe-double-objects.ts";

export interface StripeDoubleOptions {
  readonly clock: Clock;
  readonly apiKey: string;
  readonly secret: string;
}

/** Half an hour to a day, as Stripe wants it. */
const expiryS = { least: 30 * 60, most: 24 * 60 * 60 };

/** Stripe's API on a local port, as far as a car park needs it: checkouts, intents, refunds, disputes, events. */
export class StripeDouble implements OnlineDouble, Part {
  readonly name = "stripe double";
  readonly server: OnlineServer;
  readonly bank: OnlineBank;
  readonly events: QueuedEvent[] = [];
  readonly prefixes = { refund: "re_", dispute: "dp_" };
  readonly #clock: Clock;
  readonly #secret: string;
  readonly #expiry = new Map<string, number>();

  constructor({ clock, apiKey, secret }: StripeDoubleOptions) {
    this.#clock = clock;
    this.#secret = secret;
    this.bank = new OnlineBank({ sale: "cs_test_", charge: "pi_" }, (sale, event) =>
      this.#tell(sale, event),
    );
    this.server = new OnlineServer(apiKey, words, (request) => this.#route(request));
  }

  start(port = 0): Promise<void> {
    return this.server.start(port);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  sign(event: QueuedEvent, signing: Signing = {}): SignedCallback {
    const { secrets = [this.#secret], at = this.#clock.now() } = signing;
    const seconds = Math.floor(at / 1000);
    const signatures = secrets.map((secret) => {
      const mac = createHmac("sha256", secret).update(`${seconds}.${event.body}`).digest("hex");
      return `v1=${mac}`;
    });
    return {
      body: Buffer.from(event.body),
      headers: {
        "content-type": "application/json",
        "stripe-signature": [`t=${seconds}`, ...signatures].join(","),
      },
    };
  }

  #tell(sale: Sale, event: SaleEvent): void {
    for (const type of eventTypes[event.kind]) {
      // Off-session charges have no checkout.
      if (sale.isSaved && type.startsWith("checkout.")) continue;
      const id = this.bank.nextRef("evt_");
      const object = this.#objectOf(type, sale, event);
      const created = Math.floor(this.#clock.now() / 1000);
      const body = JSON.stringify({ id, object: "event", created, type, data: { object } });
      this.events.push({ id, type, body });
    }
  }

  #objectOf(type: string, sale: Sale, event: SaleEvent): Record<string, unknown> {
    if (type.startsWith("checkout.")) return sessionObject(sale, this.server.url);
    if ("dispute" in event) return disputeObject(sale, event.dispute);
    if (type === "charge.refunded") return chargeObject(sale);
    if ("refund" in event) return refundObject(sale, event.refund);
    return intentObject(sale);
  }

  #route(request: OnlineRequest): OnlineReply {
    this.#expireDue();
    const { method, path } = request;
    const form = formBody(request.body);
    const [, , resource = "", ...rest] = path.split("/");
    const wanted = `${method} ${resource}`;
    if (wanted === "POST checkout" && rest.length === 1) return this.#openSession(form);
    if (wanted === "POST checkout" && rest[2] === "expire") return this.#expire(rest[1] ?? "");
    if (wanted === "GET checkout") return this.#session(rest[1] ?? "");
    if (wanted === "POST payment_intents") return this.#chargeSaved(form);
    if (wanted === "GET payment_intents") return this.#intent(rest[0] ?? "");
    if (wanted === "POST refunds") return this.#refund(form);
    if (wanted === "GET refunds") return this.#listOf(request, "refunds");
    if (wanted === "GET disputes") return this.#listOf(request, "disputes");
    if (wanted === "GET events") return this.#eventList(request);
    if (wanted === "POST customers") {
      return done({ id: this.bank.nextRef("cus_"), object: "customer" });
    }
    return missing(path);
  }

  #openSession(form: FormValue): OnlineReply {
    const amount = Number(textAt(form, "line_items", "0", "price_data", "unit_amount"));
    const currency = textAt(form, "line_items", "0", "price_data", "currency");
    const expiresAt = Number(textAt(form, "expires_at"));
    const inS = expiresAt - Math.floor(this.#clock.now() / 1000);
    if (!Number.isSafeInteger(amount) || amount <= 0) return invalid("unit_amount");
    if (currency === undefined || !/^[a-z]{3}$/.test(currency)) return invalid("currency");
    if (Number.isFinite(expiresAt) && (inS < expiryS.least || inS > expiryS.most)) {
      return invalid("expires_at");
    }
    const customer = textAt(form, "customer");
    const sale = this.bank.open({
      amount,
      currency,
      metadata: textsUnder(form, "metadata"),
      customer,
      keepsMeans: textAt(form, "payment_intent_data", "setup_future_usage") === "off_session",
    });
    if (Number.isFinite(expiresAt)) this.#expiry.set(sale.ref, expiresAt * 1000);
    return done(sessionObject(sale, this.server.url));
  }

  #session(ref: string): OnlineReply {
    const sale = this.bank.sales.get(ref);
    return sale === undefined ? missing(ref) : done(sessionObject(sale, this.server.url, true));
  }

  #intent(ref: string): OnlineReply {
    const sale = this.bank.find(ref);
    return sale === undefined ? missing(ref) : done(intentObject(sale, true));
  }

  #expire(ref: string): OnlineReply {
    const sale = this.bank.sales.get(ref);
    if (sale === undefined) return missing(ref);
    return this.bank.end(ref)
      ? done(sessionObject(sale, this.server.url))
      : invalid("session", 'Only Checkout Sessions with a status in ["open"] can be expired.');
  }

  /** A means whose name ends in `_declined` or `_confirm` is refused, or must be confirmed by its holder. */
  #chargeSaved(form: FormValue): OnlineReply {
    const means = textAt(form, "payment_method") ?? "";
    const sale = this.bank.open({
      amount: Number(textAt(form, "amount")),
      currency: textAt(form, "currency") ?? "",
      metadata: textsUnder(form, "metadata"),
      customer: textAt(form, "customer"),
      isSaved: true,
    });
    if (means.endsWith("_confirm")) return cardError("authentication_required", undefined, sale);
    if (means.endsWith("_declined")) {
      this.bank.pay(sale.ref, { outcome: "declined" });
      return cardError("card_declined", "insufficient_funds", sale);
    }
    this.bank.pay(sale.ref, { outcome: means.endsWith("_slow") ? "processing" : "paid" });
    return done(intentObject(sale, true));
  }

  #refund(form: FormValue): OnlineReply {
    const ref = textAt(form, "payment_intent") ?? "";
    const sale = this.bank.find(ref);
    if (sale === undefined) return missing(ref);
    const metadata = textsUnder(form, "metadata");
    const amount = Number(textAt(form, "amount"));
    const refund = this.bank.refund(sale.ref, amount, metadata, this.prefixes.refund);
    return refund === undefined
      ? invalid(
          "amount",
          "Refund amount is greater than unrefunded amount",
          "charge_already_refunded",
        )
      : done(refundObject(sale, refund));
  }

  #listOf({ query }: OnlineRequest, what: "refunds" | "disputes"): OnlineReply {
    const sale = this.bank.find(query.get("payment_intent") ?? "");
    if (sale === undefined) return missing("payment_intent");
    const data =
      what === "refunds"
        ? sale.refunds.map((refund) => refundObject(sale, refund))
        : sale.disputes.map((dispute) => disputeObject(sale, dispute));
    return done({ object: "list", has_more: false, data });
  }

  #eventList({ query }: OnlineRequest): OnlineReply {
    const newest = this.events.toReversed().slice(0, Number(query.get("limit") ?? "10"));
    const data = newest.map(({ body }) => JSON.parse(body) as unknown);
    return done({ object: "list", has_more: false, data });
  }

  #expireDue(): void {
    for (const [ref, at] of this.#expiry) {
      if (this.#clock.now() < at) continue;
      this.#expiry.delete(ref);
      this.bank.end(ref);
    }
  }
}

const done = (body: unknown): OnlineReply => ({ status: 200, body });

const failure = (status: number, error: Record<string, unknown>): OnlineReply => ({
  status,
  body: { error },
});

const missing = (what: string): OnlineReply =>
  failure(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such thing: ${what}`,
  });

const invalid = (param: string, message = `Invalid ${param}`, code?: string): OnlineReply =>
  failure(400, { type: "invalid_request_error", param, message, code });

const cardError = (code: string, decline: string | undefined, sale: Sale): OnlineReply =>
  failure(402, {
    type: "card_error",
    code,
    decline_code: decline,
    message: "Your card was declined.",
    payment_intent: intentObject(sale),
  });

const words = {
  unauthorised: failure(401, {
    type: "invalid_request_error",
    message: "Invalid API Key provided",
  }),
  busy: failure(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message: "There is currently another in-progress request using this Idempotent Key.",
  }),
  limited: failure(429, {
    type: "invalid_request_error",
    code: "rate_limit",
    message: "Too many requests hit the API too quickly.",
  }),
  error: failure(500, { type: "api_error", message: "An unknown error occurred" }),
  otherRequest: failure(400, {
    type: "idempotency_error",
    message: "Keys for idempotent requests can only be used with the same parameters",
  }),
};
