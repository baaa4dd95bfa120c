import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { type Minor, minorUnits } from "@gatehouse/shared/money";
import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import { spanMs } from "@gatehouse/shared/contracts/tariff-values";
import { type Duration, type Instant, later, milliseconds } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { priceLostTicket } from "@gatehouse/shared/tariff/lost-ticket";
import { type EarlierStay, type Price, priceLength } from "@gatehouse/shared/tariff/price";

/** Steady milliseconds: a scale that no step of the wall clock moves. */
export type Steady = number;

export interface QuoteScene {
  readonly tariff: Tariff;
  /** How the facility counts its days. */
  readonly zone: SiteCalendar;
  readonly vehicleClass: VehicleClass;
  /** Left out: an ordinary space, or nobody knows which. */
  readonly spaceType?: SpaceType | undefined;
  /** Earlier stays of the same plate; they matter where the tariff has rules for coming back. */
  readonly history?: readonly EarlierStay[] | undefined;
  /** On the wall clock, for windows and days; the length of the stay is steady. */
  readonly entry: Instant;
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

/** What a vehicle costs when its gate opens for it, it costs when it has passed: so long at most. */
export const exitHeldFor = milliseconds(5 * 60_000);

/**
 * What a driver owes now. A permit owes nothing; within the grace after paying nothing more is owed; a quote
 * given is honoured to its end; otherwise the tariff's price for the whole stay less what was paid.
 */
export function quoteStay(scene: QuoteScene): Quote {
  const stay = milliseconds(Math.max(0, scene.nowSteady - scene.entrySteady));
  const price = scene.isLost === true ? lostPrice(scene, stay) : stayPrice(scene, stay);
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

/** How long a driver may take from paying to leaving. */
export const exitGraceOf = ({ exit_grace: grace = "15 min" }: Tariff): Duration =>
  milliseconds(spanMs(grace));

/** How long a quote that a driver was given is honoured. */
export const quoteHoldOf = ({ quote_hold: hold = "5 min" }: Tariff): Duration =>
  milliseconds(spanMs(hold));

const lostPrice = ({ tariff, zone, vehicleClass, entry }: QuoteScene, stay: Duration): Price =>
  priceLostTicket({ tariff, zone, vehicleClass, now: later(entry, stay) });

/** The whole stay; or, with a tariff that says what follows the grace, what was paid and what followed. */
function stayPrice(scene: QuoteScene, stay: Duration): Price {
  const { tariff, zone, vehicleClass, spaceType, history } = scene;
  const { entry, entrySteady, paid, graceUntilSteady } = scene;
  const whole = {
    tariff,
    zone,
    vehicleClass,
    entry,
    stay,
    ...(spaceType !== undefined && { spaceType }),
    ...(history !== undefined && { history }),
  };
  if (graceUntilSteady === undefined || paid === 0) return priceLength(whole);
  const graceUntil = later(entry, milliseconds(Math.max(0, graceUntilSteady - entrySteady)));
  const at = Math.max(entry, graceUntil - exitGraceOf(tariff)) as Instant;
  return priceLength({ ...whole, settled: { at, graceUntil, paid: minorUnits(paid) } });
}
