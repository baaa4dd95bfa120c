import { createHmac } from "node:crypto";
import type { Instant } from "@gatehouse/shared/time";

/**
 * Signs a body for a moment: `t=1700000000,v1=HEX`, HMAC-SHA256 over `t.body`. While a secret is being changed there is
 * one `v1` for each of them. docs/webhooks.md shows how a receiver checks it.
 *
 * @param secrets the present one first
 */
export function signatureOf(body: string, at: Instant, secrets: readonly string[]): string {
  const t = Math.floor(at / 1000);
  const macs = secrets.map((secret) =>
    createHmac("sha256", secret).update(`${t}.${body}`).digest("hex"),
  );
  return [`t=${t}`, ...macs.map((mac) => `v1=${mac}`)].join(",");
}
