/** A straight stroke from (x0, y0) to (x1, y1); x 0–1 from left to right, y 0–1 from the base line up. */
export type Stroke = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * Each sign as lines through points `xy`: x in 0–4 quarters of its width, y in 0–8 eighths of its height; lines are
 * separated by blanks. Corners are cut, as pressed letters are.
 */
const lines: Readonly<Record<string, string>> = {
  "0": "10 30 41 47 38 18 07 01 10",
  "1": "06 28 20",
  "2": "07 18 38 47 45 00 40",
  "3": "07 18 38 47 45 34 14 34 43 41 30 10 01",
  "4": "30 38 02 42",
  "5": "48 08 05 35 44 41 30 10 01",
  "6": "47 38 18 07 01 10 30 41 43 34 14 03",
  "7": "08 48 10",
  "8": "14 34 43 41 30 10 01 03 14 05 07 18 38 47 45 34",
  "9": "01 10 30 41 47 38 18 07 05 14 34 45",
  A: "00 28 40",
  B: "00 08 38 47 45 34 04 34 43 41 30 00",
  C: "47 38 18 07 01 10 30 41",
  D: "00 08 28 46 42 20 00",
  E: "48 08 00 40 | 04 34",
  F: "48 08 00 | 04 34",
  G: "47 38 18 07 01 10 30 41 44 24",
  H: "00 08 | 40 48 | 04 44",
  I: "20 28",
  J: "48 41 30 10 01",
  K: "00 08 | 48 03 | 15 40",
  L: "08 00 40",
  M: "00 08 23 48 40",
  N: "00 08 40 48",
  O: "10 30 41 47 38 18 07 01 10",
  P: "00 08 38 47 45 34 04",
  Q: "10 30 41 47 38 18 07 01 10 | 22 40",
  R: "00 08 38 47 45 34 04 | 24 40",
  S: "47 38 18 07 05 14 34 43 41 30 10 01",
  T: "08 48 | 20 28",
  U: "08 01 10 30 41 48",
  V: "08 20 48",
  W: "08 10 25 30 48",
  X: "00 48 | 08 40",
  Y: "08 24 48 | 24 20",
  Z: "08 48 00 40",
  "-": "14 34",
};

const known = new Map<string, readonly Stroke[]>(
  Object.entries(lines).map(([sign, drawing]) => [sign, strokes(drawing)]),
);
/** The bar of A, between its legs. */
known.set("A", [...(known.get("A") ?? []), [0.18, 0.3, 0.82, 0.3]]);

/** The strokes of A–Z, 0–9 and the hyphen; nothing for other signs. */
export const strokesOf = (sign: string): readonly Stroke[] => known.get(sign) ?? [];

function strokes(drawing: string): readonly Stroke[] {
  return drawing.split(" | ").flatMap((line) => {
    const points = line
      .split(" ")
      .map((point) => [Number(point[0]) / 4, Number(point[1]) / 8] as const);
    return points.slice(1).map(([x, y], i): Stroke => {
      const [x0, y0] = points[i] ?? [x, y];
      return [x0, y0, x, y];
    });
  });
}
