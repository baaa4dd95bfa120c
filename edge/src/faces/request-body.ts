import { complaintsOf, type Problem } from "@gatehouse/shared/contracts/problem";
import type { HonoRequest } from "hono";
import type { z } from "zod";
import { problems } from "./problems.ts";

/** Largest body of a request, in bytes; the largest honest one has about 400. */
export const bodyMax = 16 * 1024;
const depthMax = 16;

export type Body<T> =
  | { readonly kind: "body"; readonly body: T }
  | { readonly kind: "problem"; readonly problem: Problem };

/** Reads a request's JSON by its contract; whatever does not fit is a problem that says where. */
export async function readBody<T>(request: HonoRequest, contract: z.ZodType<T>): Promise<Body<T>> {
  const type = request.header("content-type") ?? "";
  if (!/^application\/json *(;|$)/i.test(type))
    return { kind: "problem", problem: problems.wrongType };

  const json = jsonOf(await request.text());
  if (json.kind === "problem") return json;

  const checked = contract.safeParse(json.body);
  if (checked.success) return { kind: "body", body: checked.data };
  return {
    kind: "problem",
    problem: {
      type: "not-understood",
      title: "The request does not fit its contract.",
      status: 422,
      errors: complaintsOf(checked.error),
    },
  };
}

function jsonOf(text: string): Body<unknown> {
  if (depthOf(text) > depthMax) return { kind: "problem", problem: problems.tooDeep };
  try {
    return { kind: "body", body: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: "problem", problem: problems.notJson };
  }
}

/** How deep brackets nest, outside strings: known, in one pass, before anything is built from them. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isInString && sign === "\\") at += 1;
    else if (sign === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (sign === "[" || sign === "{") deepest = Math.max(deepest, ++depth);
    else if (sign === "]" || sign === "}") depth -= 1;
  }
  return deepest;
}
