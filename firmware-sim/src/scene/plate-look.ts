import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import type { Colour } from "./surfaces.ts";

/** How the signs of a plate are drawn. */
export interface Lettering {
  /** A sign's width over its height, and a stroke's thickness over its height. */
  readonly width: number;
  readonly stroke: number;
  readonly ends: "square" | "round";
}

/** A number plate as it is made. Sizes in metres. */
export interface PlateLook {
  /** As read: capitals and digits, without blanks. */
  readonly text: string;
  /** As painted, one entry a row; a blank is a gap. */
  readonly rows: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly back: Colour;
  readonly ink: Colour;
  readonly lettering: Lettering;
  /** A coloured strip at the left edge with a country's letters. */
  readonly band?: { readonly colour: Colour; readonly country: string };
  /** Small print above the number, as on plates of the United States. */
  readonly heading?: { readonly text: string; readonly ink: Colour };
  readonly dirt: number;
}

const letterings: readonly Lettering[] = [
  { width: 0.56, stroke: 0.14, ends: "square" },
  { width: 0.44, stroke: 0.13, ends: "square" },
  { width: 0.54, stroke: 0.12, ends: "round" },
];

const white: Colour = [232, 233, 230];
const black: Colour = [18, 18, 20];
const blue: Colour = [24, 60, 150];

/** A plate of the kind told, of usual size and colours, clean: what a given car carries. */
export function europeanPlate(text: string, country: string): PlateLook {
  const [lettering = letterings[0]] = letterings;
  if (lettering === undefined) throw new RangeError("no lettering");
  return {
    text,
    rows: [spaced(text)],
    width: 0.52,
    height: 0.11,
    back: white,
    ink: black,
    lettering,
    band: { colour: blue, country },
    dirt: 0,
  };
}

/** Letters and digits apart from each other, as most countries set them. */
const spaced = (text: string): string => text.replace(/(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])/g, " ");

/** A plate by chance: European, British, American, in one row or two. */
export function drawPlate(random: SeededRandom): PlateLook {
  const style = random.fraction();
  const plate =
    style < 0.42
      ? european(random)
      : style < 0.56
        ? british(random)
        : style < 0.9
          ? american(random)
          : square(random);
  return { ...plate, dirt: happens(random, 0.4) ? random.fraction() : 0 };
}

type Clean = Omit<PlateLook, "dirt">;

function european(random: SeededRandom): Clean {
  const [country, pattern] = pick(random, countries);
  const painted = follow(random, pattern);
  return {
    text: painted.replaceAll(/[ -]/g, ""),
    rows: [painted],
    width: 0.52,
    height: 0.11,
    back: country === "NL" ? [226, 178, 40] : white,
    ink: black,
    lettering: pick(random, letterings),
    ...(happens(random, 0.85) ? { band: { colour: blue, country } } : {}),
  };
}

/** A: a letter, 9: a digit. */
const countries: readonly (readonly [country: string, pattern: string])[] = [
  ["D", "A AA 999"],
  ["D", "AA AA 9999"],
  ["D", "AAA A 99"],
  ["F", "AA-999-AA"],
  ["I", "AA 999AA"],
  ["E", "9999 AAA"],
  ["NL", "AA-999-A"],
  ["PL", "AA 99999"],
  ["CZ", "9A9 9999"],
  ["A", "A 99999A"],
  ["H", "AAA-999"],
  ["S", "AAA 999"],
];

function british(random: SeededRandom): Clean {
  const painted = follow(random, "AA99 AAA");
  return {
    text: painted.replace(" ", ""),
    rows: [painted],
    width: 0.52,
    height: 0.111,
    back: happens(random, 0.5) ? white : [236, 196, 44],
    ink: black,
    lettering: pick(random, letterings),
    ...(happens(random, 0.4) ? { band: { colour: blue, country: "GB" } } : {}),
  };
}

function american(random: SeededRandom): Clean {
  const [back, ink, heading] = pick(random, states);
  const painted = follow(
    random,
    pick(random, ["AAA 9999", "9AAA999", "AAA 999", "999 AAA", "AAA-9999", "A99 AAA", "AA 99999"]),
  );
  const name = pick(random, [
    "TEXAS",
    "OHIO",
    "MAINE",
    "UTAH",
    "NEVADA",
    "OREGON",
    "KANSAS",
    "IOWA",
  ]);
  return {
    text: painted.replaceAll(/[ -]/g, ""),
    rows: [painted],
    width: 0.305,
    height: 0.152,
    back,
    ink,
    lettering: { ...pick(random, letterings), width: between(random, 0.42, 0.5) },
    heading: { text: name, ink: heading },
  };
}

/** Background, number and heading of American plates. */
const states: readonly (readonly [Colour, Colour, Colour])[] = [
  [white, [26, 40, 96], [170, 30, 40]],
  [
    [222, 230, 236],
    [24, 30, 90],
    [24, 30, 90],
  ],
  [white, black, black],
  [
    [230, 190, 70],
    [20, 30, 80],
    [20, 30, 80],
  ],
  [
    [206, 224, 232],
    [20, 70, 50],
    [40, 90, 150],
  ],
  [white, [150, 30, 34], [40, 50, 120]],
  [
    [30, 60, 110],
    [236, 232, 200],
    [236, 220, 120],
  ],
  [
    [228, 222, 200],
    [40, 60, 40],
    [140, 60, 40],
  ],
];

/** Two rows, as on motorcycles, lorries and older cars. */
function square(random: SeededRandom): Clean {
  const rows = [
    follow(random, pick(random, ["AA 99", "AAA", "A A9"])),
    follow(random, pick(random, ["9999", "A 999", "AA 99"])),
  ];
  return {
    text: rows.join("").replaceAll(" ", ""),
    rows,
    width: 0.28,
    height: 0.2,
    back: white,
    ink: black,
    lettering: pick(random, letterings),
  };
}

/** Paints a pattern of letters (A) and digits (9). */
function follow(random: SeededRandom, pattern: string): string {
  return pattern.replaceAll(/[A9]/g, (kind) =>
    kind === "A" ? pick(random, letters) : String(Math.floor(random.fraction() * 10)),
  );
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
