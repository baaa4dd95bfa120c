import { z } from "zod";
import type { Right } from "../rights-at-office.ts";

/*
 * A route of head office's API as a value: what is asked, what is answered, and who may. The route's code, the OpenAPI
 * document, the typed client and the tests are all made from it, so none of them can say something else.
 */

/** Whom a route answers: the same words as its guard's. */
export type RouteAccess =
  /** Whoever has one of these rights: at the facility that the address names, else anywhere. */
  | { readonly kind: "right"; readonly anyOf: readonly [Right, ...Right[]] }
  /** A facility's box, by its own token. */
  | { readonly kind: "facility" }
  /** Whoever head office knows. */
  | { readonly kind: "known" }
  /** Anybody, and why that is right. */
  | { readonly kind: "anyone"; readonly why: string };

/** What a route says of itself. */
export interface V1Route {
  /** Its name, a verb and what it is about: `getRevenue`. Another for each route. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With its parameters in braces: `/v1/facilities/{facility_id}/reports/revenue`. */
  readonly path: `/v1${string}`;
  /** Under which heading it stands in the document. */
  readonly area: string;
  /** One sentence for whoever looks for it. */
  readonly summary: string;
  readonly access: RouteAccess;
  /** An object of texts, as they stand in an address; a parameter that it does not name is refused. */
  readonly query?: z.ZodType | undefined;
  /** JSON. */
  readonly body?: z.ZodType | undefined;
  /** Bytes of its body at most; left out: 64 KiB. */
  readonly bodyMax?: number | undefined;
  /** JSON, or `nothing` (204). */
  readonly answer: z.ZodType | "nothing";
  /** Of a request that went well; 200, or 204 where nothing is answered. */
  readonly status?: 200 | 201 | 202 | undefined;
  /** What it also answers where the query asks for it (`format=csv`): media types. */
  readonly files?: readonly string[] | undefined;
  /** The `type` of the problems that are its own, beside those that every route has. */
  readonly problems?: readonly string[] | undefined;
}

/** Checks a route where it is written, and keeps its exact types. */
export const v1Route = <const Route extends V1Route>(route: Route): Route => route;

/** Whoever has one of these rights. */
export const takes = <const Rights extends readonly [Right, ...Right[]]>(...anyOf: Rights) =>
  ({ kind: "right", anyOf }) as const;

/** No parameters. */
export const NoQuery = z.object({});

/** The names of a path's parameters. */
export type ParamsIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsIn<Rest>
  : never;

/** What a route's query says, read. */
export type QueryOf<Route extends V1Route> = Route["query"] extends z.ZodType
  ? z.output<Route["query"]>
  : Record<never, never>;

/** What a route's body says, read. */
export type BodyOf<Route extends V1Route> = Route["body"] extends z.ZodType
  ? z.output<Route["body"]>
  : undefined;

/** What a route answers; undefined where it says only that it is done. */
export type AnswerOf<Route extends V1Route> = Route["answer"] extends z.ZodType
  ? z.output<Route["answer"]>
  : undefined;

/** What a route's query is given: a parameter stands in the address as text, and a number is written as one. */
export type QueryGiven<Route extends V1Route> = Route["query"] extends z.ZodType
  ? { readonly [Name in keyof z.input<Route["query"]>]: z.input<Route["query"]>[Name] | number }
  : never;

/** What a route's body is given. */
export type BodyGiven<Route extends V1Route> = Route["body"] extends z.ZodType
  ? z.input<Route["body"]>
  : never;

/** A route whose answer says how its list goes on. */
export type V1Listing = V1Route & {
  readonly answer: z.ZodType<{ readonly next_cursor: string | null }>;
};

/** The status of a request that went well. */
export const statusOf = ({ answer, status }: V1Route): 200 | 201 | 202 | 204 =>
  status ?? (answer === "nothing" ? 204 : 200);
