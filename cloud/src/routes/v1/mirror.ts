import { check } from "@gatehouse/shared/check";
import {
  followChanges,
  getBooks,
  getFacility,
  getOverview,
  orderDirective,
  resolveAlert,
} from "@gatehouse/shared/contracts/v1/office";
import * as notify from "@gatehouse/shared/contracts/v1/notify";
import * as people from "@gatehouse/shared/contracts/v1/people";
import type { V1Route } from "@gatehouse/shared/contracts/v1/route";
import * as upkeep from "@gatehouse/shared/contracts/v1/upkeep";
import type { Hono, MiddlewareHandler } from "hono";
import { refuse } from "@gatehouse/shared/refusal";
import { accessOf, declare } from "../declared-access.ts";
import { queryReader } from "./asked.ts";
import { describes, honoPath } from "./described.ts";
import type { V1Desk } from "./v1-desk.ts";

/** What head office's page reads and does below `/api`, and tools just so below `/v1`. */
const mirrored: readonly V1Route[] = [
  getOverview,
  getFacility,
  getBooks,
  orderDirective,
  resolveAlert,
  followChanges,
  people.getMe,
  people.makeUser,
  people.getUser,
  people.changeUser,
  people.deactivateUser,
  people.activateUser,
  people.signUserOut,
  people.inviteUser,
  people.giveRole,
  people.takeRole,
  people.listOrganisations,
  people.makeOrganisation,
  people.changeOrganisation,
  people.moveFacility,
  people.judgeAudit,
  people.enrolFacility,
  people.makeCode,
  people.listFacilityTokens,
  people.revokeFacilityToken,
  ...Object.values(upkeep),
  ...Object.values(notify),
];

/**
 * Puts the page's own routes into the API too: the same guard, the same handler, under the described address. What
 * they have in common with the other routes of the API stands between.
 *
 * @param app in which the page's routes stand already
 */
export function mirrorPageRoutes(app: Hono, v1: V1Desk): void {
  for (const route of mirrored) {
    const path = honoPath(route.path);
    const own = path.replace(/^\/v1/, "/api");
    const [guard, ...rest] = app.routes
      .filter((each) => each.method === route.method && each.path === own)
      .map(({ handler }) => handler as MiddlewareHandler);
    const access = guard && accessOf(guard);
    check(guard !== undefined && access !== undefined, `${route.method} ${own} is a guarded route`);
    const described = describes(
      route,
      declare(access, (c, next) => guard(c, next)),
    );
    // The page's own bounds of the body stand before its handler.
    const [bounds, last] = [rest.slice(0, -1), rest.slice(-1)];
    const known = knownParameters(route);
    app.on(route.method, path, described, v1.inTurn, known, ...bounds, v1.once, ...last);
  }
}

function knownParameters(route: V1Route): MiddlewareHandler {
  const read = queryReader(route);
  return (c, next) => {
    const asked = read(c.req.url);
    return asked.kind === "problem" ? Promise.resolve(refuse(asked.problem)) : next();
  };
}
