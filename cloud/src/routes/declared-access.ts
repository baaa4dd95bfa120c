import { check } from "@gatehouse/shared/check";
import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import type { Hono, MiddlewareHandler } from "hono";

/** Whom a route answers. */
export type Access =
  /** Anybody, and why that is right. */
  | { readonly kind: "anyone"; readonly why: string }
  /** A facility, by its own token. */
  | { readonly kind: "facility" }
  /** Whoever has one of these rights: at the facility that the address names, else anywhere. */
  | { readonly kind: "right"; readonly anyOf: readonly Right[] }
  /** Whoever head office knows, whatever their rights: to hear who they are. */
  | { readonly kind: "known" }
  /** Whoever is signed in with a password, about their own account. */
  | { readonly kind: "self" };

const declared = new WeakMap<object, Access>();

/** Notes whom the guard lets through; the guard itself does the letting. */
export function declare<Guard extends MiddlewareHandler>(access: Access, guard: Guard): Guard {
  declared.set(guard, access);
  return guard;
}

/** Whom a guard lets through; undefined of what is no guard. */
export const accessOf = (guard: object): Access | undefined => declared.get(guard);

/** The guard of a route that everybody may ask; said aloud, so that no route is open by being forgotten. */
export const anyone = (why: string): MiddlewareHandler =>
  declare({ kind: "anyone", why }, (_, next) => next());

export interface DeclaredRoute {
  /** Method and path, for example `GET /api/me`. */
  readonly route: string;
  readonly access: readonly Access[];
}

/** Every route of the app with what its guards declare; middleware for many routes (`app.use`) is none. */
export function declaredRoutes(app: Hono): DeclaredRoute[] {
  const routes = new Map<string, Access[]>();
  for (const { method, path, handler } of app.routes) {
    if (method === "ALL" && handler.length > 1) continue;
    const route = `${method} ${path}`;
    const access = declared.get(handler);
    const known = routes.get(route) ?? [];
    routes.set(route, access === undefined ? known : [...known, access]);
  }
  return [...routes].map(([route, access]) => ({ route, access }));
}

/** A route that says not exactly once whom it answers is a bug that must not reach anybody: head office does not start. */
export function checkDeclared(app: Hono): void {
  for (const { route, access } of declaredRoutes(app))
    check(access.length === 1, `${route} must declare exactly once whom it answers`);
}
