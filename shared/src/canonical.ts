import { hash } from "node:crypto";

/** JSON as data: what `canonicalJson` accepts. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * One text for one value: keys sorted by code unit, no spaces, `undefined` members left out
 * (RFC 8785's rules for the values we use: strings, safe integers, finite numbers, booleans, null).
 *
 * @throws RangeError on a number that JSON cannot hold
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`not a JSON number: ${value}`);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

/** The hash before a ledger's first line. */
export const genesisHash = "0".repeat(64);

/** Chains a ledger line to the one before: SHA-256 over the previous hash (hex) and the line's exact bytes. */
export const chainHash = (previous: string, text: string): string =>
  hash("sha256", previous + text, "hex");
