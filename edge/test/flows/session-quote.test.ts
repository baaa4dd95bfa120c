import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { minutes } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { keepTariff } from "../../src/store/rights.ts";
import { CarPark, morning } from "./car-park.ts";

test("what a driver was quoted is honoured as long as the tariff says", async () => {
  const park = await CarPark.open();
  const valid_from = "2026-01-01T00:00:00Z";
  const tariff = { ...defaultTariff, tariff_id: "held-long", valid_from, quote_hold: "20 min" };
  park.book.write((tx) => keepTariff(tx, tariff));
  await park.enter("BGH1234");
  expect(park.session("BGH1234").tariffId).toBe("held-long");
  await park.pass(3600);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  await park.pass(1);
  const [quoted] = park.facts("session-quoted");
  const givenAt = Date.parse(quoted?.honoured_until ?? "") - minutes(20);
  expect(givenAt).toBeGreaterThan(morning);
  expect(givenAt).toBeLessThanOrEqual(park.machine.now());
  await park.facility.stop();
});
