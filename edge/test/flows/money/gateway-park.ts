import { Fault } from "@gatehouse/shared/fault";
import { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { type Duration, earlier, hours, isoOf, later } from "@gatehouse/shared/time";
import { findPermit } from "../../../src/store/access.ts";
import { paymentsFor } from "../../../src/store/payments.ts";
import { keepPermit } from "../../../src/store/rights.ts";
import { findSubscription, type Subscription } from "../../../src/store/subscriptions.ts";
import { CarPark, type CarParkOptions } from "../car-park.ts";
import { boss, granted, press } from "./till.ts";

/** What a week of the permits here costs, minor units. */
export const weekly = 1190;

/** A car park whose drivers can pay through a gateway in memory, which outlives the daemon. */
export class GatewayPark {
  readonly park: CarPark;
  readonly gateway: OnlineGatewaySim;

  private constructor(park: CarPark, gateway: OnlineGatewaySim) {
    this.park = park;
    this.gateway = gateway;
  }

  static async open(options: Omit<CarParkOptions, "gateways"> = {}): Promise<GatewayPark> {
    const gateways: { gateway: OnlineGatewaySim; returnUrl: string }[] = [];
    const park = new CarPark({ ...options, gateways });
    const random = new SeededRandom(11);
    const gateway = new OnlineGatewaySim({ clock: park.world, random, name: "pay-page" });
    gateways.push({ gateway, returnUrl: "http://127.0.0.1/" });
    await park.boot();
    const site = new GatewayPark(park, gateway);
    site.listen();
    return site;
  }

  /** The gateway finds the daemon's door open. */
  listen(): void {
    const { park, gateway } = this;
    gateway.onCallback((body) => {
      if (!park.isUp) return false;
      const { callbacks } = park.facility;
      const receivedAt = park.world.now();
      const about = { gateway: "pay-page", body, headers: {}, receivedAt, via: "door" as const };
      try {
        const { kind } = callbacks.receive(about);
        callbacks.handleAll().catch(full);
        return kind !== "refused";
      } catch (error) {
        full(error);
        return false;
      }
    });
  }

  /** A permit that its holder's card renews by the week; it is asked for a day before its week begins. */
  async subscribe(name: string, askedIn: Duration, plates: readonly string[] = []): Promise<void> {
    const { park } = this;
    const now = park.machine.now();
    const paidUntil = later(later(now, askedIn), hours(24));
    park.book.write((tx) =>
      keepPermit(tx, {
        permit_id: `permit-${name}`,
        plates: [`P${name.toUpperCase()}`],
        lanes: [],
        zones: [],
        valid_from: isoOf(earlier(now, hours(1))),
        valid_until: isoOf(paidUntil),
      }),
    );
    await granted(
      park.facility.accounts.keepAccount(
        {
          request_id: press(),
          reason: "a new permit",
          account_id: `account-${name}`,
          holder: "Jo",
          plates: [...plates],
          is_active: true,
          floor_limit_minor: 0,
          means: {
            gateway: "pay-page",
            customer_ref: name,
            means_ref: "card-1",
            last_four: "4242",
          },
        },
        boss,
      ),
    );
    const subscription = {
      request_id: press(),
      reason: "a new permit",
      subscription_id: `sub-${name}`,
      permit_id: `permit-${name}`,
      account_id: `account-${name}`,
      price_minor: weekly,
      rate_ppm: 190_000,
      period: "week" as const,
      paid_until: isoOf(paidUntil),
      grace_days: 2,
    };
    await granted(park.facility.accounts.keepSubscription(subscription, boss));
  }

  /** Its holder wants it no longer. */
  async cancel(name: string): Promise<void> {
    const wish = { request_id: press(), act: "cancel" as const, reason: "moved away" };
    const { accounts } = this.park.facility;
    await granted(accounts.actOnSubscription(`sub-${name}`, wish, boss));
  }

  subscription(name: string): Subscription {
    const found = findSubscription(this.park.book, `sub-${name}`);
    if (found === undefined) throw new RangeError(`no subscription ${name}`);
    return found;
  }

  permitUntil(name: string): number {
    return findPermit(this.park.book, `permit-${name}`)?.validUntil ?? 0;
  }

  renewals(name: string) {
    return paymentsFor(this.park.book, "renewal", `sub-${name}`);
  }
}

/** What is not kept is not acknowledged, and comes again. @throws whatever is no full disk */
function full(error: unknown): void {
  if (!(error instanceof Fault) || error.code !== "disk-full") throw error;
}
