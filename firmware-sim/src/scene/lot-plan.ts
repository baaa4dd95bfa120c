import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import type { Place, Vec2 } from "./vector.ts";

/** A space as marked on the ground. */
export interface MarkedBay {
  readonly id: string;
  /** The outline, in turn; the first two corners are at the aisle. */
  readonly corners: readonly [Vec2, Vec2, Vec2, Vec2];
  /** Its middle, turned into the bay from the aisle. */
  readonly place: Place;
  readonly length: number;
  readonly width: number;
  /** The spaces that share a long side with it. */
  readonly neighbours: readonly string[];
}

/** Straight ways along which vehicles drive, from end to end. */
export interface Aisle {
  readonly from: Vec2;
  readonly to: Vec2;
  readonly width: number;
  /** Both ways through a lot, or one lane of a road with its denser and more mixed traffic. */
  readonly kind: "aisle" | "lane";
}

/** A part of the lot that is no asphalt: planted or paved. */
export interface Island {
  readonly corners: readonly Vec2[];
  readonly place: Place;
  readonly length: number;
  readonly width: number;
}

export interface LotPlan {
  readonly bays: readonly MarkedBay[];
  readonly aisles: readonly Aisle[];
  readonly islands: readonly Island[];
  /** Half its size along x and y; the middle is at 0. */
  readonly reach: Vec2;
}

/** Rows of spaces on both sides of aisles; sizes, angle and gaps by chance. Metres. */
export function drawLot(random: SeededRandom): LotPlan {
  const style = pick(random, bayStyles);
  const bayWidth = between(random, 2.3, 2.9);
  const bayLength = between(random, 4.7, 5.5);
  const aisleWidth = between(random, style.degrees === 0 ? 4 : 5.2, 7.5);
  const count = 8 + Math.floor(random.fraction() * 10);
  const aisles = 1 + Math.floor(random.fraction() * 3);
  const between2 = happens(random, 0.4) ? between(random, 0.8, 2.5) : 0.05;
  const rows: Row[] = [];
  const lanes: number[] = [];
  let y = 0;
  for (let i = 0; i < aisles; i++) {
    const deep = depthOf(style.degrees, bayWidth, bayLength);
    rows.push({ y: y + deep, side: -1 });
    lanes.push(y + deep + aisleWidth / 2);
    rows.push({ y: y + deep + aisleWidth, side: 1 });
    y += 2 * deep + aisleWidth + between2;
  }
  const size = { bayWidth, bayLength, degrees: style.degrees };
  const islandAt = happens(random, 0.5) ? 4 + Math.floor(random.fraction() * 4) : Infinity;
  const laid = rows.flatMap((row, r) =>
    layRow({ ...row, y: row.y - y / 2 }, r, count, size, islandAt),
  );
  const bays = laid.flatMap((each) => ("id" in each ? [each] : []));
  const islands = laid.flatMap((each) => ("id" in each ? [] : [each]));
  const reachX = Math.max(...bays.flatMap(({ corners }) => corners.map(([x]) => Math.abs(x)))) + 3;
  if (between2 > 0.7)
    for (let i = 1; i < aisles; i++) islands.push(strip(rows, i, y, between2, reachX));
  return {
    bays,
    islands,
    aisles: lanes.map((at) => ({
      from: [-reachX - 8, at - y / 2],
      to: [reachX + 8, at - y / 2],
      width: aisleWidth,
      kind: "aisle",
    })),
    reach: [reachX, y / 2 + 2],
  };
}

const bayStyles = [
  { degrees: 90 },
  { degrees: 90 },
  { degrees: 90 },
  { degrees: 60 },
  { degrees: 45 },
  { degrees: 70 },
  { degrees: 0 },
] as const;

interface Row {
  /** Where the row begins, at the aisle. */
  readonly y: number;
  /** 1: it reaches towards +y. */
  readonly side: 1 | -1;
}

export interface BaySize {
  readonly bayWidth: number;
  readonly bayLength: number;
  /** Between a bay's long side and the aisle; 0: parallel to it. */
  readonly degrees: number;
}

function depthOf(degrees: number, width: number, length: number): number {
  return degrees === 0 ? width : length * Math.sin((degrees * Math.PI) / 180);
}

/** One row of bays along x around 0, with an island in the place of every `islandAt`-th bay. */
export function layRow(
  row: Row,
  number: number,
  count: number,
  { bayWidth, bayLength, degrees }: BaySize,
  islandAt = Infinity,
): (MarkedBay | Island)[] {
  const turn = (degrees * Math.PI) / 180;
  const pitch = degrees === 0 ? bayLength + 0.8 : bayWidth / Math.sin(turn);
  const along: Vec2 =
    degrees === 0
      ? [0, row.side * bayWidth]
      : [bayLength * Math.cos(turn), row.side * bayLength * Math.sin(turn)];
  const idOf = (i: number): string => `${String.fromCharCode(65 + number)}${i + 1}`;
  const isIsland = (i: number): boolean => i % islandAt === islandAt - 1;
  return Array.from({ length: count }, (_, i) => {
    const x = (i - count / 2) * pitch;
    const corners: [Vec2, Vec2, Vec2, Vec2] = [
      [x, row.y],
      [x + pitch, row.y],
      [x + pitch + along[0], row.y + along[1]],
      [x + along[0], row.y + along[1]],
    ];
    const place = {
      x: x + pitch / 2 + along[0] / 2,
      y: row.y + along[1] / 2,
      turn: degrees === 0 ? 0 : Math.atan2(along[1], along[0]),
    };
    const [length, width] = degrees === 0 ? [pitch, bayWidth] : [bayLength, bayWidth];
    if (isIsland(i)) return { corners, place, length, width };
    const neighbours = [i - 1, i + 1].filter((n) => n >= 0 && n < count && !isIsland(n)).map(idOf);
    return { id: idOf(i), corners, place, length, width, neighbours };
  });
}

/** The planted strip between two rows back to back. */
function strip(rows: readonly Row[], i: number, y: number, width: number, reach: number): Island {
  const [above, below] = [rows[2 * i - 1], rows[2 * i]];
  const middle = ((above?.y ?? 0) + (below?.y ?? 0)) / 2 - y / 2;
  return {
    corners: [
      [-reach, middle - width / 2],
      [reach, middle - width / 2],
      [reach, middle + width / 2],
      [-reach, middle + width / 2],
    ],
    place: { x: 0, y: middle, turn: 0 },
    length: 2 * reach,
    width,
  };
}
