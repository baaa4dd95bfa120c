import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { type Minor, minorUnits } from "@gatehouse/shared/money";
import { type Duration, milliseconds } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { type Price, priceLostTicket, priceStay } from "./tariff.ts";

/** Steady milliseconds: a scale that no step of the wall clock moves. */
export type Steady = number;

export interface QuoteScene {
  readonly tariff: Tariff;
  readonly vehicleClass: VehicleClass;
  readonly entrySteady: Steady;
  readonly nowSteady: Steady;
  readonly paid: number;
  readonly hasPermit: boolean;
  /** A quote given earlier; it is honoured until its end. */
  readonly given?: { readonly total: number; readonly untilSteady: Steady };
  readonly graceUntilSteady: Steady | undefined;
  /** Its ticket is lost, and nobody knows since when it is here: the tariff's flat amount is the price. */
  readonly isLost?: boolean;
}

export interface Quote {
  readonly price: Price;
  readonly stay: Duration;
  readonly total: Minor;
  readonly due: Minor;
  readonly basis: "permit" | "within-grace" | "honoured-quote" | "tariff";
}

/** A quote given to a driver holds at least this long. */
export const quoteHeldFor = milliseconds(5 * 60_000);

/**
 * What a driver owes now. A permit owes nothing; within the grace after paying nothing more is owed; a quote
 * given is honoured to its end; otherwise the tariff's price for the whole stay less what was paid.
 */
export function quoteStay(scene: QuoteScene): Quote {
  const stay = milliseconds(Math.max(0, scene.nowSteady - scene.entrySteady));
  const price =
    scene.isLost === true
      ? priceLostTicket(scene.tariff)
      : priceStay(scene.tariff, scene.vehicleClass, stay);
  const at = (total: number, basis: Quote["basis"]): Quote => ({
    price,
    stay,
    total: minorUnits(total),
    due: minorUnits(Math.max(0, total - scene.paid)),
    basis,
  });
  // What was paid beyond the price is no part of it: it is given back.
  const settled = Math.min(scene.paid, price.total);
  if (scene.hasPermit) return at(settled, "permit");
  if (scene.graceUntilSteady !== undefined && scene.nowSteady <= scene.graceUntilSteady) {
    return at(settled, "within-grace");
  }
  const { given } = scene;
  if (given !== undefined && scene.nowSteady <= given.untilSteady && given.total <= price.total) {
    return at(Math.max(given.total, settled), "honoured-quote");
  }
  return at(price.total, "tariff");
}
