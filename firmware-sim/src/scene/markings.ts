import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import type { LotPlan, MarkedBay } from "./lot-plan.ts";
import { blot, type Paint, stripe } from "./paint.ts";
import { strokesOf } from "./strokes.ts";
import type { Colour } from "./surfaces.ts";
import { onGround, type Vec2 } from "./vector.ts";

/** The painted lines, arrows and numbers of a lot, in one style drawn by chance; some lots have none. */
export function drawMarkings(random: SeededRandom, { bays, aisles }: LotPlan): Paint[] {
  if (happens(random, 0.08)) return [];
  const colour = pick(random, lineColours);
  const width = between(random, 0.08, 0.16);
  const paint = { colour, opacity: between(random, 0.55, 1), wear: random.fraction() * 0.9 };
  const style = pick(random, lineStyles);
  const numbered = happens(random, 0.3);
  const arrows = happens(random, 0.5);
  return [
    ...bays.flatMap((bay) => bayLines(bay, style, width).map((polygon) => ({ ...paint, polygon }))),
    ...(numbered
      ? bays.flatMap((bay) => numberOf(bay).map((polygon) => ({ ...paint, polygon })))
      : []),
    ...(arrows
      ? aisles.flatMap(({ from, to }) =>
          [0.2, 0.5, 0.8].flatMap((share) =>
            arrow([from[0] + (to[0] - from[0]) * share, from[1]]).map((polygon) => ({
              ...paint,
              polygon,
            })),
          ),
        )
      : []),
    ...(happens(random, 0.15) ? specialBays(random, bays) : []),
  ];
}

const lineColours: readonly Colour[] = [
  [222, 222, 214],
  [232, 230, 224],
  [214, 214, 208],
  [206, 176, 70],
  [212, 190, 120],
  [90, 130, 190],
];
type LineStyle = "sides" | "box" | "tee" | "ends" | "dots";
const lineStyles: readonly LineStyle[] = ["sides", "sides", "sides", "box", "box", "tee", "ends"];

/** The stripes of one bay. */
function bayLines({ corners }: MarkedBay, style: LineStyle, width: number): (readonly Vec2[])[] {
  const [a, b, c, d] = corners;
  const part = (from: Vec2, to: Vec2, share: number): Vec2 => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
  ];
  if (style === "tee")
    return [
      stripe(a, part(a, d, 0.18), width),
      stripe(d, part(d, a, 0.12), width),
      stripe(part(d, c, -0.1), part(d, c, 0.1), width),
    ];
  if (style === "ends")
    return [stripe(a, part(a, d, 0.55), width), stripe(b, part(b, c, 0.55), width)];
  const sides = [stripe(a, d, width), stripe(b, c, width)];
  return style === "box" ? [...sides, stripe(d, c, width)] : sides;
}

/** The number of a bay near its aisle, 0.5 m high, to be read from there. */
function numberOf({ id, place, length }: MarkedBay): (readonly Vec2[])[] {
  const size = 0.5;
  const left = (-id.length * size * 0.75) / 2;
  return id.split("").flatMap((sign, i) =>
    strokesOf(sign).map(([x0, y0, x1, y1]) => {
      const point = (x: number, y: number): Vec2 =>
        onGround(place, [-length * 0.36 + y * size, -(left + (i * 0.75 + x * 0.5) * size)]);
      return stripe(point(x0, y0), point(x1, y1), 0.07);
    }),
  );
}

function arrow([x, y]: Vec2): (readonly Vec2[])[] {
  return [
    stripe([x - 1.2, y], [x + 0.4, y], 0.16),
    [
      [x + 0.3, y + 0.35],
      [x + 1.2, y],
      [x + 0.3, y - 0.35],
    ],
  ];
}

/** Bays painted out: blue for wheelchairs, green for charging, red for none. */
function specialBays(random: SeededRandom, bays: readonly MarkedBay[]): Paint[] {
  const colour = pick<Colour>(random, [
    [44, 92, 160],
    [54, 130, 84],
    [150, 56, 48],
  ]);
  const chosen = bays.filter(() => happens(random, 0.12));
  return chosen.map(({ corners }) => ({ polygon: corners, colour, opacity: 0.7, wear: 0.5 }));
}

/** Oil, tyre marks, repairs, cracks, lids and damp: what years leave on the ground. */
export function drawAge(random: SeededRandom, { bays, reach }: LotPlan, age: number): Paint[] {
  const anywhere = (): Vec2 => [
    between(random, -reach[0], reach[0]),
    between(random, -reach[1], reach[1]),
  ];
  const repairs = Array.from({ length: Math.round(age * 8) }, (): Paint => {
    const [x, y] = anywhere();
    const [l, w] = [between(random, 0.6, 5), between(random, 0.5, 2.5)];
    const grey = between(random, 40, 110);
    return {
      polygon: [
        [x, y],
        [x + l, y],
        [x + l, y + w],
        [x, y + w],
      ],
      colour: [grey, grey, grey + 2],
      opacity: between(random, 0.2, 0.7),
      wear: 0.2,
    };
  });
  const oil = bays
    .filter(() => happens(random, age * 0.7))
    .map(({ place, length }): Paint => {
      const middle = onGround(place, [
        length * between(random, -0.1, 0.32),
        between(random, -0.3, 0.3),
      ]);
      return soft(middle, between(random, 0.2, 0.7), [34, 32, 30], between(random, 0.25, 0.75));
    });
  const cracks = Array.from({ length: Math.round(age * 14) }, () =>
    crack(random, anywhere()),
  ).flat();
  const damp = Array.from({ length: Math.round(age * 10) }, () =>
    soft(anywhere(), between(random, 0.6, 3), [60, 58, 54], between(random, 0.1, 0.4)),
  );
  const leaves = happens(random, 0.25)
    ? Array.from({ length: 120 }, () => {
        const colour: Colour = [between(random, 90, 150), between(random, 70, 110), 40];
        return { polygon: blot(anywhere(), 0.08, 5), colour, opacity: 0.8, wear: 0 };
      })
    : [];
  return [...repairs, ...damp, ...oil, ...cracks, ...leaves];
}

function soft(middle: Vec2, radius: number, colour: Colour, opacity: number): Paint {
  return {
    polygon: blot(middle, radius * 1.2),
    colour,
    opacity,
    wear: 0.2,
    soft: { middle, radius },
  };
}

/** A crack, or a seam of tar: a crooked line. */
function crack(random: SeededRandom, [startX, startY]: Vec2): Paint[] {
  let [x, y] = [startX, startY];
  let turn = random.fraction() * 2 * Math.PI;
  const tar = happens(random, 0.3);
  const width = tar ? 0.09 : 0.035;
  return Array.from({ length: 8 }, () => {
    const from: Vec2 = [x, y];
    turn += between(random, -0.6, 0.6);
    x += 0.9 * Math.cos(turn);
    y += 0.9 * Math.sin(turn);
    const colour: Colour = tar ? [28, 28, 30] : [48, 46, 44];
    return { polygon: stripe(from, [x, y], width), colour, opacity: 0.8, wear: 0.3 };
  });
}
