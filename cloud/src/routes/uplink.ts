import { Batch, type HeldPlace } from "@gatehouse/shared/contracts/batch";
import { NextToken } from "@gatehouse/shared/contracts/enrolment";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import {
  getDirectives,
  getHeldPlace,
  giveNextToken,
  PlaceAsked,
  sendBatch,
} from "@gatehouse/shared/contracts/v1/facility-box";
import type { V1Route } from "@gatehouse/shared/contracts/v1/route";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Database } from "../store/database.ts";
import { directivesAfter } from "../store/directives.ts";
import { addToken, tokenName } from "../store/enrolment.ts";
import { heldAt } from "../store/held-place.ts";
import { Ingest, type Ingested } from "../store/ingest.ts";
import { declare } from "./declared-access.ts";
import { bearerOf, FacilityDoor } from "./facility-door.ts";
import { problems, uploadMax } from "./problems.ts";
import type { OnChange } from "./live.ts";
import { readBody } from "./request-body.ts";
import { describes, honoPath } from "./v1/described.ts";

export interface UplinkPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: OnChange;
}

/** What an edge asks of head office: to take its ledger, and to tell what was decided for it. */
export function uplinkRoutes(ports: UplinkPorts): Hono {
  const { database, clock } = ports;
  const door = new FacilityDoor(database, clock);
  const ingest = new Ingest(ports);
  const app = new Hono();

  // Before anything of the body is read.
  const guardOf = (route: V1Route): MiddlewareHandler =>
    describes(
      route,
      declare({ kind: "facility" }, async (c, next) => {
        const token = bearerOf(c.req.header("authorization"));
        if (token === undefined) return refuse(problems.noToken);
        const id = c.req.param("facility_id") ?? "";
        return (await door.opens(id, token)) ? next() : refuse(problems.noFacility);
      }),
    );
  const inBounds = bodyLimit({ maxSize: uploadMax, onError: () => refuse(problems.tooLarge) });

  app.post(honoPath(sendBatch.path), guardOf(sendBatch), inBounds, async (c) => {
    const read = await readBody(c.req, Batch);
    if (read.kind === "problem") return refuse(read.problem);
    const batch = read.body;
    if (batch.facility_id !== c.req.param("facility_id")) return refuse(problems.otherFacility);
    return answer(await ingest.take(batch, clock.now()));
  });

  app.get(honoPath(getHeldPlace.path), guardOf(getHeldPlace), async (c) => {
    const asked = PlaceAsked.safeParse(c.req.query());
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const { epoch, seq } = asked.data;
    const held = await heldAt(database, c.req.param("facility_id"), epoch, seq);
    return held === undefined ? refuse(problems.noFacility) : c.json(held satisfies HeldPlace);
  });

  app.post(honoPath(giveNextToken.path), guardOf(giveNextToken), inBounds, async (c) => {
    const read = await readBody(c.req, NextToken);
    if (read.kind === "problem") return refuse(read.problem);
    const facilityId = c.req.param("facility_id");
    const isOpen = await addToken(database, facilityId, read.body.token_sha256, clock.now());
    if (!isOpen) return refuse(problems.tooManyFacilityTokens);
    ports.log.info("facility-token-changed", { facility: facilityId });
    return c.json({ token: tokenName(read.body.token_sha256) });
  });

  app.get(honoPath(getDirectives.path), guardOf(getDirectives), async (c) => {
    const asked = getDirectives.query.safeParse(c.req.query());
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const after = Number(asked.data.after ?? "0");
    const page = await directivesAfter(database, c.req.param("facility_id"), after);
    return page === undefined ? refuse(problems.noFacility) : c.json(page);
  });

  return app;
}

/** A refusal carries what head office holds beside its problem, so that one contract reads both. */
function answer(ingested: Ingested): Response {
  switch (ingested.kind) {
    case "stored":
      return Response.json(ingested.ack);
    case "hole":
      return refuse({ ...problems.hole, ...ingested.ack });
    case "old-epoch":
      return refuse({ ...problems.oldEpoch, ...ingested.ack });
    case "fork":
      return refuse({ ...problems.fork, detail: `line ${ingested.seq}`, ...ingested.ack });
    case "broken-chain":
      return refuse({ ...problems.brokenChain, detail: `line ${ingested.seq}`, ...ingested.ack });
    case "unknown-facility":
      return refuse(problems.noFacility);
    case "busy":
      return refuse(problems.busy, { "retry-after": "1" });
    default:
      return ingested satisfies never;
  }
}
