import { expect, test } from "vitest";
import { pinoLog } from "../../src/adapters/pino-log.ts";

test("the log remembers its last lines, cut, and without whatever may be a card number", () => {
  const log = pinoLog("edge", "info");
  for (let line = 0; line < 500; line += 1) log.info("looked", { line });
  log.warn("device said", { detail: "4111 1111 1111 1111", more: "x".repeat(5000) });
  const lines = log.recent();
  expect(lines).toHaveLength(500);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ event: "looked", line: 1 });
  expect(lines.at(-1)).toContain('"detail":"[card …1111]"');
  expect(lines.at(-1)).toHaveLength(2000);
  expect(Number(JSON.parse(lines[1] ?? "").time)).toBeGreaterThan(1_700_000_000_000);
});
