/** x to the right, y down. */
export type Point = readonly [x: number, y: number];

/** Whether a point lies within a simple polygon: a ray to its left crosses an odd number of sides. */
export function contains(polygon: readonly Point[], [x, y]: Point): boolean {
  let isInside = false;
  let [fromX, fromY] = polygon.at(-1) ?? [0, 0];
  for (const [toX, toY] of polygon) {
    const spans = fromY > y !== toY > y;
    if (spans && x > fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) isInside = !isInside;
    [fromX, fromY] = [toX, toY];
  }
  return isInside;
}

/** Of a simple polygon, either way round. */
export function areaOf(polygon: readonly Point[]): number {
  let twice = 0;
  let [fromX, fromY] = polygon.at(-1) ?? [0, 0];
  for (const [x, y] of polygon) {
    twice += fromX * y - x * fromY;
    [fromX, fromY] = [x, y];
  }
  return Math.abs(twice) / 2;
}
