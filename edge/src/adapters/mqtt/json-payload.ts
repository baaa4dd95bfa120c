import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import type { Reason } from "./refusals.ts";

/** Our own messages are far below this; a longer one is not worth parsing. */
const longestBytes = 2048;

/** Reads a JSON payload that a contract accepts. */
export function readJson<Contract extends z.ZodType>(
  contract: Contract,
  payload: Buffer,
): { readonly value: z.infer<Contract> } | { readonly refused: Reason } {
  if (payload.length > longestBytes) return { refused: "schema" };
  const json = parseJson(payload);
  if (json === undefined) return { refused: "not_json" };
  const accepted = contract.safeParse(json.value);
  return accepted.success ? { value: accepted.data } : { refused: "schema" };
}

/** @returns undefined when it is no JSON */
export function parseJson(payload: Buffer): { readonly value: unknown } | undefined {
  if (!isUtf8(payload)) return undefined;
  try {
    return { value: JSON.parse(payload.toString()) as unknown };
  } catch {
    return undefined;
  }
}
