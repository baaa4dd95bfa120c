import { jsonOf } from "@gatehouse/shared/json-text";
import { currencyDigits } from "@gatehouse/shared/currency";
import { createHmac } from "node:crypto";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf } from "@gatehouse/shared/time";
import { z } from "zod";
import { OnlineBank, type Sale, type SaleEvent } from "./online-bank.ts";
import type { OnlineDouble, QueuedEvent, SignedCallback, Signing } from "./online-double.ts";
import { chargebackObject, paymentObject, refundObject } from "./mollie-double-objects.ts";
import { type OnlineReply, type OnlineRequest, OnlineServer } from "./online-server.ts";

export interface MollieDoubleOptions {
  readonly clock: Clock;
  readonly apiKey: string;
  readonly secret: string;
}

const Amount = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  value: z.string().regex(/^\d+(\.\d+)?$/),
});

const NewPayment = z.object({
  amount: Amount,
  description: z.string().min(1).max(255),
  redirectUrl: z.url().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  customerId: z.string().optional(),
  mandateId: z.string().optional(),
  sequenceType: z.enum(["oneoff", "first", "recurring"]).default("oneoff"),
});

const NewRefund = z.object({
  amount: Amount,
  metadata: z.record(z.string(), z.string()).default({}),
});

/** Mollie's API on a local port, as far as a car park needs it: payments, refunds, chargebacks, mandates, events. */
export class MollieDouble implements OnlineDouble, Part {
  readonly name = "mollie double";
  readonly server: OnlineServer;
  readonly bank: OnlineBank;
  readonly events: QueuedEvent[] = [];
  readonly prefixes = { refund: "re_", dispute: "chb_" };
  readonly #clock: Clock;
  readonly #secret: string;

