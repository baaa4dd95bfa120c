import { penaltyStatuses, violationTypes } from "@gatehouse/shared/contracts/money-terms";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { z } from "zod";
import type { Database } from "../../store/database.ts";
import { openViolations, readViolation, readViolations } from "../../store/violations/list.ts";
import type { OfficeDoor, OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { upkeepProblems } from "../upkeep-problems.ts";

export interface ViolationPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: OfficeDoor;
}

const moment = z.iso.datetime({ offset: true }).optional();
const Asked = z.object({
  status: z.enum(penaltyStatuses).optional(),
  type: z.enum(violationTypes).optional(),
  /** As it is typed: read without spaces and dashes, in capitals. */
  plate: z
    .string()
    .max(20)
    .transform((text) => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, ""))
    .optional(),
  from: moment,
  until: moment,
  cursor: z.string().max(300).optional(),
});

/** A facility's violations; they are decided at the facility, head office only looks. */
export function violationRoutes({ database, clock, door }: ViolationPorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const base = "/api/facilities/:facility_id/violations";

  app.get(base, door.asks("see-sessions"), async (c) => {
    const asked = Asked.safeParse(c.req.query());
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const desk = await openViolations(database, c.req.param("facility_id"));
    if (desk === undefined) return refuse(problems.noFacility);
    const page = await readViolations(desk, asked.data, clock.now());
    return page === undefined ? refuse(problems.notUnderstood) : c.json(page);
  });

  app.get(`${base}/:violation_id`, door.asks("see-sessions"), async (c) => {
    const desk = await openViolations(database, c.req.param("facility_id"));
    if (desk === undefined) return refuse(problems.noFacility);
    const violation = await readViolation(desk, c.req.param("violation_id"));
    return violation === undefined ? refuse(upkeepProblems.noSuchViolation) : c.json(violation);
  });
  return app;
}
