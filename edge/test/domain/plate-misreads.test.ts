import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { expect, test } from "vitest";
import { PlateIndex } from "../../src/domain/plate-index.ts";
import { matchPlate, type PlateSighting } from "../../src/domain/plate-match.ts";

const plates = 1000;
const misreads = 10_000;
const letters = "ABCDEFGHJKLMNOPRSTUVWXYZ";
const digits = "0123456789";
const lookAlikes = ["O0QDUGB", "I1T", "B8", "S5", "Z2", "G6"];
/** Two of three vehicles come from three districts: their plates begin alike. */
const districts = ["B", "HVL", "PM"];

/** A thousand vehicles inside; what a camera makes of them, ten thousand times. */
class MisreadingCamera {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  #one<T>(of: ArrayLike<T>): T {
    return of[Math.floor(this.#random.fraction() * of.length)] as T;
  }

  #many(signs: string, count: number): string {
    return Array.from({ length: count }, () => this.#one(signs)).join("");
  }

  plate(): string {
    const home = this.#random.fraction() < 0.66;
    const district = home ? this.#one(districts) : this.#many(letters, 2);
    return (
      district +
      this.#many(letters, district.length === 3 ? 1 : 2) +
      this.#one("123456789") +
      this.#many(digits, 3)
    );
  }

  /** Mostly one look-alike; also two, a dropped or inserted character, and now and then something else. */
  misread(plate: string): string {
    const kind = this.#random.fraction();
    if (kind < 0.5) return this.#swapped(plate);
    if (kind < 0.65) return this.#swapped(this.#swapped(plate));
    const at = Math.floor(this.#random.fraction() * plate.length);
    if (kind < 0.75) return plate.slice(0, at) + plate.slice(at + 1);
    if (kind < 0.8) return plate.slice(0, at) + this.#one(letters + digits) + plate.slice(at);
    const once = plate.slice(0, at) + this.#one(letters + digits) + plate.slice(at + 1);
    return kind < 0.95 ? once : this.misread(once);
  }

  #swapped(plate: string): string {
    const at = Math.floor(this.#random.fraction() * plate.length);
    const group = this.#one(lookAlikes.filter((each) => each.includes(plate.charAt(at))));
    if (group === undefined)
      return plate.replace(/[01258]/, (sign) => "OIZSB"["01258".indexOf(sign)] ?? "");
    return (
      plate.slice(0, at) + this.#one(group.replace(plate.charAt(at), "")) + plate.slice(at + 1)
    );
  }

  /** Half of the cameras tell their other guesses; the truth is one of them most of the time. */
  sighting(truth: string): PlateSighting {
    const plate = this.misread(truth);
    const others = Array.from({ length: 5 }, (_, n) => ({
      plate: this.misread(n === 0 ? truth : plate),
      confidence: 0.85 - 0.02 * n,
    }));
    const guesses =
      this.#random.fraction() < 0.8 ? [{ plate: truth, confidence: 0.83 }, ...others] : others;
    return {
      plate,
      confidence: 0.92,
      candidates: this.#random.fraction() < 0.5 ? guesses : [],
      vehicleClass: "unknown",
    };
  }
}

/** What becomes of the misreads among a thousand vehicles inside. */
function outcomesOf(seed: number): Outcomes {
  const camera = new MisreadingCamera(seed);
  const inside = new Set<string>();
  while (inside.size < plates) inside.add(camera.plate());
  const known = [...inside];
  const index = new PlateIndex();
  for (const plate of known) index.put(plate, plate);
  const count = { misread: 0, right: 0, wrong: 0, askedWithIt: 0, askedWithout: 0, none: 0 };
  while (count.misread < misreads) {
    const truth = known[count.misread % known.length] ?? "";
    const sighting = camera.sighting(truth);
    if (sighting.plate === truth) continue;
    count.misread += 1;
    const texts = [sighting, ...sighting.candidates].map(({ plate }) => plate);
    const near = new Set(texts.flatMap((text) => index.near(text)));
    const { kind, found } = matchPlate(sighting, [...near], vehicleOf);
    if (kind === "none") count.none += 1;
    else if (kind === "doubtful" || kind === "several")
      count[found.includes(truth) ? "askedWithIt" : "askedWithout"] += 1;
    else count[found[0] === truth ? "right" : "wrong"] += 1;
  }
  return count;
}

type Outcomes = Record<
  "misread" | "right" | "wrong" | "askedWithIt" | "askedWithout" | "none",
  number
>;

const vehicleOf = (plate: string) => ({
  plate,
  vehicleClass: "unknown" as const,
  doubt: 0,
  hasLeft: false,
});

test("of ten thousand misreads among a thousand vehicles inside none is given another's session", () => {
  expect(outcomesOf(20_260_601)).toEqual({
    misread: 10_000,
    right: 8107,
    wrong: 0,
    askedWithIt: 1621,
    askedWithout: 0,
    none: 272,
  });
});
