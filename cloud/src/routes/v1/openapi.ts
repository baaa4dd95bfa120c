import { Problem } from "@gatehouse/shared/contracts/problem";
import { Period, ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import { statusOf, type V1Route } from "@gatehouse/shared/contracts/v1/route";
import { z } from "zod";
import { queryShape } from "./asked.ts";

type Json = Readonly<Record<string, unknown>>;

/** The API's own version; what would break somebody is another one beside it. */
export const apiVersion = "1";

const description = `Everything that head office's pages read and do, for tools.
Within version ${apiVersion} routes and fields are only ever added: read what you know and leave the rest.
Moments are UTC, days and hours those of the facility, amounts whole minor units of its currency.
A null is "not known", never nothing. A refusal is a problem (RFC 9457) with a stable type.`;

/**
 * The OpenAPI 3.1 document of these routes: their contracts are JSON Schema 2020-12 as zod writes it, so that the
 * document is what the code checks and nothing beside.
 */
export function openApi(routes: readonly V1Route[]): Json {
  const schemas = new Schemas(routes);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes)
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route, schemas);
  return {
    openapi: "3.1.1",
    info: { title: "Gatehouse head office", version: apiVersion, description },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(({ area }) => area))].map((name) => ({ name })),
    paths,
    components: { schemas: schemas.written(), responses, securitySchemes },
  };
}

const problemContent = {
  "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
};

const responses = {
  Problem: {
    description: "Refused: what was wrong, where, and what to do.",
    headers: {
      "trace-id": { description: "For whoever reads the log.", schema: { type: "string" } },
    },
    content: problemContent,
  },
  TooMany: {
    description: "Too many requests: wait as long as Retry-After says (seconds).",
    headers: { "retry-after": { schema: { type: "integer" } } },
    content: problemContent,
  },
};

const bearer = (description_: string): Json => ({
  type: "http",
  scheme: "bearer",
  description: description_,
});

const securitySchemes = {
  token: bearer(
    "A personal API token, made at head office's page; it may what its scopes and its owner may.",
  ),
  facilityToken: bearer("The token of a facility's box."),
};

function operationOf(route: V1Route, schemas: Schemas): Json {
  const { access, body, summary, id, area, method } = route;
  return {
    operationId: id,
    tags: [area],
    summary,
    ...(access.kind === "anyone"
      ? { security: [], description: `Anybody may ask: ${access.why}.` }
      : { security: [access.kind === "facility" ? { facilityToken: [] } : { token: [] }] }),
    ...(access.kind === "right"
      ? { description: `Takes the right ${access.anyOf.join(" or ")}.`, "x-rights": access.anyOf }
      : {}),
    parameters: [...pathParameters(route), ...queryParameters(route), ...(headers[method] ?? [])],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemas.refTo(body, "body") } },
          },
        }),
    responses: responsesOf(route, schemas),
  };
}

const pathParameters = ({ path }: V1Route): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

function queryParameters(route: V1Route): Json[] {
  const { properties, required } = queryShape(route);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.has(name),
    schema: tidied(schema as Json),
  }));
}

const headers: Readonly<Record<string, readonly Json[]>> = {
  GET: [
    {
      name: "if-none-match",
      in: "header",
      description: "The etag of an answer that you have: 304 when it still holds.",
      schema: { type: "string" },
    },
  ],
};

function responsesOf(route: V1Route, schemas: Schemas): Json {
  const { answer, files = [], problems = [] } = route;
  const json =
    answer === "nothing"
      ? []
      : [["application/json", { schema: schemas.refTo(answer, "answer") }] as const];
  const content = Object.fromEntries([...json, ...files.map((type) => [type, {}] as const)]);
  return {
    [statusOf(route)]: {
      description: answer === "nothing" ? "Done." : "The answer.",
      ...(answer === "nothing" ? {} : { content }),
    },
    ...(route.method === "GET" ? { 304: { description: "What you have still holds." } } : {}),
    429: { $ref: "#/components/responses/TooMany" },
    default:
      problems.length === 0
        ? { $ref: "#/components/responses/Problem" }
        : { ...responses.Problem, description: `Refused, among others as ${problems.join(", ")}.` },
  };
}

type Side = "body" | "answer";

/** Every contract under one name, written once however often it is used. */
class Schemas {
  readonly #names = { body: new Map<z.ZodType, string>(), answer: new Map<z.ZodType, string>() };

  constructor(routes: readonly V1Route[]) {
    for (const [name, contract] of Object.entries({ Problem, Period, ReportAbout }))
      this.#names.answer.set(contract, name);
    for (const { id, answer, body } of routes) {
      const name = `${id[0]?.toUpperCase()}${id.slice(1)}`;
      if (answer !== "nothing" && !this.#names.answer.has(answer))
        this.#names.answer.set(answer, `${name}Answer`);
      if (body !== undefined && !this.#names.body.has(body))
        this.#names.body.set(body, `${name}Body`);
    }
  }

  refTo(contract: z.ZodType, side: Side): Json {
    return { $ref: `#/components/schemas/${this.#names[side].get(contract) ?? ""}` };
  }

  written(): Json {
    return { ...this.#write("answer"), ...this.#write("body") };
  }

  #write(side: Side): Json {
    const registry = z.registry<{ id: string }>();
    for (const [contract, id] of this.#names[side]) registry.add(contract, { id });
    const { schemas } = z.toJSONSchema(registry, {
      uri: (id) => `#/components/schemas/${id}`,
      io: side === "body" ? "input" : "output",
      unrepresentable: "any",
      // An answer may hold more than somebody's copy of this document knows.
      override: ({ jsonSchema }) => {
        if (side === "answer" && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    });
    return Object.fromEntries(
      Object.entries(schemas).map(([id, schema]) => [id, tidied(schema as Json)]),
    );
  }
}

/** A format says what its pattern does, and every whole number ends where JavaScript's do. */
function tidied(schema: Json): Json {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key === "$schema" || key === "$id") return undefined;
    if (value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER) return undefined;
    if (typeof value !== "object" || value === null || !("format" in value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "pattern"));
  });
  return JSON.parse(text) as Json;
}
