import type { BodyGiven, ParamsIn, QueryGiven, V1Route } from "../contracts/v1/route.ts";

/** What of a route is asked: exactly what its path, its query and its body need. */
export type AskedOf<Route extends V1Route> = ParamsAsked<Route> &
  QueryAsked<Route> &
  BodyAsked<Route> &
  Besides;

interface Besides {
  /** Of an answer that one has: `unchanged` is told where it still holds. */
  readonly etag?: string;
  readonly signal?: AbortSignal;
  /** Of a change; without it each `ask` makes its own, which its repeats keep. */
  readonly idempotencyKey?: string;
}

type ParamsAsked<Route extends V1Route> = [ParamsIn<Route["path"]>] extends [never]
  ? unknown
  : { readonly params: Readonly<Record<ParamsIn<Route["path"]>, string>> };

type QueryAsked<Route extends V1Route> = [QueryGiven<Route>] extends [never]
  ? unknown
  : Record<never, never> extends QueryGiven<Route>
    ? { readonly query?: QueryGiven<Route> }
    : { readonly query: QueryGiven<Route> };

type BodyAsked<Route extends V1Route> = [BodyGiven<Route>] extends [never]
  ? unknown
  : { readonly body: BodyGiven<Route> };

/** The same, whichever route it is of. */
export interface AnyAsked extends Besides {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

/** A route's path with its parameters and query in it. */
export function addressOf({ path }: V1Route, { params = {}, query = {} }: AnyAsked): string {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === "") throw new RangeError(`${path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? place : `${place}?${search.toString()}`;
}
