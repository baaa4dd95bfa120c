import { refuse } from "@gatehouse/shared/refusal";
import type { z } from "zod";
import { isRefusal } from "../flows/desk.ts";
import type { KioskContext } from "./kiosk-context.ts";
import { readBody } from "./request-body.ts";

/** How routes answer for one of the desk's parts. */
interface Asking {
  /** Reads a request's body by its contract, has it done, and tells what came of it. */
  readonly asked: <Body>(
    context: KioskContext,
    shape: z.ZodType<Body>,
    act: (body: Body) => object | Promise<object>,
  ) => Promise<Response>;
  /** The desk's answer, or its refusal as a problem. */
  readonly told: (context: KioskContext, answer: object) => Response;
}

/** @param statuses HTTP status of refusals by their reason; those that are not named are 409 */
export function askingWith(statuses: Readonly<Record<string, number>>): Asking {
  const told: Asking["told"] = (context, answer) => {
    if (!isRefusal(answer)) return context.json(answer);
    const { reason, sentence } = answer;
    return refuse({ type: reason, title: sentence, status: statuses[reason] ?? 409 });
  };
  return {
    told,
    asked: async (context, shape, act) => {
      const read = await readBody(context.req, shape);
      return read.kind === "problem" ? refuse(read.problem) : told(context, await act(read.body));
    },
  };
}
