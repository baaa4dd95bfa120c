import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";

/** When an answer was computed is not what it says. */
const computedAt = /"(?:as_of|lag_s|asOf|ageSeconds|publicationTime)":(?:"[^"]*"|[^,}]*)/g;

/**
 * Gives what is read a weak entity tag, made from the answer without the moment at which it was computed, and answers
 * 304 to whoever has it already. The answer is computed all the same: what is spared is the way.
 */
export const entityTags: MiddlewareHandler = async (c, next) => {
  await next();
  const isJson = c.res.headers.get("content-type")?.startsWith("application/json") === true;
  if (c.req.method !== "GET" || c.res.status !== 200 || !isJson) return;
  const text = await c.res.text();
  const etag = c.res.headers.get("etag") ?? weakTag(text);
  const headers = new Headers(c.res.headers);
  headers.set("etag", etag);
  const isKnown = knownTags(c.req.header("if-none-match")).has(opaque(etag));
  if (isKnown) headers.delete("content-type");
  // Hono adds the headers of the answer before to a new one; all of them are in `headers`.
  c.res = undefined;
  c.res = new Response(isKnown ? null : text, { status: isKnown ? 304 : 200, headers });
};

const weakTag = (text: string): string =>
  `W/"${createHash("sha256").update(text.replaceAll(computedAt, "")).digest("base64url").slice(0, 22)}"`;

/** RFC 9110, 13.1.2: compared weakly. */
const opaque = (etag: string): string => etag.trim().replace(/^W\//, "");

const knownTags = (header: string | undefined): ReadonlySet<string> =>
  new Set((header ?? "").split(",").map(opaque));
