import { expect, test } from "vitest";
import { pageRoutes } from "../../src/routes/pages.ts";

test.each([
  ["/admin/analytics/analyticsreport/", "/#/reports"],
  ["/admin/analytics/analyticsreport", "/#/reports"],
  ["/admin/analytics/systemmetrics/", "/#/metrics"],
])("the analytics backend's %s leads to %s", async (former, now) => {
  const response = await pageRoutes(new Map()).request(former);
  expect([response.status, response.headers.get("location")]).toEqual([302, now]);
});

test("an address that never was a page leads nowhere", async () => {
  expect((await pageRoutes(new Map()).request("/admin/analytics/")).status).toBe(404);
});
