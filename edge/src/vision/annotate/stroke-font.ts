/**
 * Letters as a pen draws them, because a bare machine has no fonts. Each sign is 4 units wide and 6 high; two
 * digits are a point (x from the left, y from the top), a space lifts the pen.
 */
const signs: Readonly<Record<string, string>> = {
  A: "0602204246 0444",
  B: "00063645443303 0030414233",
  C: "4130100105163645",
  D: "0006264442200000",
  E: "40000646 0333",
  F: "400006 0333",
  G: "41301001051636454323",
  H: "0006 4046 0343",
  I: "1030 2026 1636",
  J: "4045361605",
  K: "0006 4003 1246",
  L: "000646",
  M: "0600234046",
  N: "06004640",
  O: "100105163645413010",
  P: "06003041423303",
  Q: "100105163645413010 2446",
  R: "06003041423303 2346",
  S: "413010010213334445361605",
  T: "0040 2026",
  U: "0005163645 4540",
  V: "002640",
  W: "0016233640",
  X: "0046 4006",
  Y: "002340 2326",
  Z: "00400646",
  0: "100105163645413010 0541",
  1: "022026 0646",
  2: "0110304142060646",
  3: "004022334445361605",
  4: "36300444",
  5: "400003334445361605",
  6: "30010516364544330304",
  7: "004016",
  8: "103041423313020110 133344453616050413",
  9: "1645404130100102134342",
  "%": "0640 0011 3546",
  "#": "1016 3036 0242 0444",
  "-": "0343",
  _: "0646",
  ".": "1626",
  ":": "2122 2425",
  ",": "2617",
  ";": "2122 2516",
  "/": "0640",
  "+": "2125 0343",
  "(": "30121436",
  ")": "10323416",
  "=": "0242 0444",
};

/** Of a sign without a drawing: an empty box. */
const unknown = "1030361610";

const signWidth = 4;
const signHeight = 6;
const gap = 1.6;

/** How wide a text is, in the unit of `height`. @param height of a capital letter */
export const textWidth = (text: string, height: number): number =>
  ((text.length * (signWidth + gap) - gap) * height) / signHeight;

/**
 * A text as the path of an SVG, to be stroked.
 *
 * @param x of its left end
 * @param y of its upper edge
 * @param height of a capital letter; small letters are drawn as capitals
 */
export function textPath(text: string, x: number, y: number, height: number): string {
  const unit = height / signHeight;
  return Array.from(text.toUpperCase(), (sign, index) => {
    const left = x + index * (signWidth + gap) * unit;
    const strokes = sign === " " ? [] : (signs[sign] ?? unknown).split(" ");
    return strokes.map((stroke) => strokePath(stroke, left, y, unit)).join("");
  }).join("");
}

function strokePath(stroke: string, left: number, top: number, unit: number): string {
  const points = stroke.match(/\d\d/g) ?? [];
  return points
    .map((point, index) => {
      const [x = 0, y = 0] = Array.from(point, Number);
      const place = `${(left + x * unit).toFixed(1)} ${(top + y * unit).toFixed(1)}`;
      return `${index === 0 ? "M" : "L"}${place}`;
    })
    .join("");
}
