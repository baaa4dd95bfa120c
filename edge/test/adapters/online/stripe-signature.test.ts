import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { StripeGateway } from "../../../src/adapters/online/stripe.ts";

const gateway = new StripeGateway({
  id: "stripe",
  facilityId: "north",
  apiKey: "sk_test",
  callbackSecrets: ["whsec_test"],
  url: "http://127.0.0.1:9",
  timeoutMs: 100,
  retries: 0,
});
/** HMAC-SHA256 of `1700000000.` and the body with the secret, computed by hand. */
const signature = "4c15fb2a43f93ef61eaa3e0893866d57cad9cad4223242cfb96f362480cb4021";
const signedAt = 1_700_000_000_000;

const readAt = (header: string, at: number) =>
  gateway.readCallback(
    Buffer.from('{"id":"evt_1","object":"event"}'),
    { "stripe-signature": header },
    at as Instant,
  );

test("a signature over time and body is believed for 300 s, and from the future", () => {
  const header = `t=1700000000,v1=${signature}`;
  // Signed, and then found to hold nothing: that is a later complaint.
  for (const ageS of [0, 300, -86_400]) {
    expect(readAt(header, signedAt + ageS * 1000)).toMatchObject({ reason: "unreadable" });
  }
  expect(readAt(header, signedAt + 301_000)).toMatchObject({ reason: "too-old" });
});

test("other schemes do not count, and one good signature among several is enough", () => {
  const other = "0".repeat(64);
  expect(readAt(`t=1700000000,v0=${signature}`, signedAt)).toMatchObject({
    reason: "bad-signature",
  });
  expect(readAt(`t=1700000000,v1=${other},v1=${signature}`, signedAt)).toMatchObject({
    reason: "unreadable",
  });
});

test.each(["", "t=,v1=", "v1=x", "t=1700000000", "t=abc,v1=zz", "🚗"])(
  "the header %j is refused",
  (header) => {
    expect(readAt(header, signedAt)).toMatchObject({ kind: "refusal", reason: "bad-signature" });
  },
);
