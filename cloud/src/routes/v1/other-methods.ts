import { problem, refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { declaredRoutes } from "../declared-access.ts";
import { problems } from "../problems.ts";

/**
 * What is asked of the API or the page's facts by a method that its address does not have, or at an address that is
 * none: 405 with those that it has, or 404. `OPTIONS` is told the methods and nothing of other origins: no page but
 * our own may ask.
 *
 * @param app whose routes all stand already
 */
export function otherMethodRoutes(app: Hono): Hono {
  const known = declaredRoutes(app).map(({ route }) => {
    const [method = "", path = ""] = route.split(" ");
    return { method, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`) };
  });
  const rest = new Hono();
  for (const facts of ["/v1/*", "/api/*"])
    // It ends every request that came so far, and is no route: what is behind these addresses is declared at its own.
    rest.use(facts, async (c, _next) => {
      const methods = known.flatMap(({ method, pattern }) =>
        pattern.test(c.req.path) ? (method === "GET" ? ["GET", "HEAD"] : [method]) : [],
      );
      if (methods.length === 0) return refuse(problems.noSuchPage);
      const allow = [...new Set(methods), "OPTIONS"].join(", ");
      if (c.req.method === "OPTIONS") return c.body(null, 204, { allow });
      return refuse(wrongMethod(allow), { allow });
    });
  return rest;
}

const wrongMethod = (allow: string) =>
  problem(405, "wrong-method", "This address has no such method.", `It has ${allow}.`);
