import { type Complaint, complaintsOf, type Problem } from "@gatehouse/shared/contracts/problem";
import { NoQuery, type V1Route } from "@gatehouse/shared/contracts/v1/route";
import { z } from "zod";
import { problems } from "../problems.ts";

/** A query's parameters by name, as JSON Schema; the required ones too. */
export interface QueryShape {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: ReadonlySet<string>;
}

interface ObjectSchema {
  readonly properties?: Record<string, object>;
  readonly required?: string[];
  readonly allOf?: ObjectSchema[];
}

/** What a query's contract names; a contract may be an object or several of them together. */
export function queryShape({ query }: V1Route): QueryShape {
  if (query === undefined) return { properties: {}, required: new Set() };
  const schema = z.toJSONSchema(query, { io: "input", unrepresentable: "any" }) as ObjectSchema;
  const parts = [schema, ...(schema.allOf ?? [])];
  return {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})) as Record<
      string,
      object
    >,
    required: new Set(parts.flatMap(({ required }) => required ?? [])),
  };
}

/** What somebody asks, read by the route's contract. */
export type Asked =
  | { readonly kind: "asked"; readonly query: unknown }
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * Reads a route's query. What it does not name is refused with its name, so that a misspelt filter never answers
 * everything; so is what is said twice.
 */
export function queryReader(route: V1Route): (url: string) => Asked {
  const known = new Set(Object.keys(queryShape(route).properties));
  return (url) => {
    const given = new URL(url, "http://here").searchParams;
    const names = [...given.keys()];
    const errors: Complaint[] = [
      ...new Set(names)
        .difference(known)
        .values()
        .map((path) => ({ path, message: unknownParameter(known) })),
      ...names
        .filter((name, at) => known.has(name) && names.indexOf(name) !== at)
        .map((path) => ({ path, message: "write it once" })),
    ];
    const read = (route.query ?? NoQuery).safeParse(Object.fromEntries(given));
    if (!read.success) errors.push(...complaintsOf(read.error));
    return read.success && errors.length === 0
      ? { kind: "asked", query: read.data }
      : { kind: "problem", problem: { ...problems.notUnderstood, errors: errors.slice(0, 20) } };
  };
}

const unknownParameter = (known: ReadonlySet<string>): string =>
  known.size === 0
    ? "there is no such parameter; this address takes none"
    : `there is no such parameter; there are ${[...known].join(", ")}`;
