import fc from "fast-check";
import { expect, test } from "vitest";
import { csvText, readCsv } from "../../../src/domain/rules/csv.ts";

const rowsOf = (text: string): unknown => {
  const read = readCsv(text);
  return read.kind === "rows" ? read.rows : `line ${read.line} ${read.message}`;
};

test.each([
  ["a,b\n1,2\n", [{ line: 2, cells: { a: "1", b: "2" } }]],
  ["a;b\r\n1;2,5\r\n", [{ line: 2, cells: { a: "1", b: "2,5" } }]],
  ["a\tb\n1\t2", [{ line: 2, cells: { a: "1", b: "2" } }]],
  [
    '\u{FEFF}A , b\n\n"x\n""y""",2\n3,4',
    [
      { line: 3, cells: { a: 'x\n"y"', b: "2" } },
      { line: 5, cells: { a: "3", b: "4" } },
    ],
  ],
  ["a,b\n'=1+1,'x\n", [{ line: 2, cells: { a: "=1+1", b: "'x" } }]],
  ["a,b\n1\n", "line 2 has 1 cells, not 2"],
  ['a,b\n1,"2\n', "line 2 has a quotation mark that never ends"],
  ["a,a\n1,2\n", 'line 1 names the column "a" twice'],
  ["", "line 1 is empty"],
])("%j is read", (text, rows) => {
  expect(rowsOf(text)).toEqual(rows);
});

test("what is written is read again, whatever it holds", () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.trim());
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constant("x"), cell), { minLength: 1 }), (rows) => {
      // A line feed alone is a line feed whichever way it is written; a marked text is one that looks like a formula.
      const plain = rows.filter(([, text]) => !/\r|^'[=+\-@\t]/.test(text));
      const read = readCsv(csvText(["a", "b"], plain));
      expect(
        read.kind === "rows" && read.rows.map(({ cells }) => [cells["a"], cells["b"]]),
      ).toEqual(plain);
    }),
  );
});
