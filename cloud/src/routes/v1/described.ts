import type { V1Route } from "@gatehouse/shared/contracts/v1/route";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";

const described = new WeakMap<object, V1Route>();

/** Notes what a route says of itself, at its guard. */
export function describes<Guard extends MiddlewareHandler>(route: V1Route, guard: Guard): Guard {
  described.set(guard, route);
  return guard;
}

/** What the route that answers this request says of itself; undefined outside the API. */
export const descriptionOf = (c: Context): V1Route | undefined =>
  matchedRoutes(c)
    .map(({ handler }) => described.get(handler))
    .find((route) => route !== undefined);

/** Every described route that the app really has, in its order. */
export const describedRoutes = (app: Hono): V1Route[] =>
  app.routes.flatMap(({ handler }) => described.get(handler) ?? []);

/** A path as Hono writes it: `{facility_id}` is `:facility_id`. */
export const honoPath = <const Path extends string>(path: Path): HonoPath<Path> =>
  path.replaceAll(/\{(\w+)\}/g, ":$1") as HonoPath<Path>;

type HonoPath<Path extends string> = Path extends `${infer Begin}{${infer Name}}${infer Rest}`
  ? `${Begin}:${Name}${HonoPath<Rest>}`
  : Path;
