import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { describe, expect, onTestFinished, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import { gatehouse } from "./run-command.ts";

async function sensors(...args: string[]): Promise<{ code: number; out: string }> {
  const { code, out, complaints } = await gatehouse("sensors", ...args);
  return { code, out: `${out}${complaints}` };
}
const answerOf = (out: string): ControlAnswer => ControlAnswer.parse(JSON.parse(out));
const decode = (model: string, hex: string, fport?: number): string[] => [
  "decode",
  "--model",
  model,
  "--hex",
  hex,
  ...(fport === undefined ? [] : ["--fport", String(fport)]),
];

const file = testData("formats/lorawan-parking-sensors.json");
describe.skipIf(file === undefined)(`published frames (${file ?? noTestData})`, () => {
  interface Vector {
    readonly fPort?: number;
    readonly hex: string;
    readonly expect: Readonly<Record<string, unknown>>;
  }
  const makes = file === undefined ? {} : (JSON.parse(readFileSync(file, "utf8")) as object);
  const vectors = Object.entries(makes).flatMap(([model, make]: [string, { vectors?: Vector[] }]) =>
    (make.vectors ?? []).map((vector) => ({ model, ...vector })),
  );

  test.each(vectors)("$model $hex is printed as published", async (vector) => {
    const { model, hex, fPort, expect: expected } = vector;
    const { code, out } = await sensors(...decode(model, hex, fPort), "--json");
    expect(code).toBe(0);
    expect(answerOf(out).data).toMatchObject(expected);
  });
});

test("without a daemon, a frame is read and said in one sentence", async () => {
  const { code, out } = await sensors(...decode("bosch_tps110", "01", 1));
  expect(code).toBe(0);
  expect(out.split("\n")[0]).toBe("Bosch TPS110: a vehicle stands there.");
  expect(out).toMatch(/^occupied +true$/m);
});

test.each([
  [decode("bosch_tps110", "01", 7), 2, "fPort 7"],
  [decode("bosch_tps110", "01"), 2, "port is missing"],
  [decode("pni_placepod", "15"), 2, "15 are not known"],
  [decode("bosch_tps999", "01", 1), 2, "bosch_tps110"],
  [decode("bosch_tps110", "0x1", 1), 64, "pairs of hex digits"],
  [decode("bosch_tps110", "0g", 1), 64, "pairs of hex digits"],
  [decode("bosch_tps110", "00".repeat(256), 1), 64, "at most 255 bytes"],
  [["decode", "--model", "bosch_tps110", "--hex", "01", "--fport", "0"], 64, "from 1 to 255"],
  [["decode", "--model", "bosch_tps110", "--hex", "01", "--fport", "one"], 64, "from 1 to 255"],
  [["decode", "--model", "bosch_tps110"], 64, "--hex"],
])("%j ends with %i and says what is wrong", async (args, code, what) => {
  const told = await sensors(...args, "--json");
  expect(told.code).toBe(code);
  expect(told.out).toContain(what);
});

test("the makes and the site's own mappings are listed", async () => {
  const data = mkdtempSync(join(tmpdir(), "gh-sensors-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  mkdirSync(join(data, "profiles/sensors"), { recursive: true });
  writeFileSync(join(data, "profiles/sensors/ours.json"), "{}");
  const { code, out } = await sensors("models", "--data", data, "--json");
  expect(code).toBe(0);
  const { models } = answerOf(out).data as { models: { model: string }[] };
  expect(models.map(({ model }) => model)).toEqual(
    expect.arrayContaining(["milesight_em400_udl", "plain", "flat-json", "ours"]),
  );
});
