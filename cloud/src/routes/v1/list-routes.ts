import { listFacilities, listLines, listSpaces } from "@gatehouse/shared/contracts/v1/office";
import { listAudit, listUsers } from "@gatehouse/shared/contracts/v1/people";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { isoOf } from "@gatehouse/shared/time";
import { Hono } from "hono";
import { may, reachesOf } from "../../domain/people/rights.ts";
import type { Database } from "../../store/database.ts";
import { readFacilityPage } from "../../store/lists/facility-list.ts";
import { readLinePage } from "../../store/lists/line-list.ts";
import { readSpacePage } from "../../store/lists/space-list.ts";
import { readAudit } from "../../store/people/audit.ts";
import { readUsers } from "../../store/people/user-list.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { paged } from "../reports/asking.ts";
import type { V1Desk } from "./v1-desk.ts";

export interface ListPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly v1: V1Desk;
}

/** Lists for tools, all paged in one way. */
export function listRoutes({ database, clock, v1 }: ListPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const put = v1.on(app);

  put(listFacilities, async ({ c, query }) => {
    const now = clock.now();
    const reaches = reachesOf(c.var.person, "see-facilities");
    const page = await readFacilityPage(database, reaches, query, now);
    return { as_of: isoOf(now), facilities: page.facilities, next_cursor: page.nextCursor };
  });

  put(listSpaces, async ({ params, query }) => ({
    as_of: isoOf(clock.now()),
    ...(await readSpacePage(database, params.facility_id, query)),
  }));

  put(listLines, async ({ params, query }) =>
    paged(await readLinePage(database, params.facility_id, query)),
  );

  put(listUsers, async ({ c, query }) => {
    const { search = "", cursor = "", limit } = query;
    const asked = { search, after: cursor, limit, now: clock.now() };
    const page = await readUsers(database, reachesOf(c.var.person, "see-people"), asked);
    return { users: page.users, next_cursor: page.next };
  });

  put(listAudit, async ({ c, params, query }) => {
    const { organisation_id: organisationId } = params;
    if (!may(c.var.person, "see-audit", { kind: "organisation", organisationId }))
      return refuse(problems.noSuchOrganisation);
    const { cursor, action, user_id: userId, subject_id: subjectId } = query;
    const before = cursor === undefined ? undefined : Number(cursor);
    if (before !== undefined && !Number.isSafeInteger(before)) return paged<never>(undefined);
    const page = await readAudit(database, organisationId, { before, action, userId, subjectId });
    const { next, ...told } = page;
    return { ...told, next_cursor: next === null ? null : String(next) };
  });
  return app;
}
