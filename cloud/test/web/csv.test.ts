import { expect, test } from "vitest";
import { csvOf } from "../../web/frame/csv.ts";

type Row = readonly [string, number | null];
const columns = [
  { key: "name", value: (row: Row) => row[0] },
  { key: "count", value: (row: Row) => row[1] },
];

test("a table is a file that spreadsheets read, with its texts whole", () => {
  const rows: Row[] = [
    ["plain", 1.5],
    ['say "hi", now', -3],
    ["two\nlines", null],
  ];
  expect(csvOf(columns, rows)).toBe(
    'name,count\r\nplain,1.5\r\n"say ""hi"", now",-3\r\n"two\nlines",\r\n',
  );
});

test.each(["=1+1", "+49", "-x", "@cmd", "\tx"])("%j is no formula", (text) => {
  expect(csvOf(columns, [[text, 1]])).toContain(`'${text}`);
});
