import type { OfferRequest } from "@gatehouse/shared/ports/online-gateway";
import { later, minutes } from "@gatehouse/shared/time";
import type Stripe from "stripe";
import { toStripe } from "./stripe-amount.ts";

/**
 * Stripe keeps a page open for half an hour at least. Another half is room to ask for it again after a lost answer
 * with the very same numbers, which its idempotency demands.
 */
const shortestOffer = minutes(60);

/**
 * What a Checkout session is asked for with: the same for the same request, however often.
 *
 * @param metadata comes back in every event
 * @param customer whose means is kept for later charges, where its holder agreed
 * @throws Fault `gateway-refused` for an amount that Stripe cannot express
 */
export function sessionParams(
  request: OfferRequest,
  metadata: Stripe.MetadataParam,
  customer: string | undefined,
): Stripe.Checkout.SessionCreateParams {
  const { paymentId, amount, currency, description, returnUrl } = request;
  const earliest = later(request.offeredAt, shortestOffer);
  return {
    mode: "payment",
    client_reference_id: paymentId,
    metadata,
    // Metadata of the session does not reach its intent by itself.
    payment_intent_data: {
      metadata,
      description,
      ...(customer === undefined ? {} : { setup_future_usage: "off_session" as const }),
    },
    ...(customer === undefined ? {} : { customer }),
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: currency.toLowerCase(),
          unit_amount: toStripe(amount, currency),
          product_data: { name: description },
        },
      },
    ],
    // The driver pays what we ask for, in our currency.
    adaptive_pricing: { enabled: false },
    expires_at: Math.floor(Math.max(request.expiresAt, earliest) / 1000),
    success_url: returnUrl,
    cancel_url: returnUrl,
  };
}
