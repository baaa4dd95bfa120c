import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CarPark } from "../flows/car-park.ts";
import { gatehouse } from "./run-command.ts";

const city = `
tariff_id: city
version: 3
name: City
currency: EUR
time_zone: Europe/Berlin
valid_from: 2026-01-01T00:00:00+01:00
valid_to: 2027-01-01T00:00:00+01:00
tax: { percent: 19, prices: inclusive }
rates:
  - { name: evening, when: { from: "19:00", until: "07:00" }, price: 3 }
  - { name: day, prices: { car: 2.50, bus: 10 }, per: 1 h, step: 15 min }
exit_grace: 10 min
`;

function fileOf(text: string, name = "city.yaml"): string {
  const folder = mkdtempSync(join(tmpdir(), "gh-tariff-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const quote = (file: string, ...args: string[]) =>
  gatehouse("tariff", "quote", "--file", file, ...args);

test("a good tariff is said to be good", async () => {
  const { code, out } = await gatehouse("tariff", "check", fileOf(city));
  expect([code, out]).toEqual([0, "City (city version 3, EUR) is a good tariff."]);
});

test("a bad one ends with 2 and everything that is wrong, in JSON too", async () => {
  const file = fileOf(city.replace("per: 1 h", "pr: 1 h").replace("EUR", "EUX"));
  const { code, out } = await gatehouse("tariff", "check", file);
  expect(code).toBe(2);
  expect(out).toContain("currency: ISO 4217 knows no EUX");
  expect(out).toContain("rates[1].pr: there is no field pr here; did you mean per?");
  const json = await gatehouse("tariff", "check", file, "--json");
  expect(JSON.parse(json.out)).toMatchObject({
    exit_code: 2,
    data: { reason: "bad-tariff", complaints: [{ path: "currency" }, {}, {}] },
  });
});

test.each([
  ["no YAML", "rates: [", /line 1/],
  ["no tariff", "- 1\n- 2\n", /is no tariff/],
  ["aliases", "a: &a 1\nb: *a\n", /aliases/],
])("%s is refused", async (_, text, message) => {
  const file = fileOf(text);
  const { code, out } = await gatehouse("tariff", "check", file);
  expect(code).toBe(2);
  expect(out).toMatch(message);
});

test("a file that is not there is refused", async () => {
  const { code, out } = await gatehouse("tariff", "check", "/nowhere/at-all.yaml");
  expect(code).toBe(2);
  expect(out).toMatch(/cannot be read/);
});

test("a quote is the lines, the total and the tax, and nothing else", async () => {
  const stay = ["--from", "2026-06-06T17:20", "--to", "2026-06-06T20:00"];
  const { code, out } = await quote(fileOf(city), ...stay, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    lines: [
      {
        rule: "day:car",
        from: "2026-06-06T15:20:00.000Z",
        to: "2026-06-06T17:00:00.000Z",
        minor: 438,
      },
      {
        rule: "evening",
        from: "2026-06-06T17:00:00.000Z",
        to: "2026-06-06T18:00:00.000Z",
        minor: 300,
      },
    ],
    total_minor: 738,
    tax_minor: 118,
    currency: "EUR",
  });
});

test("JSON is a tariff file too, and a class has its own price", async () => {
  const rates = [{ prices: { car: 2, bus: 8 }, per: "1 h" }];
  const header = { tariff_id: "t", version: 1, name: "T", currency: "EUR" };
  const written = { ...header, valid_from: "2026-01-01T00:00:00Z", rates };
  const file = fileOf(JSON.stringify(written), "t.json");
  const stay = ["--from", "2026-06-06T10:00", "--to", "2026-06-06T10:20"];
  const { out } = await quote(file, "--class", "bus", ...stay, "--json");
  expect(JSON.parse(out)).toMatchObject({
    lines: [{ rule: "parking:bus", from: "2026-06-06T10:00:00.000Z" }],
    total_minor: 800,
  });
});

test("an offset decides which of two equal hours is meant; without one it is the first", async () => {
  const file = fileOf(city.replace(/ {2}- { name: evening.*\n/, ""));
  const total = async (from: string, to: string) => {
    const { out } = await quote(file, "--from", from, "--to", to, "--json");
    return (JSON.parse(out) as { total_minor: number }).total_minor;
  };
  expect(await total("2026-10-25T01:30+02:00", "2026-10-25T04:30+01:00")).toBe(1000);
  expect(await total("2026-10-25T01:30", "2026-10-25T04:30")).toBe(1000);
  expect(await total("2026-10-25T02:30", "2026-10-25T03:30")).toBe(500);
  expect(await total("2026-10-25T02:30+01:00", "2026-10-25T03:30")).toBe(250);
});

test("what is asked for and paid holds for the grace; after it the whole stay is priced", async () => {
  const paid = async (to: string) => {
    const stay = ["--from", "2026-06-02T08:00", "--at", "2026-06-02T09:00", "--to", to];
    const { out } = await quote(fileOf(city), ...stay, "--json");
    return (JSON.parse(out) as { total_minor: number }).total_minor;
  };
  expect(await paid("2026-06-02T09:10")).toBe(250);
  expect(await paid("2026-06-02T09:11")).toBe(313);
});

test.each([
  ["2026-06-02T08:00", "2026-06-02T07:00", "ends-before-it-begins"],
  ["2025-12-31T23:59", "2026-06-02T07:00", "not-yet-valid"],
  ["2027-01-01T00:00", "2027-01-02T07:00", "no-longer-valid"],
  ["yesterday", "2026-06-02T07:00", "no-moment"],
])("from %s to %s is refused: %s", async (from, to, reason) => {
  const { code, out } = await quote(fileOf(city), "--from", from, "--to", to, "--json");
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ exit_code: 2, data: { reason } });
});

test("for a person it is money and local time", async () => {
  const { out } = await quote(
    fileOf(city),
    "--from",
    "2026-06-06T17:20",
    "--to",
    "2026-06-06T20:00",
  );
  expect(out).toContain("€7.38, €1.18 of it tax (times in Europe/Berlin)");
  expect(out).toMatch(/2026-06-06 17:20 – 2026-06-06 19:00 +€4\.38 {2}day:car/);
});

describe("a replay of what has ended under a draft", () => {
  const folder = (): string => {
    const data = mkdtempSync(join(tmpdir(), "gh-replay-"));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    return data;
  };
  const draft = city.replace("car: 2.50", "car: 3");

  test("compares what was charged with what would have been, by class and day, and changes nothing", async () => {
    const data = folder();
    const park = await CarPark.open({ bookFile: join(data, "book.sqlite") });
    await park.enter("AA1");
    await park.pass(115 * 60);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "AA1");
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(10);
    const written = park.book.written;
    const replay = await gatehouse(
      "--data",
      data,
      "tariff",
      "replay",
      "--draft",
      fileOf(draft),
      "--json",
    );
    const answer = JSON.parse(replay.out) as { data: object };
    const takings = { stays: 1, charged_minor: 500, draft_minor: 600 };
    expect(answer.data).toMatchObject({
      ...takings,
      by_class: [{ vehicle_class: "car", ...takings }],
    });
    expect(park.book.written).toBe(written);
  });

  test("without a book says where it looked", async () => {
    const data = folder();
    const { code, out } = await gatehouse(
      "--data",
      data,
      "tariff",
      "replay",
      "--draft",
      fileOf(draft),
    );
    expect(code).toBe(2);
    expect(out).toContain(`There is no book in ${data}.`);
  });
});
