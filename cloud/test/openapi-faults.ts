import { z } from "zod";

/*
 * What is wrong with an OpenAPI 3.1 document, as far as its own rules go beyond the JSON Schemas in it: references
 * that lead nowhere, parameters that a path does not have, names used twice.
 */

type Schema = { [keyword: string]: unknown };

/** The keywords of JSON Schema 2020-12 that contracts become, and what stands in each. */
const keywords: Readonly<Record<string, z.ZodType>> = {
  $ref: z.string(),
  type: z.union([
    z.enum(["object", "array", "string", "number", "integer", "boolean", "null"]),
    z.array(z.string()),
  ]),
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()),
  items: z.unknown(),
  prefixItems: z.array(z.unknown()),
  additionalProperties: z.unknown(),
  propertyNames: z.unknown(),
  anyOf: z.array(z.unknown()).min(1),
  oneOf: z.array(z.unknown()).min(1),
  allOf: z.array(z.unknown()).min(1),
  not: z.unknown(),
  enum: z.array(z.unknown()).min(1),
  const: z.unknown(),
  default: z.unknown(),
  format: z.string(),
  pattern: z.string(),
  description: z.string(),
  contentEncoding: z.string(),
  minimum: z.number(),
  maximum: z.number(),
  exclusiveMinimum: z.number(),
  exclusiveMaximum: z.number(),
  multipleOf: z.number(),
  minLength: z.int(),
  maxLength: z.int(),
  minItems: z.int(),
  maxItems: z.int(),
};

const parameter = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean().optional(),
  schema: z.record(z.string(), z.unknown()),
});
const content = z.record(z.string(), z.object({ schema: z.unknown().optional() }));
const response = z.union([
  z.object({ $ref: z.string() }),
  z.object({ description: z.string(), content: content.optional() }),
]);
const operation = z.object({
  operationId: z.string().regex(/^[a-z]\w+$/),
  tags: z.array(z.string()).min(1),
  summary: z.string().min(1),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.object({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^(\d{3}|default)$/), response),
});
const Document = z.object({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(
    z.string().startsWith("/"),
    z.record(z.enum(["get", "post", "put", "delete", "patch"]), operation.optional()),
  ),
  components: z.object({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), z.record(z.string(), z.unknown())),
    responses: z.record(z.string(), response),
    securitySchemes: z.record(z.string(), z.object({ type: z.string(), scheme: z.string() })),
  }),
});

/** @returns one line for each fault; none: the document is whole */
export function openApiFaults(text: unknown): string[] {
  const read = Document.safeParse(text);
  if (!read.success)
    return read.error.issues.map(({ path, message }) => `${path.join("/")}: ${message}`);
  const { paths, components, tags } = read.data;
  const faults = [...schemasIn(text)].flatMap(([at, schema]) => schemaFaults(at, schema, text));
  const ids = new Set<string>();
  const known = new Set(tags.map(({ name }) => name));
  for (const [path, methods] of Object.entries(paths))
    for (const told of Object.values(methods)) {
      if (told === undefined) continue;
      const { operationId, parameters, security, tags: own } = told;
      if (ids.has(operationId)) faults.push(`${operationId}: twice`);
      ids.add(operationId);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      const named = parameters.filter((each) => each.in === "path").map(({ name }) => name);
      if (named.toSorted().join() !== inPath.toSorted().join())
        faults.push(`${operationId}: ${named.join()} in ${path}`);
      const all = parameters.map(({ name, in: where }) => `${where} ${name}`);
      if (new Set(all).size !== all.length) faults.push(`${operationId}: a parameter twice`);
      for (const scheme of security.flatMap((each) => Object.keys(each)))
        if (components.securitySchemes[scheme] === undefined)
          faults.push(`${operationId}: ${scheme}?`);
      for (const tag of own) if (!known.has(tag)) faults.push(`${operationId}: ${tag}?`);
    }
  return faults;
}

/** Every JSON Schema in the document with its place: below `schemas`, and wherever `schema` says so. */
function* schemasIn(value: unknown, at = ""): Generator<[string, Schema]> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === "schema") yield [`${at}/schema`, inner as Schema];
    else if (name === "schemas")
      for (const [id, schema] of Object.entries(inner as Record<string, Schema>))
        yield [`${at}/schemas/${id}`, schema];
    else yield* schemasIn(inner, `${at}/${name}`);
  }
}

function schemaFaults(at: string, schema: unknown, whole: unknown): string[] {
  if (typeof schema === "boolean") return [];
  if (typeof schema !== "object" || schema === null) return [`${at}: no schema`];
  return Object.entries(schema as Schema).flatMap(([keyword, value]) => {
    const here = `${at}/${keyword}`;
    const isKnown = keywords[keyword]?.safeParse(value).success === true;
    if (!isKnown) return [`${here}: ${JSON.stringify(value).slice(0, 80)}`];
    switch (keyword) {
      case "$ref":
        return resolves(String(value), whole) ? [] : [`${here}: ${String(value)} leads nowhere`];
      case "properties":
        return Object.entries(value as Schema).flatMap(([name, inner]) =>
          schemaFaults(`${here}/${name}`, inner, whole),
        );
      case "anyOf":
      case "oneOf":
      case "allOf":
      case "prefixItems":
        return (value as unknown[]).flatMap((inner) => schemaFaults(here, inner, whole));
      case "items":
      case "additionalProperties":
      case "propertyNames":
      case "not":
        return schemaFaults(here, value, whole);
      case "pattern":
        return isPattern(String(value)) ? [] : [`${here}: no regular expression`];
      default:
        return [];
    }
  });
}

function resolves(ref: string, whole: unknown): boolean {
  const steps = ref.replace(/^#\//, "").split("/");
  const found = steps.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Schema)[step] : undefined,
    whole,
  );
  return ref.startsWith("#/") && found !== undefined;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
