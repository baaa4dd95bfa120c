import { StripeDouble } from "@gatehouse/firmware-sim/wire/stripe-double";
import type { OnlineGateway } from "@gatehouse/shared/ports/online-gateway";
import { StripeGateway } from "../../../src/adapters/online/stripe.ts";
import type { CarPark, CarParkOptions } from "../../flows/car-park.ts";
import { apiKey, facilityId, secret } from "./gateway-contract.ts";

/** A car park in virtual time whose drivers pay at a simulated Stripe on a real port. */
export class PhoneSite {
  readonly park: CarParkOptions;
  readonly #gateways: { gateway: OnlineGateway; returnUrl: string }[] = [];
  #double: StripeDouble | undefined;
  #park: CarPark | undefined;

  constructor(park: CarParkOptions = {}) {
    this.park = { ...park, gateways: this.#gateways };
  }

  get double(): StripeDouble {
    if (this.#double === undefined) throw new RangeError("the gateway has not started");
    return this.#double;
  }

  /** Called before the daemon starts. */
  readonly equip = async (park: CarPark): Promise<void> => {
    const double = new StripeDouble({ clock: park.world, apiKey, secret });
    await double.start();
    const gateway = new StripeGateway({
      id: "stripe",
      facilityId,
      apiKey,
      callbackSecrets: [secret],
      url: double.server.url,
      timeoutMs: 500,
      retries: 0,
    });
    this.#gateways.push({ gateway, returnUrl: "http://127.0.0.1/pay" });
    [this.#double, this.#park] = [double, park];
  };

  /** The newest sale at the gateway. */
  get sale(): string {
    return [...this.double.bank.sales.keys()].at(-1) ?? "";
  }

  /** Delivers everything that the gateway has told so far. */
  async deliver(): Promise<void> {
    if (this.#park === undefined) return;
    const { callbacks } = this.#park.facility;
    for (const event of this.double.events) {
      const { body, headers } = this.double.sign(event);
      const receivedAt = this.#park.world.now();
      callbacks.receive({ gateway: "stripe", body, headers, receivedAt, via: "door" });
    }
    await callbacks.handleAll();
  }
}
