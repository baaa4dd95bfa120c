import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { below, oneOf, pick } from "./chance.ts";

/** Somebody with a permit. */
export interface Holder {
  readonly permitId: string;
  readonly plate: string;
  readonly name: string;
  readonly kind: "season" | "staff" | "resident";
}

/** A vehicle that may not come in. */
export interface Unwanted {
  readonly plate: string;
  readonly reason: string;
}

const firstNames = ["Ana", "Jonas", "Priya", "Tom", "Lucía", "Mei", "Olga", "Samir", "Ruth", "Leo"];
const lastNames = [
  "Becker",
  "García",
  "Novak",
  "Patel",
  "Rossi",
  "Schmidt",
  "Tran",
  "Weber",
  "Wright",
];
const holderCount = 40;

/** A name for somebody. */
export const nameOf = (random: SeededRandom): string =>
  `${oneOf(random, firstNames)} ${oneOf(random, lastNames)}`;

/** Who has a permit: each with one vehicle. */
export const holdersOf = (random: SeededRandom): Holder[] =>
  Array.from({ length: holderCount }, (_, index) => ({
    permitId: `permit-${String(index + 1).padStart(3, "0")}`,
    plate: `PM${1000 + index}`,
    name: nameOf(random),
    kind: pick(random, [
      ["season", 5],
      ["staff", 3],
      ["resident", 2],
    ]),
  }));

/** Vehicles on head office's deny list. */
export const unwantedOf = (random: SeededRandom): Unwanted[] =>
  [
    "three penalties unpaid; call the manager",
    "hit the gate and drove off on 3 May",
    "camps on the roof; told to leave twice",
  ].map((reason, index) => ({ plate: `XX${index}${100 + below(random, 900)}`, reason }));
