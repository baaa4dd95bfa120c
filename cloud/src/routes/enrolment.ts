import {
  type CodeMade,
  CodeOrder,
  FacilityOrder,
  type FacilityTokens,
  type Joined,
  JoinRequest,
} from "@gatehouse/shared/contracts/enrolment";
import { join as joinRoute } from "@gatehouse/shared/contracts/v1/facility-box";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import { hours, isoOf, later, minutes } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isTimezone } from "../domain/day.ts";
import type { Database } from "../store/database.ts";
import { newCode } from "../domain/enrolment.ts";
import { newSecret } from "../domain/people/office-key.ts";
import { may } from "../domain/people/rights.ts";
import { join, listTokens } from "../store/enrolment.ts";
import {
  type CodeOrdered,
  endFacilityToken,
  enrolFacility,
  orderCode,
} from "../store/people/enrolment-orders.ts";
import { facilityPlace } from "../store/people/organisations.ts";
import { anyone } from "./declared-access.ts";
import { type OfficeDoor, type OfficeEnv, placeOf } from "./office-door.ts";
import { answerOutcome } from "./people/outcome-answer.ts";
import { orderMax, problems } from "./problems.ts";
import { RateLimit } from "./rate-limit.ts";
import { readBody } from "./request-body.ts";
import { describes } from "./v1/described.ts";

/** So many codes are tried within `triesWithin` from one address, then it waits. */
const triesMax = 10;
const triesWithin = minutes(1);
/** The beginning of a SHA-256, long enough to mean one token. */
const beginning = /^[0-9a-f]{16,64}$/;

export interface EnrolmentPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly door: OfficeDoor;
  /** Where a request comes from, for the limit on guessing. */
  readonly addressOf: (c: Context) => string;
}

/** How a facility's box comes to its token: head office makes a code, a technician types it at the box. */
export function enrolmentRoutes(ports: EnrolmentPorts): Hono<OfficeEnv> {
  const { database, clock, random, log, door, addressOf } = ports;
  const app = new Hono<OfficeEnv>();
  const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });
  const tries = new RateLimit(clock, triesMax, triesWithin);

  /** @param order does it, given the code and its end */
  const codeFor = async (
    facilityId: string,
    asked: { readonly request_id: string; readonly hours: number },
    order: (ordered: CodeOrdered) => ReturnType<typeof orderCode>,
  ): Promise<Response> => {
    const expiresAt = later(clock.now(), hours(asked.hours));
    const secret = newSecret(() => random.id());
    const code = newCode(facilityId, secret);
    const outcome = await order({ requestId: asked.request_id, expiresAt, code });
    return answerOutcome(outcome, () => {
      log.info("enrolment-code-made", { facility: facilityId, expires_at: isoOf(expiresAt) });
      const answer: CodeMade = { facility_id: facilityId, code, expires_at: isoOf(expiresAt) };
      return Response.json(answer, { status: 201 });
    });
  };

  app.post("/api/facilities", door.asks("enrol-facilities"), inBounds, async (c) => {
    const read = await readBody(c.req, FacilityOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const { facility_id: facilityId, name, timezone, currency, locale } = read.body;
    if (!isTimezone(timezone)) {
      const errors = [{ path: "timezone", message: "use an IANA zone, for example Europe/Berlin" }];
      return refuse({ ...problems.notUnderstood, errors });
    }
    // Who asks for a code for a facility that is known must have the right there.
    const known = await facilityPlace(database, facilityId);
    const organisationId = known?.organisationId ?? read.body.organisation_id;
    const place = known ?? { kind: "organisation", organisationId };
    if (!may(c.var.person, "enrol-facilities", place)) return refuse(problems.noSuchOrganisation);
    const facility = { facilityId, organisationId, name, timezone, currency, locale };
    return codeFor(facilityId, read.body, (ordered) =>
      enrolFacility(database, facility, ordered, door.asking(c)),
    );
  });

  const codes = "/api/facilities/:facility_id/codes";
  app.post(codes, door.asks("enrol-facilities"), inBounds, async (c) => {
    const read = await readBody(c.req, CodeOrder);
    if (read.kind === "problem") return refuse(read.problem);
    return codeFor(c.req.param("facility_id"), read.body, (ordered) =>
      orderCode(database, placeOf(c), ordered, door.asking(c)),
    );
  });

  app.get("/api/facilities/:facility_id/tokens", door.asks("enrol-facilities"), async (c) => {
    const told = await listTokens(database, c.req.param("facility_id"), clock.now());
    return c.json(told satisfies FacilityTokens);
  });

  app.post(
    "/api/facilities/:facility_id/tokens/:token/revoke",
    door.asks("enrol-facilities"),
    inBounds,
    async (c) => {
      const token = c.req.param("token");
      if (!beginning.test(token)) return refuse(problems.noFacilityToken);
      const ended = await endFacilityToken(database, placeOf(c), token, door.asking(c));
      if (ended.kind === "refused" && ended.why === "no-such-token")
        return refuse(problems.noFacilityToken);
      return answerOutcome(ended, () => {
        log.info("facility-token-revoked", { facility: placeOf(c).facilityId, token });
        return c.body(null, 204);
      });
    },
  );

  app.post(
    joinRoute.path,
    describes(joinRoute, anyone(joinRoute.access.why)),
    inBounds,
    async (c) => {
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
    },
  );
  return app;
}
