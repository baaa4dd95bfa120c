import type { Random } from "@gatehouse/shared/ports/random";
import { between, happens, pick } from "./chance.ts";

/** What a camera makes of a plate. `rawPlate` is "" when it saw a car and no plate. */
export interface Sight {
  readonly rawPlate: string;
  /** 0–1. */
  readonly confidence: number;
}

/** Characters that cameras take for one another (requirements D, plate match). */
const confusable = ["O0QDUGB", "I1T", "B8", "S5", "Z2", "G6"] as const;

/**
 * Looks at a plate once. Another look is another chance: a dirty plate may read well the second time.
 *
 * @param misreadShare how many looks go wrong: a wrong character, sometimes a lost one, rarely nothing at all;
 *   a wrong one is told with less confidence, though not always with little
 */
export function look(random: Random, plate: string, misreadShare: number): Sight {
  if (!happens(random, misreadShare)) {
    return { rawPlate: plate, confidence: between(random, 0.86, 0.99) };
  }
  const kind = random.fraction();
  if (kind < 0.1) return { rawPlate: "", confidence: 0 };
  const confidence = between(random, 0.45, 0.85);
  return { rawPlate: kind < 0.2 ? loseOne(random, plate) : confuseOne(random, plate), confidence };
}

function confuseOne(random: Random, plate: string): string {
  const wrong = plate.split("").flatMap((char, index) =>
    confusable
      .filter((group) => group.includes(char))
      .flatMap((group) => group.split("").filter((other) => other !== char))
      .map((other) => plate.slice(0, index) + other + plate.slice(index + 1)),
  );
  return wrong.length === 0 ? loseOne(random, plate) : pick(random, wrong);
}

function loseOne(random: Random, plate: string): string {
  const at = Math.floor(random.fraction() * plate.length);
  return plate.slice(0, at) + plate.slice(at + 1);
}
