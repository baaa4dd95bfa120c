import { happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";

export interface CardholdersParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly gateway: OnlineGatewaySim;
}

/** People who do not know a charge on their statement, and their banks: these take hours here, not weeks. */
export class Cardholders {
  readonly #parts: CardholdersParts;
  readonly #random: SeededRandom;
  #isHome = false;

  constructor(parts: CardholdersParts) {
    this.#parts = parts;
    this.#random = parts.random.fork("cardholders");
  }

  begin(): void {
    this.#parts.world.after(wait(this.#random, 1200, 7200), () => {
      if (this.#isHome) return;
      this.#dispute();
      this.begin();
    });
  }

  /** Nobody disputes any more; what is with a bank stays there until it is decided. */
  goHome(): void {
    this.#isHome = true;
  }

  /** Some are decided before anybody was told that they were opened. */
  #dispute(): void {
    const { world, gateway } = this.#parts;
    const { chargeRefs } = gateway.purse;
    if (chargeRefs.length === 0) return;
    const disputeRef = gateway.dispute(pick(this.#random, chargeRefs));
    if (disputeRef === undefined) return;
    const end = happens(this.#random, 0.5) ? "won" : "lost";
    const most = happens(this.#random, 0.3) ? 60 : 4 * 3600;
    world.after(wait(this.#random, 1, most), () => gateway.decideDispute(disputeRef, end));
  }
}
