import type { Clock } from "@gatehouse/shared/ports/clock";
import { identifier } from "@gatehouse/shared/contracts/topics";
import { sendCallback } from "@gatehouse/shared/contracts/v1/facility-box";
import { refuse } from "@gatehouse/shared/refusal";
import { minutes } from "@gatehouse/shared/time";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { callbackMax, signingHeaders } from "../domain/callback-mail.ts";
import { keepCallback, type Mailed } from "../store/callbacks.ts";
import type { Database } from "../store/database.ts";
import { anyone } from "./declared-access.ts";
import { problems } from "./problems.ts";
import { RateLimit } from "./rate-limit.ts";
import { describes, honoPath } from "./v1/described.ts";

/** A gateway serves many facilities from a few addresses, so that an honest one is far below it. */
const callbacksMax = 600;
const within = minutes(1);

export interface CallbackPorts {
  readonly database: Database;
  readonly clock: Clock;
  /** Where a request comes from, for the limit on how many. */
  readonly addressOf: (c: Context) => string;
}

/**
 * The mailbox for payment gateways whose facility cannot be reached from the internet. What comes is kept unread with
 * the headers that sign it, and handed to the facility as a directive; whether it is true, only the facility can tell.
 * 204: it is durable; 503: it should come again.
 */
export function callbackRoutes({ database, clock, addressOf }: CallbackPorts): Hono {
  const app = new Hono();
  const limit = new RateLimit(clock, callbacksMax, within);
  const inBounds = bodyLimit({
    maxSize: callbackMax,
    onError: () => refuse(problems.callbackTooLarge),
  });

  // Before anything of the body is read.
  const inTurn: MiddlewareHandler = async (c, next) =>
    limit.begin(addressOf(c))
      ? next()
      : refuse(problems.tooManyCallbacks, { "retry-after": String(within / 1000) });

  const gateways = describes(sendCallback, anyone(sendCallback.access.why));
  app.post(honoPath(sendCallback.path), gateways, inTurn, inBounds, async (c) => {
    const { facility_id, gateway } = c.req.param();
    if (!identifier.safeParse(facility_id).success || !identifier.safeParse(gateway).success)
      return refuse(problems.noMailbox);
    const body = new Uint8Array(await c.req.arrayBuffer());
    const mail = { gateway, headers: signingHeaders(c.req.header()), body };
    return answers[await keepCallback(database, facility_id, mail, clock.now())]();
  });
  return app;
}

const done = (): Response => new Response(null, { status: 204 });

const answers: Readonly<Record<Mailed, () => Response>> = {
  kept: done,
  repeated: done,
  full: () => refuse(problems.mailboxFull, { "retry-after": "300" }),
  "unknown-facility": () => refuse(problems.noMailbox),
};
