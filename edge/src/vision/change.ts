/** Side of a cell in pixels of the network's input: a quarter of the smallest vehicle worth finding. */
const cellPx = 8;

/** Levels of 255. A still scene's cells move by less than one, a parked car's by tens. */
const sameWithin = 3;

/** The mean brightness of a picture's cells: small, cheap, and deaf to the noise of a sensor. */
export type Sketch = Float32Array;

/** @param rgb three bytes a pixel, row by row */
export function sketch(rgb: Uint8Array, width: number, height: number): Sketch {
  const across = Math.ceil(width / cellPx);
  const sums = new Float32Array(across * Math.ceil(height / cellPx));
  const counts = new Uint32Array(sums.length);
  let green = 1;
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cellPx) * across;
    for (let x = 0; x < width; x += 1, green += 3) {
      const cell = row + Math.floor(x / cellPx);
      sums[cell] = (sums[cell] ?? 0) + (rgb[green] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return sums.map((sum, cell) => sum / (counts[cell] ?? 1));
}

/** Whether two pictures show the same: no cell differs, so no vehicle came or went. */
export const isSame = (a: Sketch, b: Sketch): boolean =>
  a.length === b.length && a.every((mean, cell) => Math.abs(mean - (b[cell] ?? 0)) < sameWithin);
