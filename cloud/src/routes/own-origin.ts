import type { Context } from "hono";

/** A browser names the page that sends a request; another site's page is refused. */
export function isOwnOrigin(c: Context): boolean {
  const origin = c.req.header("origin");
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin") return false;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

export const isHttps = (c: Context): boolean =>
  c.req.header("x-forwarded-proto") === "https" || c.req.url.startsWith("https:");
