import type {
  AnswerOf,
  BodyOf,
  ParamsIn,
  QueryOf,
  V1Route,
} from "@gatehouse/shared/contracts/v1/route";
import { statusOf } from "@gatehouse/shared/contracts/v1/route";
import { refuse } from "@gatehouse/shared/refusal";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { isRefusedValue } from "../../store/database.ts";
import { anyone } from "../declared-access.ts";
import type { OfficeDoor, OfficeEnv } from "../office-door.ts";
import { orderMax, problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { queryReader } from "./asked.ts";
import { describes, honoPath } from "./described.ts";
import { idempotent, type IdempotencyPorts } from "./idempotency.ts";
import { requestLimits } from "./request-limits.ts";

/** A request that its route's guard has let through and whose contracts it fits. */
export interface V1Call<Route extends V1Route> {
  readonly c: Context<OfficeEnv>;
  /** Of its path. */
  readonly params: Readonly<Record<ParamsIn<Route["path"]>, string>>;
  readonly query: QueryOf<Route>;
  readonly body: BodyOf<Route>;
}

/** Puts a route into the app: its guard, its contracts and its description come from the route itself. */
export type PutRoute = <Route extends V1Route>(
  route: Route,
  answer: (call: V1Call<Route>) => Promise<AnswerOf<Route> | Response>,
) => void;

export interface V1Ports extends IdempotencyPorts {
  readonly door: Pick<OfficeDoor, "asks" | "known">;
  /** Where a request comes from. */
  readonly addressOf: (c: Context) => string;
}

/** Where the routes of the API are put; what all of them have in common is done here. */
export class V1Desk {
  readonly #ports: V1Ports;

  /** Right behind the guard: how much one may ask. */
  readonly inTurn: MiddlewareHandler;
  /** Right before the handler, when the body is known to be in bounds: a change is made once. */
  readonly once: MiddlewareHandler;

  constructor(ports: V1Ports) {
    this.#ports = ports;
    this.inTurn = requestLimits(ports.clock, ports.addressOf);
    this.once = idempotent(ports);
  }

  /** @param app whose routes they become */
  on(app: Hono<OfficeEnv>): PutRoute {
    return (route, answer) => {
      const read = queryReader(route);
      const status = statusOf(route);
      const handle = async (c: Context<OfficeEnv>): Promise<Response> => {
        const asked = read(c.req.url);
        if (asked.kind === "problem") return refuse(asked.problem);
        const body = route.body === undefined ? undefined : await readBody(c.req, route.body);
        if (body?.kind === "problem") return refuse(body.problem);
        const call = { c, params: c.req.param(), query: asked.query, body: body?.body };
        try {
          const told = await answer(call as V1Call<typeof route>);
          if (told instanceof Response) return told;
          if (status === 204) return c.body(null, 204);
          const page = NextPage.safeParse(told);
          if (page.success)
            c.header("link", `<${nextAddress(c.req.url, page.data.next_cursor)}>; rel="next"`);
          return c.json(told as object, status);
        } catch (error) {
          // A day that the calendar of PostgreSQL does not have, a character that it cannot hold.
          if (isRefusedValue(error))
            return refuse(body === undefined ? problems.notUnderstood : problems.notStorable);
          throw error;
        }
      };
      const { inTurn, once } = this;
      const path = honoPath(route.path);
      app.on(route.method, path, this.#guardOf(route), inTurn, boundsOf(route), once, handle);
    };
  }

  #guardOf(route: V1Route): MiddlewareHandler {
    const { access } = route;
    const { door } = this.#ports;
    switch (access.kind) {
      case "right":
        return describes(route, door.asks(...access.anyOf));
      case "known":
        return describes(route, door.known());
      case "anyone":
        return describes(route, anyone(access.why));
      case "facility":
        throw new Error(`${route.id}: a box's own routes have their own guard`);
      default:
        return access satisfies never;
    }
  }
}

const NextPage = z.object({ next_cursor: z.string() });

/** The same question, one page further (RFC 8288). */
function nextAddress(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url, "http://here");
  searchParams.set("cursor", cursor);
  return `${pathname}?${searchParams.toString()}`;
}

/** No body is larger than its route says. */
const boundsOf = ({ bodyMax = orderMax }: V1Route): MiddlewareHandler =>
  bodyLimit({ maxSize: bodyMax, onError: () => refuse(problems.tooLarge) });
