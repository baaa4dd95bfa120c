import { getRequests } from "@gatehouse/shared/contracts/v1/requests";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { hours as hoursLong, isoOf, type Instant } from "@gatehouse/shared/time";
import { Hono } from "hono";
import { Counter, Gauge } from "prom-client";
import type { RequestSums } from "../domain/request-sums.ts";
import type { Database } from "../store/database.ts";
import { readRequests } from "../store/request-hours.ts";
import type { OfficeDoor, OfficeEnv } from "./office-door.ts";
import type { RequestMeter } from "./request-meter.ts";
import type { V1Desk } from "./v1/v1-desk.ts";

const usualHours = 24;
const hourMs = 3_600_000;

export interface MetricsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Pick<OfficeDoor, "asks">;
  readonly meter: RequestMeter;
  readonly sums: RequestSums;
  readonly v1: V1Desk;
}

/** `/metrics` in Prometheus' text format, of this process; and how requests went by the hour, of all. */
export function metricsRoutes(ports: MetricsPorts): Hono<OfficeEnv> {
  const { database, clock, door, meter, v1 } = ports;
  const app = new Hono<OfficeEnv>();
  addGauges(ports);

  app.get("/metrics", door.asks("see-facilities"), async (c) =>
    c.body(await meter.registry.metrics(), 200, { "content-type": meter.registry.contentType }),
  );

  v1.on(app)(getRequests, async ({ query }) => {
    const now = clock.now();
    const begin = now - hoursLong(query.hours ?? usualHours);
    const from = isoOf((begin - (begin % hourMs)) as Instant);
    const routes = await readRequests(database, { from, to: isoOf((now + 1) as Instant) });
    return { as_of: isoOf(now), from, routes };
  });
  return app;
}

/** What is asked only when somebody reads. */
function addGauges({ database: { pool }, meter: { registry }, sums }: MetricsPorts): void {
  new Gauge({
    name: "gatehouse_office_database_connections",
    help: "Connections to the database, by what they do.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      this.set({ state: "open" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waited-for" }, pool.waitingCount);
    },
  });
  new Counter({
    name: "gatehouse_office_requests_not_summed_total",
    help: "Requests that no hour counts, because too many sums were waiting for the database.",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(sums.left);
    },
  });
}
