import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { StripeDouble } from "@gatehouse/firmware-sim/wire/stripe-double";
import {
  OnlineGatewayConfig,
  OnlineGatewaySecret,
} from "@gatehouse/shared/contracts/online-config";
import { minorUnits } from "@gatehouse/shared/money";
import { type Instant, later, minutes } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { buildGateway } from "../../../src/adapters/online/build-gateway.ts";
import { apiKey, facilityId, secret } from "./gateway-contract.ts";

const config = (url: string): OnlineGatewayConfig =>
  OnlineGatewayConfig.parse({
    id: "main",
    make: "stripe",
    url,
    return_url: "https://park.example.com/thanks",
    timeout_s: 2,
  });
const keys = OnlineGatewaySecret.parse({ api_key: apiKey, callback_secrets: [secret] });

test("a gateway as it is configured gets over one lost answer by itself, and offers once", async () => {
  const clock = new VirtualClock(Date.parse("2026-11-20T12:00:00Z") as Instant);
  const double = new StripeDouble({ clock, apiKey, secret });
  await double.start();
  try {
    const gateway = buildGateway(config(double.server.url), keys, facilityId);
    double.server.failNext("lost-answer");
    const offer = await gateway.offer({
      paymentId: "p1",
      amount: minorUnits(350),
      currency: "EUR",
      description: "Parking",
      offeredAt: clock.now(),
      expiresAt: later(clock.now(), minutes(15)),
      returnUrl: "https://park.example.com/thanks",
    });
    expect([...double.bank.sales.keys()]).toEqual([offer.offerRef]);
    expect(gateway.name).toBe("main");
  } finally {
    await double.stop();
  }
});

test.each([
  "http://pay.example.com",
  "ftp://127.0.0.1",
  "http://127.0.0.1.evil.example",
  "http://127.0.0.1:80@evil.example",
])("keys are not sent to %s", (url) => {
  expect(() => config(url)).toThrow("use https");
});
