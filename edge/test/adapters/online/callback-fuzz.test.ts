import { createHmac } from "node:crypto";
import type { OnlineGateway } from "@gatehouse/shared/ports/online-gateway";
import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MollieGateway } from "../../../src/adapters/online/mollie.ts";
import { StripeGateway } from "../../../src/adapters/online/stripe.ts";

const secret = "whsec_fuzzed";
const now = 1_800_000_000_000 as Instant;
const options = {
  id: "fuzzed",
  facilityId: "north",
  apiKey: "sk_test",
  callbackSecrets: [secret],
  url: "http://127.0.0.1:9",
  timeoutMs: 100,
};
const makes: readonly [name: string, gateway: OnlineGateway, header: string][] = [
  ["Stripe", new StripeGateway({ ...options, retries: 0 }), "stripe-signature"],
  ["Mollie", new MollieGateway(options), "x-mollie-signature"],
];

test.each(makes)(
  "%s: no header and no bytes get through or make it stumble",
  (_, gateway, header) => {
    const headers = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^t=\d{0,12}(,v[01]=[0-9a-f]{0,70}){0,3}$/),
      fc.stringMatching(/^sha256=[0-9a-f]{0,70}$/),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), headers, (body, value) => {
        expect(gateway.readCallback(body, { [header]: value }, now).kind).toBe("refusal");
      }),
      { numRuns: 500 },
    );
  },
);

test.each(makes)("%s: whatever is signed is read or refused", (_, gateway, header) => {
  const objects = ["checkout.session", "payment_intent", "refund", "dispute", "charge", "payment"];
  const thing = fc.oneof(
    fc.jsonValue(),
    fc.record({ object: fc.constantFrom(...objects), resource: fc.constantFrom(...objects) }),
  );
  const types = ["checkout.session.completed", "refund.created", "charge.refunded", "payment.paid"];
  const event = fc.record({
    object: fc.constantFrom("event", "x"),
    resource: fc.constantFrom("event", "x"),
    id: fc.oneof(fc.string(), fc.integer()),
    type: fc.oneof(fc.constantFrom(...types), fc.string()),
    created: fc.oneof(fc.integer(), fc.double()),
    createdAt: fc.constantFrom("2026-11-20T12:00:00+00:00", "yesterday"),
    entityId: fc.string(),
    data: fc.record({ object: thing }),
    _embedded: fc.record({ entity: thing }),
  });
  fc.assert(
    fc.property(fc.oneof(event, fc.jsonValue()), (value) => {
      const body = Buffer.from(JSON.stringify(value));
      const t = now / 1000;
      const mac = (text: string | Buffer): string =>
        createHmac("sha256", secret).update(text).digest("hex");
      const signature =
        header === "stripe-signature"
          ? `t=${t},v1=${mac(`${t}.${body.toString()}`)}`
          : `sha256=${mac(body)}`;
      const reading = gateway.readCallback(body, { [header]: signature }, now);
      const isSafe =
        reading.kind === "callback"
          ? reading.callback.eventId.length > 0
          : reading.reason === "unreadable";
      expect(isSafe ? "safe" : JSON.stringify(reading)).toBe("safe");
    }),
    { numRuns: 1000 },
  );
});
