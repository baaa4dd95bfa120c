import { createHash } from "node:crypto";
import { Problem } from "@gatehouse/shared/contracts/problem";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Context, MiddlewareHandler } from "hono";

/** W3C Trace Context: version, trace, parent, flags. */
const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const none = "0".repeat(32);

/** The trace that a request belongs to. */
export const traceOf = (c: Context): string => String(c.get("trace") ?? "");

/**
 * Gives every request a trace id: the one of its `traceparent`, or one of its own. It goes back in `trace-id` and in
 * every problem, and stands in the log beside what went wrong, so that whoever was refused and whoever reads the log
 * speak of the same.
 *
 * @param addressOf where a request comes from
 */
export function tracing(clock: Clock, addressOf: (c: Context) => string): MiddlewareHandler {
  let count = 0;
  return async (c, next) => {
    const [, given = none] = traceparent.exec(c.req.header("traceparent") ?? "") ?? [];
    // It must differ, not be secret: moment, place and number are enough, and take nothing from chance.
    const facts = [clock.now(), clock.monotonic(), (count += 1), addressOf(c), c.req.url];
    const own = createHash("sha256").update(facts.join("\n")).digest("hex").slice(0, 32);
    const trace = given === none ? own : given;
    c.set("trace", trace);
    await next();
    if (c.res.headers.get("content-type") === "application/problem+json") {
      const problem = Problem.loose().parse(await c.res.json());
      c.res = new Response(JSON.stringify({ ...problem, trace_id: trace }), c.res);
    }
    c.res.headers.set("trace-id", trace);
  };
}
