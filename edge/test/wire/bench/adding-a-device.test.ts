import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../../..");
const house = mkdtempSync(join(tmpdir(), "gh-adding-"));
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** What the document's commands need of the project. */
const copied = [
  "shared/src",
  "shared/package.json",
  "shared/test",
  "firmware-sim/src",
  "firmware-sim/package.json",
  "edge/src",
  "edge/profiles",
  "edge/package.json",
  "edge/test/wire/gate",
  "edge/test/adapters/sensor",
  "tsconfig.json",
  "vitest.config.ts",
  "scripts/test-summary.ts",
  "package.json",
];

interface Block {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

/** The document's blocks that name a file, in their order. */
const blocks: readonly Block[] = [
  ...readFileSync(join(root, "docs/adding-a-device.md"), "utf8").matchAll(
    /^```(\w+) (\S+)\n([\s\S]*?)^```$/gm,
  ),
].map(([, language = "", file = "", text = ""]) => ({ language, file, text }));

/** A folder of modules whose `@gatehouse` packages are the copies. */
function linkModules(): void {
  const modules = join(house, "node_modules");
  mkdirSync(join(modules, "@gatehouse"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@gatehouse" && !name.startsWith(".vite"))
      symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  for (const name of ["shared", "firmware-sim", "edge"])
    symlinkSync(join(house, name), join(modules, "@gatehouse", name));
}

/** Puts in what stands behind `+`, takes away what stands behind `-`, beside the lines behind a space. */
function change(file: string, difference: string): void {
  const lines = difference.trimEnd().split("\n");
  const of = (...marks: string[]): string =>
    lines
      .filter((line) => marks.includes(line[0] ?? " "))
      .map((line) => line.slice(1))
      .join("\n");
  const [before, after] = [of(" ", "-"), of(" ", "+")];
  const text = readFileSync(join(house, file), "utf8");
  expect({ before, places: text.split(before).length - 1 }).toEqual({ before, places: 1 });
  writeFileSync(
    join(house, file),
    text.replace(before, () => after),
  );
}

function run(...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: house,
    encoding: "utf8",
    env: { ...process.env, CI: "", NO_COLOR: "1" },
  });
  return { code: status, out: `${stdout}\n${stderr}` };
}

const runTests = (...args: readonly string[]) =>
  run(join(root, "node_modules/vitest/vitest.mjs"), "run", ...args);

beforeAll(() => {
  for (const path of copied) cpSync(join(root, path), join(house, path), { recursive: true });
  linkModules();
  for (const { language, file, text } of blocks) {
    if (language === "diff") change(file, text);
    else {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), text);
    }
  }
});

test("what the document says to write has the right types", () => {
  const files = [...new Set(blocks.map(({ file }) => file))].filter((file) => file.endsWith(".ts"));
  expect(files).toHaveLength(5);
  const config = { extends: "./tsconfig.json", include: files, exclude: [] };
  writeFileSync(join(house, "tsconfig.document.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  expect(run(tsc, "--noEmit", "-p", "tsconfig.document.json")).toMatchObject({ code: 0 });
});

test("the relay board of the document keeps the contract of all gates", () => {
  const { code, out } = runTests("edge/test/wire/gate/gate.test.ts", "-t", "acme-r4");
  expect({ code, out }).toMatchObject({ code: 0 });
  expect(Number(/Tests\s+(\d+) passed/.exec(out)?.[1])).toBeGreaterThan(15);
});

test("the sensor of the document keeps the contract of all codecs, and is known by its name", () => {
  const { code, out } = runTests("edge/test/adapters/sensor/acme-p1.test.ts");
  expect({ code, out }).toMatchObject({ code: 0 });
  const decode = ["sensors", "decode", "--model", "acme_p1", "--fport", "7", "--hex", "0124f6"];
  writeFileSync(
    join(house, "decode.ts"),
    `import { main } from "./edge/src/cli.ts";\nprocess.argv = ["node", "gatehouse", ...${JSON.stringify(decode)}];\nawait main();\n`,
  );
  expect(run("decode.ts").out).toContain("a vehicle stands there");
});
