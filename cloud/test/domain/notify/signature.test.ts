import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { signatureOf } from "../../../src/domain/notify/signature.ts";

const at = 1_700_000_000_500 as Instant;
const body = '{"id":"1","event":"session.closed"}';

test("is the HMAC-SHA256 of the second and the body, as openssl computes it", () => {
  // printf '1700000000.{"id":"1","event":"session.closed"}' | openssl dgst -sha256 -hmac whsec_one
  const hex = "b6f36a99e2b52feb4f0b0e1d5b18540a535ecf5a533fd60ed40c8e5e0e043683";
  expect(signatureOf(body, at, ["whsec_one"])).toBe(`t=1700000000,v1=${hex}`);
});

test("of two secrets stand side by side, the present one first", () => {
  const [one, two] = [["whsec_one"], ["whsec_two"]].map((secrets) =>
    signatureOf(body, at, secrets),
  );
  expect(signatureOf(body, at, ["whsec_one", "whsec_two"])).toBe(
    `${one},${two?.replace("t=1700000000,", "")}`,
  );
});

test("is checked by the example of the manual, which refuses every other body, secret and age", async () => {
  const manual = readFileSync(join(import.meta.dirname, "../../../../docs/webhooks.md"), "utf8");
  const [, example = ""] = /```js\n([^]*?)```/.exec(manual) ?? [];
  const source = `data:text/javascript,${encodeURIComponent(example)}`;
  const { isFromGatehouse } = (await import(/* @vite-ignore */ source)) as {
    isFromGatehouse: (header: string, body: string, secret: string, nowS: number) => boolean;
  };
  const header = signatureOf(body, at, ["whsec_new", "whsec_old"]);
  const now = 1_700_000_060;
  expect(isFromGatehouse(header, body, "whsec_new", now)).toBe(true);
  expect(isFromGatehouse(header, body, "whsec_old", now)).toBe(true);
  expect(isFromGatehouse(header, body, "whsec_other", now)).toBe(false);
  expect(isFromGatehouse(header, `${body} `, "whsec_new", now)).toBe(false);
  expect(isFromGatehouse(header, body, "whsec_new", now + 600)).toBe(false);
  expect(isFromGatehouse("", body, "whsec_new", now)).toBe(false);
  expect(isFromGatehouse("t=,v1=zz", body, "whsec_new", now)).toBe(false);
});
