import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { minutes } from "@gatehouse/shared/time";
import type { Context, MiddlewareHandler } from "hono";
import type { Who } from "../../domain/people/person.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { RateLimit } from "../rate-limit.ts";

const within = minutes(1);

/** So many requests a minute. */
const policies = {
  /** Of one token: twenty a second, for ever. */
  token: 1_200,
  /** Of one browser in which somebody is signed in, or head office's first token: no page comes near it. */
  person: 6_000,
  /** Of one address, where anybody may ask; a whole office may share it. */
  address: 600,
} as const;
type Policy = keyof typeof policies;

/**
 * Each token, each browser and each address has a count of its own, so that a tool that asks too much never slows a
 * person's page down. Counted in this process alone, and only so many at once (`RateLimit`). Told with every answer
 * as the IETF's RateLimit header fields draft writes it. Needs a guard before it that tells who asks.
 *
 * @param addressOf where a request comes from
 */
export function requestLimits(
  clock: Clock,
  addressOf: (c: Context) => string,
): MiddlewareHandler<OfficeEnv> {
  const limits = new Map(
    Object.entries(policies).map(([name, max]) => [name, new RateLimit(clock, max, within)]),
  );
  return async (c, next) => {
    // Where anybody may ask, no guard has found out who it is.
    const person = c.get("person") as OfficeEnv["Variables"]["person"] | undefined;
    const [policy, key] = countedFor(person?.who, addressOf(c));
    const limit = limits.get(policy);
    if (limit === undefined) return next();
    const isAllowed = limit.begin(key);
    const { left, resetS } = limit.standing(key);
    if (isAllowed) await next();
    else c.res = refuse(problems.tooManyRequests, { "retry-after": String(resetS) });
    c.res.headers.set("ratelimit-policy", `"${policy}";q=${policies[policy]};w=${within / 1000}`);
    c.res.headers.set("ratelimit", `"${policy}";r=${left};t=${resetS}`);
    return undefined;
  };
}

function countedFor(who: Who | undefined, address: string): readonly [Policy, string] {
  switch (who?.kind) {
    case "api-token":
      return ["token", `${who.organisationId}/${who.tokenId}`];
    case "login":
      return ["person", `${who.organisationId}/${who.loginId}`];
    case "office-token":
      return ["person", who.kind];
    case undefined:
      return ["address", address];
    default:
      return who satisfies never;
  }
}
