import { expect, test } from "vitest";
import { readWindows, windowsText } from "../../web/rules/window-lines.ts";
import { listAt, textAt, withAt } from "../../web/rules/written.ts";

test.each([
  ["mon-fri 07:00-19:00", ["mon", "tue", "wed", "thu", "fri"], "mon-fri 07:00-19:00"],
  ["Sat, sun 10:00 – 24:00", ["sat", "sun"], "sat sun 10:00-24:00"],
  ["holiday 00:00-12:00", ["holiday"], "holiday 00:00-12:00"],
  ["sun holiday mon 08:00-09:00", ["mon", "sun", "holiday"], "mon sun holiday 08:00-09:00"],
])("“%s” are hours of a permit", (line, days, written) => {
  const read = readWindows(`\n${line}\n`);
  expect(read).toMatchObject({ kind: "windows", windows: [{ days }] });
  expect(read.kind === "windows" && windowsText(read.windows)).toBe(written);
});

test.each(["moon 07:00-19:00", "fri-mon 07:00-19:00", "mon 7-19", "07:00-19:00"])(
  "“%s” are none",
  (line) => {
    expect(readWindows(`mon 07:00-08:00\n${line}`)).toEqual({ kind: "wrong", line });
  },
);

test("what is taken out of a tariff takes what then says nothing with it", () => {
  const tariff = { name: "City", tax: { percent: 19 }, rates: [{ price: 1 }, { price: 2 }] };
  expect(withAt(tariff, ["tax", "percent"], undefined)).toEqual({
    name: "City",
    rates: tariff.rates,
  });
  expect(withAt(tariff, ["rates", 0], undefined)).toMatchObject({ rates: [{ price: 2 }] });
  expect(withAt(tariff, ["free", 0, "time"], "10 min")).toMatchObject({
    free: [{ time: "10 min" }],
  });
  expect(withAt(tariff, ["rates", 1, "when", "days"], ["sat"])).toMatchObject({
    rates: [{ price: 1 }, { price: 2, when: { days: ["sat"] } }],
  });
  expect(tariff.rates).toEqual([{ price: 1 }, { price: 2 }]);
  expect([textAt(tariff, ["tax", "percent"]), textAt(tariff, ["tax", "prices"])]).toEqual([
    "19",
    "",
  ]);
  expect(listAt(tariff, ["caps"])).toEqual([]);
});
