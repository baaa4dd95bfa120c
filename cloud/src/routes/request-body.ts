import { complaintsOf, type Problem } from "@gatehouse/shared/contracts/problem";
import type { HonoRequest } from "hono";
import type { z } from "zod";
import { problems } from "./problems.ts";

/** A refusal names so many complaints; a thousand of one kind help nobody. */
const complaintsMax = 20;

export type Body<T> =
  | { readonly kind: "body"; readonly body: T }
  | { readonly kind: "problem"; readonly problem: Problem };

const refused = (problem: Problem): Body<never> => ({ kind: "problem", problem });

/**
 * Reads a request's JSON by its contract; whatever does not fit is a problem that says where. A compressed body is
 * refused unread, so that a small request never becomes a large one.
 */
export async function readBody<T>(request: HonoRequest, contract: z.ZodType<T>): Promise<Body<T>> {
  const encoding = request.header("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") return refused(problems.encoded);
  const type = request.header("content-type") ?? "";
  if (!/^application\/json *(;|$)/i.test(type)) return refused(problems.wrongType);

  const json = jsonOf(await request.text());
  if (json.kind === "problem") return json;
  const checked = contract.safeParse(json.body);
  if (checked.success) return { kind: "body", body: checked.data };
  const errors = complaintsOf(checked.error).slice(0, complaintsMax);
  return refused({ ...problems.notUnderstood, errors });
}

function jsonOf(text: string): Body<unknown> {
  try {
    return { kind: "body", body: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refused(problems.notJson);
  }
}
