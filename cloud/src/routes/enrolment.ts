import {
  type CodeMade,
  CodeOrder,
  FacilityOrder,
  type FacilityTokens,
  type Joined,
  JoinRequest,
} from "@gatehouse/shared/contracts/enrolment";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { refuse } from "@gatehouse/shared/refusal";
import { hours, type Instant, isoOf, later, minutes } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isTimezone } from "../domain/day.ts";
import type { Database } from "../store/database.ts";
import { addFacility, join, listTokens, makeCode, revokeToken } from "../store/enrolment.ts";
import { anyone } from "./declared-access.ts";
import type { Asks } from "./office-door.ts";
import { orderMax, problems } from "./problems.ts";
import { RateLimit } from "./rate-limit.ts";
import { readBody } from "./request-body.ts";

/** So many codes are tried within `triesWithin` from one address, then it waits. */
const triesMax = 10;
const triesWithin = minutes(1);
/** The beginning of a SHA-256, long enough to mean one token. */
const beginning = /^[0-9a-f]{16,64}$/;

export interface EnrolmentPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly asks: Asks;
  /** Where a request comes from, for the limit on guessing. */
  readonly addressOf: (c: Context) => string;
}

/** How a facility's box comes to its token: head office makes a code, a technician types it at the box. */
export function enrolmentRoutes(ports: EnrolmentPorts): Hono {
  const { database, clock, log, asks, addressOf } = ports;
  const app = new Hono();
  const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });
  const tries = new RateLimit(clock, triesMax, triesWithin);

  const codeFor = async (
    facilityId: string,
    order: { readonly request_id: string; readonly hours: number },
    now: Instant,
  ): Promise<Response> => {
    const expiresAt = later(now, hours(order.hours));
    const made = await makeCode(database, facilityId, order.request_id, { now, expiresAt });
    if (made === undefined) return refuse(problems.noFacility);
    if (made === "used") return refuse(problems.codeOfRequestUsed);
    log.info("enrolment-code-made", { facility: facilityId, expires_at: isoOf(expiresAt) });
    const { code } = made;
    const answer: CodeMade = { facility_id: facilityId, code, expires_at: isoOf(expiresAt) };
    return Response.json(answer, { status: 201 });
  };

  app.post("/api/facilities", asks("enrol-facilities"), inBounds, async (c) => {
    const read = await readBody(c.req, FacilityOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const { facility_id: facilityId, name, timezone, currency, locale } = read.body;
    if (!isTimezone(timezone)) {
      const errors = [{ path: "timezone", message: "use an IANA zone, for example Europe/Berlin" }];
      return refuse({ ...problems.notUnderstood, errors });
    }
    const now = clock.now();
    await addFacility(database, { facilityId, name, timezone, currency, locale }, now);
    return codeFor(facilityId, read.body, now);
  });

  app.post("/api/facilities/:facility_id/codes", asks("enrol-facilities"), inBounds, async (c) => {
    const read = await readBody(c.req, CodeOrder);
    if (read.kind === "problem") return refuse(read.problem);
    return codeFor(c.req.param("facility_id"), read.body, clock.now());
  });

  app.get("/api/facilities/:facility_id/tokens", asks("enrol-facilities"), async (c) => {
    const told = await listTokens(database, c.req.param("facility_id"), clock.now());
    return c.json(told satisfies FacilityTokens);
  });

  app.post(
    "/api/facilities/:facility_id/tokens/:token/revoke",
    asks("enrol-facilities"),
    inBounds,
    async (c) => {
      const { facility_id, token } = c.req.param();
      const isRevoked =
        beginning.test(token) && (await revokeToken(database, facility_id, token, clock.now()));
      if (!isRevoked) return refuse(problems.noFacilityToken);
      log.info("facility-token-revoked", { facility: facility_id, token });
      return c.body(null, 204);
    },
  );

  app.post("/v1/join", anyone("who joins has a code and no token yet"), inBounds, async (c) => {
    const address = addressOf(c);
    if (!tries.begin(address))
      return refuse(problems.tooManyTries, { "retry-after": String(triesWithin / 1000) });
    const read = await readBody(c.req, JoinRequest);
    if (read.kind === "problem") return refuse(read.problem);
    const { code, token_sha256 } = read.body;
    const outcome = await join(database, code, token_sha256, clock.now());
    switch (outcome.kind) {
      case "joined":
        tries.forgive(address);
        log.info("facility-joined", { facility: outcome.facility.facility_id });
        return c.json(outcome.facility satisfies Joined);
      case "wrong":
        return refuse(problems.noSuchCode);
      case "expired":
        return refuse(problems.codeExpired);
      case "used":
        return refuse(problems.codeUsed);
      default:
        return outcome satisfies never;
    }
  });
  return app;
}
