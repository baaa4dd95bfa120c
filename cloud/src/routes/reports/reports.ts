import { Hono } from "hono";
import type { OfficeEnv } from "../office-door.ts";
import type { ReportPorts } from "./asking.ts";
import { serviceRoutes } from "./services.ts";

/** Everything below `/v1/facilities/{facility_id}/reports`. */
export function reportRoutes(ports: ReportPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.route("/", serviceRoutes(ports));
  return app;
}
