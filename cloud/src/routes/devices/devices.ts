import { PlanMade, PlanOrder } from "@gatehouse/shared/contracts/devices-at-office";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import type { Database } from "../../store/database.ts";
import { readDevice, readDevices } from "../../store/devices/list.ts";
import { changePlan, deletePlan, makePlan } from "../../store/devices/plans.ts";
import { readMaintenance } from "../../store/devices/work.ts";
import { type OfficeDoor, type OfficeEnv, placeOf } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { inBounds } from "../people/people-ports.ts";
import { upkeepProblems } from "../upkeep-problems.ts";
import { readBody } from "../request-body.ts";

export interface DevicePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly door: OfficeDoor;
}

const searchMax = 100;
const at = "/api/facilities/:facility_id";

/** A facility's devices and the work on them. A single work order is a directive, like everything asked of an edge. */
export function deviceRoutes({ database, clock, random, door }: DevicePorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();

  app.get(`${at}/devices`, door.asks("see-facilities"), async (c) => {
    const search = (c.req.query("search") ?? "").replaceAll("\0", "").slice(0, searchMax);
    return c.json(await readDevices(database, c.req.param("facility_id"), search, clock.now()));
  });

  app.get(`${at}/devices/:device_id`, door.asks("see-facilities"), async (c) => {
    const { facility_id, device_id } = c.req.param();
    const device = await readDevice(database, facility_id, device_id, clock.now());
    return device === undefined ? refuse(upkeepProblems.noSuchDevice) : c.json(device);
  });

  app.get(`${at}/maintenance`, door.asks("see-facilities"), async (c) =>
    c.json(await readMaintenance(database, c.req.param("facility_id"), clock.now())),
  );

  app.post(`${at}/maintenance-plans`, door.asks("plan-work"), inBounds, async (c) => {
    const read = await readBody(c.req, PlanOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const key = { ...placeOf(c), planId: random.id() };
    const made = await makePlan(database, key, read.body, door.asking(c, read.body));
    return answerOutcome(made, ({ subjectId }) =>
      c.json(PlanMade.parse({ plan_id: subjectId }), 201),
    );
  });

  app.post(`${at}/maintenance-plans/:plan_id`, door.asks("plan-work"), inBounds, async (c) => {
    const read = await readBody(c.req, PlanOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const key = { ...placeOf(c), planId: c.req.param("plan_id") };
    return answerOutcome(await changePlan(database, key, read.body, door.asking(c, read.body)));
  });

  app.delete(`${at}/maintenance-plans/:plan_id`, door.asks("plan-work"), async (c) => {
    const key = { ...placeOf(c), planId: c.req.param("plan_id") };
    return answerOutcome(await deletePlan(database, key, door.asking(c)));
  });
  return app;
}
