import { Hono } from "hono";
import type { OfficeEnv } from "../office-door.ts";
import { analyticsRoutes } from "./analytics.ts";
import type { ReportPorts } from "./asking.ts";
import { serviceRoutes } from "./services.ts";
import { storedRoutes } from "./stored.ts";

/** Everything below `/v1/facilities/{facility_id}/reports`. */
export function reportRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.route("/", serviceRoutes(ports));
  app.route("/", analyticsRoutes(ports));
  app.route("/", storedRoutes(ports));
  return app;
}
