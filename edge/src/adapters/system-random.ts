import { randomInt, randomUUIDv7 } from "node:crypto";
import type { Random } from "@gatehouse/shared/ports/random";

/** Chance from the operating system; ids are UUIDs of version 7, which sort by the time they were made. */
export class SystemRandom implements Random {
  fraction(): number {
    return randomInt(steps) / steps;
  }

  id(): string {
    return randomUUIDv7();
  }
}

/** `randomInt` takes ranges below 2^48. */
const steps = 2 ** 47;
