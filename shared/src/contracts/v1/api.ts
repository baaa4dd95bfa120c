import { z } from "zod";
import { v1Route } from "./route.ts";

/** What the API has: one line for each route. */
export const ApiIndex = z.object({
  name: z.string(),
  /** Of the API. */
  version: z.string(),
  /** The address of its OpenAPI document. */
  document: z.string(),
  routes: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      path: z.string(),
      area: z.string(),
      summary: z.string(),
    }),
  ),
});
export type ApiIndex = z.infer<typeof ApiIndex>;

const facts = { kind: "anyone", why: "it says what there is, and no facts" } as const;

export const getApiIndex = v1Route({
  id: "getApiIndex",
  method: "GET",
  path: "/v1",
  area: "API",
  summary: "What the API has.",
  access: facts,
  answer: ApiIndex,
});

export const getOpenApi = v1Route({
  id: "getOpenApi",
  method: "GET",
  path: "/v1/openapi.json",
  area: "API",
  summary: "The OpenAPI 3.1 document of the API, made from what its routes check.",
  access: facts,
  answer: z.looseObject({ openapi: z.string() }),
});
