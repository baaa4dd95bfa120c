import { happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { DirectiveOrder } from "@gatehouse/shared/contracts/office";
import { defaultTariff, type Tariff } from "@gatehouse/shared/contracts/tariff";
import { earlier, hours, isoOf, later, minutes } from "@gatehouse/shared/time";
import type { SimulatedOffice } from "./simulated-office.ts";

export interface OfficeDeskParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly office: SimulatedOffice;
  /** Plates of cars that come often. */
  readonly regulars: readonly string[];
  readonly onTariff: (tariff: Tariff) => void;
  readonly onError: (error: unknown) => void;
}

/** People at head office: now and then a price changes, a permit is given, a plate is listed. */
export class OfficeDesk {
  readonly #parts: OfficeDeskParts;
  readonly #random: SeededRandom;
  #closed = false;
  #version = 1;
  #permits = 0;

  constructor(parts: OfficeDeskParts) {
    this.#parts = parts;
    this.#random = parts.random.fork("office desk");
  }

  open(): void {
    const { world, office, onError } = this.#parts;
    world.after(wait(this.#random, 1800, 4 * 3600), () => {
      if (this.#closed) return;
      office.order(this.#decide()).catch(onError);
      this.open();
    });
  }

  close(): void {
    this.#closed = true;
  }

  #decide(): DirectiveOrder {
    const { world, regulars } = this.#parts;
    const now = world.now();
    const body = this.#body();
    if (happens(this.#random, 0.1)) return { ...body, expires_at: isoOf(earlier(now, minutes(1))) };
    return happens(this.#random, 0.2) && regulars.length > 0
      ? { ...body, expires_at: isoOf(later(now, hours(2))) }
      : body;
  }

  #body(): DirectiveOrder {
    const { world, regulars, onTariff } = this.#parts;
    const now = world.now();
    const kind = pick(this.#random, ["tariff", "permit", "list-entry", "notice"] as const);
    switch (kind) {
      case "tariff": {
        const tariff: Tariff = {
          ...defaultTariff,
          version: ++this.#version,
          rates: [
            {
              name: "hourly",
              prices: {
                car: (2 + Math.floor(this.#random.fraction() * 200) / 100).toFixed(2),
                motorcycle: (0.8 + Math.floor(this.#random.fraction() * 80) / 100).toFixed(2),
                truck: "5.00",
              },
              per: "1 h",
              step: pick(this.#random, ["5 min", "15 min", "30 min"]),
            },
          ],
          rounding: pick(this.#random, ["half-up", "half-even", "up", "down"] as const),
          free: pick(this.#random, [[], [], [{ time: "10 min", mode: "threshold" as const }]]),
          valid_from: isoOf(now),
        };
        onTariff(tariff);
        return { kind, body: tariff };
      }
      case "permit":
        return {
          kind,
          body: {
            permit_id: `permit-${++this.#permits}`,
            plates: [pick(this.#random, regulars)],
            valid_from: isoOf(now),
            valid_until: isoOf(later(now, hours(24))),
          },
        };
      case "list-entry":
        return {
          kind,
          body: {
            list: pick(this.#random, ["allow", "deny"] as const),
            plate: pick(this.#random, regulars),
            reason: "simulated",
            valid_until: isoOf(later(now, hours(12))),
          },
        };
      case "notice":
        return { kind, body: { notice_id: this.#random.id(), text: "Lift 2 is out of order." } };
    }
  }
}