  constructor({ clock, apiKey, secret }: MollieDoubleOptions) {
    this.#clock = clock;
    this.#secret = secret;
    this.bank = new OnlineBank({ sale: "tr_" }, (sale, event) => this.#tell(sale, event));
    this.server = new OnlineServer(apiKey, words, (request) => this.#route(request));
  }

  start(port = 0): Promise<void> {
    return this.server.start(port);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** No time is signed; of several secrets only the first signs, for there is one header. */
  sign(event: QueuedEvent, { secrets = [this.#secret] }: Signing = {}): SignedCallback {
    const mac = createHmac("sha256", secrets[0] ?? "")
      .update(event.body)
      .digest("hex");
    return {
      body: Buffer.from(event.body),
      headers: { "content-type": "application/json", "x-mollie-signature": `sha256=${mac}` },
    };
  }

  #tell(sale: Sale, event: SaleEvent): void {
    const told = this.#wordsOf(sale, event);
    // Mollie does not call for what changes nothing for good.
    if (told === undefined) return;
    const id = this.bank.nextRef("event_");
    const createdAt = isoOf(this.#clock.now());
    const body = JSON.stringify({
      resource: "event",
      id,
      type: told.type,
      entityId: told.entity["id"],
      createdAt,
      _embedded: { entity: told.entity },
    });
    this.events.push({ id, type: told.type, body });
  }

  #wordsOf(
    sale: Sale,
    event: SaleEvent,
  ): { type: string; entity: Record<string, unknown> } | undefined {
    if ("refund" in event) {
      const entity = refundObject(sale, event.refund);
      return { type: `refund.${String(entity["status"])}`, entity };
    }
    if ("dispute" in event) {
      const { dispute } = event;
      if (dispute.stage === "lost") return undefined;
      const type = dispute.stage === "won" ? "chargeback.reversed" : "chargeback.received";
      return { type, entity: chargebackObject(sale, dispute, isoOf(this.#clock.now())) };
    }
    if (event.kind === "attempt-failed") return undefined;
    const entity = paymentObject(sale, this.server.url);
    return { type: `payment.${String(entity["status"])}`, entity };
  }

  #route(request: OnlineRequest): OnlineReply {
    const { method, path, query } = request;
    const [, , resource = "", id, inner] = path.split("/");
    if (method === "POST" && resource === "customers") {
      return made({ resource: "customer", id: this.bank.nextRef("cst_") });
    }
    if (resource !== "payments") return missing(path);
    if (id === undefined) return method === "POST" ? this.#open(request) : missing(path);
    const sale = this.bank.sales.get(id);
    if (sale === undefined) return missing(`No payment exists with token ${id}.`);
    if (method === "POST" && inner === "refunds") return this.#refund(sale, request);
    if (method === "GET" && inner === "refunds") {
      const refunds = sale.refunds.map((refund) => refundObject(sale, refund));
      return done({ count: refunds.length, _embedded: { refunds } });
    }
    if (method === "DELETE") {
      return this.bank.end(id, "canceled")
        ? done(paymentObject(sale, this.server.url))
        : refused("The payment cannot be canceled");
    }
    return done(paymentObject(sale, this.server.url, query.get("embed") !== null));
  }

  /** A mandate whose name ends in `_declined` fails, `_revoked` is no longer valid, `_slow` takes days. */
  #open(request: OnlineRequest): OnlineReply {
    const wanted = NewPayment.safeParse(jsonOf(request.body)).data;
    if (wanted === undefined) return refused("The request is not as described");
    const { amount, metadata, customerId, mandateId = "", sequenceType } = wanted;
    const minor = minorOf(amount);
    if (minor === undefined || minor <= 0) {
      return refused("The amount contains an invalid value", "amount");
    }
    const isSaved = sequenceType === "recurring";
    if (isSaved && mandateId.endsWith("_revoked")) {
      return refused("The customer has no valid mandate", "mandateId");
    }
    if (!isSaved && wanted.redirectUrl === undefined) {
      return refused("The redirect URL is missing", "redirectUrl");
    }
    const sale = this.bank.open({
      amount: minor,
      currency: amount.currency,
      metadata,
      customer: customerId,
      keepsMeans: sequenceType === "first",
      isSaved,
    });
    if (isSaved) this.#charge(sale, mandateId);
    return made(paymentObject(sale, this.server.url));
  }

  #charge(sale: Sale, mandateId: string): void {
    if (mandateId.endsWith("_slow") || mandateId.endsWith("_declined")) {
      this.bank.pay(sale.ref, { outcome: "processing" });
    } else this.bank.pay(sale.ref);
    if (mandateId.endsWith("_declined")) this.bank.settle(sale.ref, false);
  }

  #refund(sale: Sale, request: OnlineRequest): OnlineReply {
    const wanted = NewRefund.safeParse(jsonOf(request.body)).data;
    const amount = wanted === undefined ? undefined : minorOf(wanted.amount);
    if (wanted === undefined || amount === undefined) return refused("Not a refund");
    const refund = this.bank.refund(sale.ref, amount, wanted.metadata, this.prefixes.refund);
    return refund === undefined
      ? refused("The specified amount cannot be refunded", "amount")
      : made(refundObject(sale, refund));
  }
}

/** Decimals as many as the currency has, or it is refused. */
function minorOf({ currency, value }: z.infer<typeof Amount>): number | undefined {
  const [whole = "", fraction = ""] = value.split(".");
  const digits = currencyDigits(currency);
  return fraction.length === digits ? Number(whole + fraction) : undefined;
}

const done = (body: unknown): OnlineReply => ({ status: 200, body });
const made = (body: unknown): OnlineReply => ({ status: 201, body });

const problem = (status: number, title: string, detail: string, field?: string): OnlineReply => ({
  status,
  body: { status, title, detail, field },
});

const missing = (detail: string): OnlineReply => problem(404, "Not Found", detail);
const refused = (detail: string, field?: string): OnlineReply =>
  problem(422, "Unprocessable Entity", detail, field);

const words = {
  unauthorised: problem(401, "Unauthorized Request", "Missing authentication"),
  busy: problem(409, "Conflict", "The same idempotency key is at work"),
  limited: problem(429, "Too Many Requests", "Slow down"),
  error: problem(500, "Internal Server Error", "An internal error occurred"),
  otherRequest: problem(400, "Bad Request", "The idempotency key was used for another request"),
};
