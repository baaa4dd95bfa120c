import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { Histogram, Registry } from "prom-client";
import { type RequestSum, type RequestSums, requestLimitsMs } from "../domain/request-sums.ts";
import type { OfficeEnv } from "./office-door.ts";
import { descriptionOf } from "./v1/described.ts";

const hourMs = 3_600_000;

/**
 * How fast requests are answered, by route: for Prometheus since the process began, and by the hour for the reports.
 * A request counts from its beginning until its answer begins; a live line therefore counts as short as it is.
 */
export class RequestMeter {
  readonly registry = new Registry();
  readonly #clock: Clock;
  readonly #sums: RequestSums;
  readonly #seconds = new Histogram({
    name: "gatehouse_office_request_seconds",
    help: "Time to answer a request, by route and class of status.",
    labelNames: ["route", "status"],
    buckets: requestLimitsMs.map((ms) => ms / 1000),
    registers: [this.registry],
  });

  /** @param sums into which the hours are counted */
  constructor(clock: Clock, sums: RequestSums) {
    this.#clock = clock;
    this.#sums = sums;
  }

  readonly measured: MiddlewareHandler<OfficeEnv> = async (c, next) => {
    const began = this.#clock.monotonic();
    await next();
    const ms = Math.max(0, this.#clock.monotonic() - began);
    const route = nameOf(c);
    const { status } = c.res;
    this.#seconds.observe({ route, status: `${Math.floor(status / 100)}xx` }, ms / 1000);
    const now = this.#clock.now();
    const hour = isoOf((now - (now % hourMs)) as Instant);
    const place = c.get("place") as OfficeEnv["Variables"]["place"];
    const sum: Pick<RequestSum, "facilityId" | "hour" | "route"> = {
      // Only of a facility that there is, so that nobody fills the table with names.
      facilityId: place?.facilityId ?? "",
      hour,
      route,
    };
    this.#sums.count(sum, { status, ms });
  };
}

/** A route's name in the API, or its method and pattern: there are only so many. */
function nameOf(c: Context): string {
  const described = descriptionOf(c);
  if (described !== undefined) return described.id;
  const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
  return route === undefined ? "none" : `${route.method} ${route.path}`;
}
