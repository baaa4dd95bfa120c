import type { PageFiles } from "@gatehouse/shared/page-files";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { anyone } from "./declared-access.ts";
import { problems } from "./problems.ts";

/** Where the pages of the analytics backend's admin are now (requirements A29). */
const formerPages = {
  "/admin/analytics/analyticsreport/": "/#/reports",
  "/admin/analytics/systemmetrics/": "/#/metrics",
} as const;

export function pageRoutes(files: PageFiles): Hono {
  const app = new Hono();
  for (const [former, now] of Object.entries(formerPages))
    for (const path of [former, former.slice(0, -1)])
      app.get(path, anyone("it says where a page is, which holds no facts"), (c) =>
        c.redirect(now),
      );
  app.get("*", anyone("the page itself holds no facts"), (c) => {
    const file = files.get(c.req.path);
    if (file === undefined)
      return refuse(c.req.path === "/" ? problems.pageMissing : problems.noSuchPage);
    const headers = {
      etag: file.etag,
      "cache-control": file.isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    };
    if (c.req.header("if-none-match") === file.etag) return c.body(null, 304, headers);
    return c.body(file.bytes, 200, { ...headers, "content-type": file.type });
  });
  return app;
}
