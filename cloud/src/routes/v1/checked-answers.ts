import type { V1Route } from "@gatehouse/shared/contracts/v1/route";
import type { MiddlewareHandler } from "hono";
import { descriptionOf } from "./described.ts";

/** Something that a route of the API answered to a request that went well. */
export interface Answered {
  readonly route: V1Route;
  readonly status: number;
  /** The JSON, undefined where there is none. */
  readonly answer: unknown;
}

/** Shows every answer to a reader beside; what it throws becomes the answer. For tests, which hold it against the contracts. */
export function showingAnswers(show: (answered: Answered) => void): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const route = descriptionOf(c);
    const isFile = !c.res.headers.get("content-type")?.startsWith("application/json");
    if (route === undefined || !c.res.ok || (isFile && c.res.body !== null)) return;
    const answer: unknown = isFile ? undefined : await c.res.clone().json();
    show({ route, status: c.res.status, answer });
  };
}
