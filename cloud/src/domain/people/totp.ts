import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "@gatehouse/shared/time";

/** What every authenticator app takes for granted: SHA-1, six digits, a step of half a minute (RFC 6238, 4 and 5.2). */
const digits = 6;
const stepMs = 30_000;
/** A clock may be one step off in either direction (RFC 6238, 5.2). */
const stepsOff = 1;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The step of time that a moment lies in. */
export const totpStep = (now: Instant): number => Math.floor(now / stepMs);

/**
 * The code of a step (RFC 4226, 5.3, over the time of RFC 6238).
 *
 * @param length 6 for people; the RFC's own examples have 8 digits
 */
export function totpCode(secret: Uint8Array, step: number, length = digits): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 10 ** length).padStart(length, "0");
}

/**
 * Finds the step that a code belongs to. A code counts once: only steps after `lastStep` are looked at, so that
 * whoever overhears it cannot use it again.
 *
 * @returns the step to remember, or undefined when the code is wrong
 */
export function stepOfCode(
  secret: Uint8Array,
  code: string,
  now: Instant,
  lastStep: number,
): number | undefined {
  const present = totpStep(now);
  const steps = Array.from({ length: 2 * stepsOff + 1 }, (_, index) => present - stepsOff + index);
  const fits = steps.filter((step) => isSame(totpCode(secret, step), code));
  return fits.find((step) => step > lastStep);
}

/** The address that authenticator apps read from a QR code; the label names who and where. */
export function totpAddress(secret: Uint8Array, account: string, issuer: string): string {
  const query = new URLSearchParams({ secret: base32(secret), issuer }).toString();
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query}`;
}

/** RFC 4648, 6, without padding: how a secret is typed into an app. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(5, "0"), 2))).join("");
}

function isSame(expected: string, offered: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(offered)];
  return a.length === b.length && timingSafeEqual(a, b);
}
