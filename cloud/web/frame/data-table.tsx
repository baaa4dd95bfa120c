import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { unknown } from "../format.ts";
import { csvOf, offerFile } from "./csv.ts";
import { frameWords as words } from "./frame-words.ts";
import { locale } from "./language.ts";

/** What stands in a cell: what is sorted by and exported. Null is not known. */
export type CellValue = string | number | null;

export interface Column<Row> {
  /** Its name in the exported file, snake_case. */
  readonly key: string;
  readonly title: string;
  /** Numbers, amounts and lengths of time are aligned at the end. */
  readonly kind?: "text" | "number";
  readonly value: (row: Row) => CellValue;
  /** How it is shown; left out, its value: a number as people write it. */
  readonly show?: (row: Row) => ComponentChildren;
}

export interface DataTableProps<Row> {
  /** What the table is: said to those who hear it, and the name of the exported file. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What is said where there is no row. */
  readonly empty?: string;
  /** False where the rows come in pages: to sort one page would mislead. */
  readonly isSortable?: boolean;
  /** Asks for the next page; undefined: these are all. */
  readonly onMore?: (() => void) | undefined;
  readonly isAskingMore?: boolean;
}

/** Rows under headings; sorted by a press on a heading, exported as they are shown. The first column names the row. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, keyOf, empty = words.noRows, isSortable = true } = props;
  const order = useSignal<Order>({ key: "", isDown: false });
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  const sorted = sortedRows(rows, columns, order.value);
  const press = (key: string, isNumber: boolean): void => {
    const isSame = order.value.key === key;
    order.value = { key, isDown: isSame ? !order.value.isDown : isNumber };
  };
  return (
    <div class="data-table">
      {/* A wide table scrolls by itself, so it must be reached by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <section class="table-scroll" aria-label={caption} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ key, title, kind }) => (
                <th
                  scope="col"
                  key={key}
                  class={kind === "number" ? "number" : ""}
                  aria-sort={ariaSort(order.value, key)}
                >
                  {isSortable ? (
                    <button
                      type="button"
                      class="sort"
                      title={words.sortBy(title)}
                      onClick={() => press(key, kind === "number")}
                    >
                      {title}
                      <span aria-hidden="true">{arrowOf(order.value, key)}</span>
                    </button>
                  ) : (
                    title
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column, index) => {
                  const { key, kind } = column;
                  const shown = shownIn(column, row);
                  return index === 0 ? (
                    <th scope="row" key={key} class={kind === "number" ? "number" : ""}>
                      {shown}
                    </th>
                  ) : (
                    <td key={key} class={kind === "number" ? "number" : ""}>
                      {shown}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="table-acts">
        {props.onMore !== undefined && (
          <button type="button" class="button" disabled={props.isAskingMore} onClick={props.onMore}>
            {words.more}
          </button>
        )}
        <button
          type="button"
          class="link"
          onClick={() => offerFile(`${caption}.csv`, csvOf(columns, sorted))}
        >
          {words.download}
        </button>
      </div>
    </div>
  );
}

interface Order {
  /** "" is the order in which the rows came. */
  readonly key: string;
  readonly isDown: boolean;
}

const ariaSort = (order: Order, key: string): "ascending" | "descending" | "none" =>
  order.key !== key ? "none" : order.isDown ? "descending" : "ascending";

const arrowOf = (order: Order, key: string): string =>
  order.key !== key ? "" : order.isDown ? " ↓" : " ↑";

const numbers = new Intl.NumberFormat(locale);
const numberText = (value: number): string => numbers.format(value);

function shownIn<Row>({ show, value }: Column<Row>, row: Row): ComponentChildren {
  if (show !== undefined) return show(row);
  const told = value(row);
  return typeof told === "number" ? numberText(told) : (told ?? unknown);
}

/** What is not known stands last, whichever way. */
function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { key, isDown }: Order,
): readonly Row[] {
  const column = columns.find((each) => each.key === key);
  if (column === undefined) return rows;
  return rows.toSorted((one, other) => {
    const [a, b] = [column.value(one), column.value(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order =
      typeof a === "number" && typeof b === "number" ? a - b : collator.compare(`${a}`, `${b}`);
    return isDown ? -order : order;
  });
}

const collator = new Intl.Collator(undefined, { numeric: true });
