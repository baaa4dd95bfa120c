/** One possible pair: `row` and `column` may belong together, the more the higher `gain` (above 0). */
export interface Pair {
  readonly row: number;
  readonly column: number;
  readonly gain: number;
}

/**
 * The pairs of largest total gain in which no row and no column stands twice.
 *
 * Rows and columns that compete with nobody are paired at once; each knot of rivals is solved by itself with
 * shortest augmenting paths (Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse
 * linear assignment problems", 1987), so a picture of fifty cars costs little more than fifty pictures of one.
 *
 * @param pairs those worth having; all others are impossible
 */
export function bestPairs(pairs: readonly Pair[]): Pair[] {
  return knotsOf(pairs).flatMap((knot) => (knot.length === 1 ? knot : solve(knot)));
}

/** Pairs that share a row or a column, directly or through others. */
function knotsOf(pairs: readonly Pair[]): Pair[][] {
  const byRow = groups(pairs, ({ row }) => row);
  const byColumn = groups(pairs, ({ column }) => column);
  const known = new Set<Pair>();
  const knots: Pair[][] = [];
  for (const first of pairs) {
    if (known.has(first)) continue;
    known.add(first);
    const knot = [first];
    // The knot grows while it is walked.
    for (const { row, column } of knot) {
      for (const other of [...(byRow.get(row) ?? []), ...(byColumn.get(column) ?? [])]) {
        if (known.has(other)) continue;
        known.add(other);
        knot.push(other);
      }
    }
    knots.push(knot);
  }
  return knots;
}

function groups(pairs: readonly Pair[], keyOf: (pair: Pair) => number): Map<number, Pair[]> {
  const found = new Map<number, Pair[]>();
  for (const pair of pairs) {
    const group = found.get(keyOf(pair));
    if (group === undefined) found.set(keyOf(pair), [pair]);
    else group.push(pair);
  }
  return found;
}

/** Each row has a column of its own besides, which stands for "nobody" and gains nothing. */
function solve(knot: readonly Pair[]): Pair[] {
  const rows = [...new Set(knot.map(({ row }) => row))];
  const columns = [...new Set(knot.map(({ column }) => column))];
  const width = columns.length + rows.length;
  const costs = new Float64Array(rows.length * width);
  const pairAt = new Map<number, Pair>();
  for (const pair of knot) {
    const at = rows.indexOf(pair.row) * width + columns.indexOf(pair.column);
    costs[at] = -pair.gain;
    pairAt.set(at, pair);
  }
  const columnOf = assignRows(costs, rows.length, width);
  return columnOf.flatMap((column, row) => pairAt.get(row * width + column) ?? []);
}

/**
 * The cheapest way to give each row a column of its own.
 *
 * @param costs row by row; there are at least as many columns as rows
 * @returns the column of each row
 */
function assignRows(costs: Float64Array, rows: number, columns: number): number[] {
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  /** Counted from 1; 0 is nobody. */
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  const least = new Float64Array(columns + 1);
  const isDone = new Uint8Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    rowOf[0] = row;
    least.fill(Infinity);
    isDone.fill(0);
    let column = 0;
    do {
      isDone[column] = 1;
      const here = rowOf[column] ?? 0;
      let step = Infinity;
      let next = 0;
      for (let to = 1; to <= columns; to += 1) {
        if (isDone[to] === 1) continue;
        const price = (rowPrice[here] ?? 0) + (columnPrice[to] ?? 0);
        const cost = (costs[(here - 1) * columns + to - 1] ?? 0) - price;
        if (cost < (least[to] ?? 0)) {
          least[to] = cost;
          before[to] = column;
        }
        if ((least[to] ?? 0) < step) {
          step = least[to] ?? 0;
          next = to;
        }
      }
      for (let to = 0; to <= columns; to += 1) {
        if (isDone[to] === 1) {
          rowPrice[rowOf[to] ?? 0] = (rowPrice[rowOf[to] ?? 0] ?? 0) + step;
          columnPrice[to] = (columnPrice[to] ?? 0) - step;
        } else least[to] = (least[to] ?? 0) - step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const previous = before[column] ?? 0;
      rowOf[column] = rowOf[previous] ?? 0;
      column = previous;
    }
  }
  const columnOf = Array.from({ length: rows }, () => 0);
  for (let column = 1; column <= columns; column += 1) {
    const row = rowOf[column] ?? 0;
    if (row > 0) columnOf[row - 1] = column - 1;
  }
  return columnOf;
}
