import type { Problem } from "@gatehouse/shared/contracts/problem";
import type { Context } from "hono";
import { problems } from "../problems.ts";

/** Which version somebody has seen who wants a change; 0 of what is not there yet. */
export type Seen =
  | { readonly kind: "version"; readonly version: number; readonly stale: Problem }
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * Reads it from `If-Match` (or `If-None-Match: *` of something new), else from the body. `stale` is what to answer
 * where another version stands by now.
 */
export function seenVersion(c: Context, inBody: number | undefined): Seen {
  const tag = c.req.header("if-match");
  const version = c.req.header("if-none-match") === "*" ? 0 : (versionOf(tag) ?? inBody);
  if (version === undefined || (tag !== undefined && versionOf(tag) === undefined))
    return { kind: "problem", problem: problems.versionNeeded };
  const isByHeader = tag !== undefined || c.req.header("if-none-match") === "*";
  const stale = isByHeader ? problems.otherVersion : problems.changedMeanwhile;
  return { kind: "version", version, stale };
}

/** A version as an `ETag`. */
export const tagOf = (version: number): string => `"${version}"`;

function versionOf(tag: string | undefined): number | undefined {
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(tag ?? "") ?? [];
  return version === undefined ? undefined : Number(version);
}
