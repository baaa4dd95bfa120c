/*
 * Widths of Helvetica in thousandths of its size, from Adobe's font metrics (Core14 AFM), for the signs 20 to 7E
 * (hex). Bold figures, points and spaces are as wide; letters with accents are as wide as without.
 */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** Of a sign that is not in the table; figures are as wide. */
const usual = 556;

/** How wide a text is at a size, in the unit of the size. */
export function widthOf(text: string, size: number): number {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll(/[\u00a0\u202f]/g, " ");
  const thousandths = Array.from(plain).reduce(
    (sum, sign) => sum + (widths[(sign.codePointAt(0) ?? 0) - 0x20] ?? usual),
    0,
  );
  return (thousandths * size) / 1000;
}
