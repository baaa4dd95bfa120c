import type { PlanOrder } from "@gatehouse/shared/contracts/devices-at-office";
import { and, eq } from "drizzle-orm";
import type { Database } from "../database.ts";
import { audited, type Asking, type Outcome } from "../people/audited.ts";
import { maintenancePlans } from "../upkeep-schema.ts";

/** A facility has no more plans. */
const plansMax = 1_000;

interface PlanKey {
  readonly facilityId: string;
  readonly organisationId: string;
  readonly planId: string;
}

const at = ({ facilityId, planId }: PlanKey) =>
  and(eq(maintenancePlans.facilityId, facilityId), eq(maintenancePlans.planId, planId));

/** One more plan of work that comes again. */
export function makePlan(
  database: Database,
  key: PlanKey,
  order: PlanOrder,
  asking: Asking,
): Promise<Outcome<"too-many-plans">> {
  const { facilityId, planId } = key;
  const action = "maintenance-plan-made";
  return audited(database, key.organisationId, action, asking, async (tx) => {
    const count = await tx.$count(maintenancePlans, eq(maintenancePlans.facilityId, facilityId));
    if (count >= plansMax) return { refused: "too-many-plans" };
    const changedAt = new Date(asking.now);
    await tx
      .insert(maintenancePlans)
      .values({ facilityId, planId, ...columnsOf(order), changedAt });
    const subject = { kind: "maintenance-plan", id: planId };
    return { subject, facilityId, after: toldOf(order), result: { plan_id: planId } };
  });
}

/** Changes all of a plan; work that was ordered already stays as it is. */
export function changePlan(
  database: Database,
  key: PlanKey,
  order: PlanOrder,
  asking: Asking,
): Promise<Outcome<"no-such-plan">> {
  const action = "maintenance-plan-changed";
  return audited(database, key.organisationId, action, asking, async (tx) => {
    const [before] = await tx.select().from(maintenancePlans).where(at(key)).for("update");
    if (before === undefined) return { refused: "no-such-plan" };
    await tx
      .update(maintenancePlans)
      .set({ ...columnsOf(order), changedAt: new Date(asking.now) })
      .where(at(key));
    return {
      subject: { kind: "maintenance-plan", id: key.planId },
      facilityId: key.facilityId,
      before: planTermsOf(before),
      after: toldOf(order),
    };
  });
}

export function deletePlan(
  database: Database,
  key: PlanKey,
  asking: Asking,
): Promise<Outcome<"no-such-plan">> {
  const action = "maintenance-plan-deleted";
  return audited(database, key.organisationId, action, asking, async (tx) => {
    const [before] = await tx.delete(maintenancePlans).where(at(key)).returning();
    if (before === undefined) return { refused: "no-such-plan" };
    const subject = { kind: "maintenance-plan", id: key.planId };
    return { subject, facilityId: key.facilityId, before: planTermsOf(before) };
  });
}

const columnsOf = (order: PlanOrder) => ({
  equipmentId: order.equipment_id,
  maintenanceType: order.maintenance_type,
  description: order.description,
  technicianId: order.technician_id,
  everyDays: order.every_days,
  nextOn: order.next_on,
  isActive: order.is_active,
});

const toldOf = ({ request_id: _, ...told }: PlanOrder) => told;

/** What a plan says, as it is told and audited. */
export const planTermsOf = (row: typeof maintenancePlans.$inferSelect) => ({
  equipment_id: row.equipmentId,
  maintenance_type: row.maintenanceType,
  description: row.description,
  technician_id: row.technicianId,
  every_days: row.everyDays,
  next_on: row.nextOn,
  is_active: row.isActive,
});
