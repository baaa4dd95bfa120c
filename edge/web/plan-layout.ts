/** How a zone's spaces lie in tidy rows; all lengths in CSS pixels. */
export interface PlanLayout {
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly gap: number;
  readonly width: number;
  readonly height: number;
  /** Cells are large enough for the number painted on the floor. */
  readonly isNumbered: boolean;
}

interface Density {
  /** For facilities with up to so many spaces. */
  readonly upTo: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly gap: number;
  readonly isNumbered: boolean;
}

/** Up to so many spaces in the whole facility, each is large enough for its number. */
export const numberedMax = 400;

/** The more spaces, the smaller each: a small house is read, a large one is looked over. */
const densities: readonly Density[] = [
  { upTo: numberedMax, cellWidth: 46, cellHeight: 40, gap: 4, isNumbered: true },
  { upTo: 1500, cellWidth: 24, cellHeight: 20, gap: 3, isNumbered: false },
  { upTo: 4000, cellWidth: 15, cellHeight: 14, gap: 2, isNumbered: false },
  { upTo: Infinity, cellWidth: 10, cellHeight: 10, gap: 2, isNumbered: false },
];

/** A digit or letter of the numbers, about. */
const signWidth = 8;

/**
 * Lays the spaces of one zone out in rows from left to right.
 *
 * @param total spaces of the whole facility, so that all zones look alike
 * @param longest characters of the facility's longest number
 */
export function layOut(count: number, width: number, total: number, longest: number): PlanLayout {
  const density = densities.find(({ upTo }) => total <= upTo) ?? densities[densities.length - 1];
  if (density === undefined) throw new Error("there is a density for every size");
  const { cellHeight, gap, isNumbered } = density;
  const cellWidth = isNumbered
    ? Math.max(density.cellWidth, longest * signWidth + 10)
    : density.cellWidth;
  const columns = Math.max(1, Math.min(count, Math.floor((width + gap) / (cellWidth + gap))));
  const rows = Math.ceil(count / columns);
  return {
    columns,
    rows,
    cellWidth,
    cellHeight,
    gap,
    width: columns * (cellWidth + gap) - gap,
    height: Math.max(0, rows * (cellHeight + gap) - gap),
    isNumbered,
  };
}

/** The top left corner of a space. */
export function cornerOf(layout: PlanLayout, index: number): { x: number; y: number } {
  return {
    x: (index % layout.columns) * (layout.cellWidth + layout.gap),
    y: Math.floor(index / layout.columns) * (layout.cellHeight + layout.gap),
  };
}

/** @returns the index of the space at a point, or undefined between and beyond them */
export function spaceAt(
  layout: PlanLayout,
  count: number,
  x: number,
  y: number,
): number | undefined {
  const column = Math.floor(x / (layout.cellWidth + layout.gap));
  const row = Math.floor(y / (layout.cellHeight + layout.gap));
  const index = row * layout.columns + column;
  const isInside = x >= 0 && y >= 0 && column < layout.columns && index < count;
  return isInside ? index : undefined;
}
