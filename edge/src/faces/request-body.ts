import { withoutCardNumbersIn } from "@gatehouse/shared/card-numbers";
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
  const json = await readJson(request);
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

/** Reads a request's JSON, whatever it says; a card number that somebody typed goes no further than here. */
export async function readJson(request: HonoRequest): Promise<Body<unknown>> {
  const type = request.header("content-type") ?? "";
  if (!/^application\/json *(;|$)/i.test(type))
    return { kind: "problem", problem: problems.wrongType };
  return jsonOf(await request.text());
}

function jsonOf(text: string): Body<unknown> {
  if (depthOf(text) > depthMax) return { kind: "problem", problem: problems.tooDeep };
  try {
    return { kind: "body", body: withoutCardNumbersIn(JSON.parse(text)) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: "problem", problem: problems.notJson };
  }
}

/** How deep brackets nest, outside strings: known, in one pass, before anything is built from them. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === "[" || sign === "{") deepest = Math.max(deepest, ++depth);
    else if (sign === "]" || sign === "}") depth -= 1;
  }
  return deepest;
}

/** Where the string that begins at `start` ends: leaps, because a picture is one string of millions of signs. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
