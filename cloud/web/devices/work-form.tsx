import {
  type MaintenanceView,
  PlanMade,
  type PlanView,
} from "@gatehouse/shared/contracts/devices-at-office";
import { DirectiveIssued } from "@gatehouse/shared/contracts/office";
import { useSignal } from "@preact/signals";
import { nothing } from "../../../shared/web/ask.ts";
import { ActForm, textIn } from "../frame/act-form.tsx";
import type { FacilityAt } from "../frame/page.ts";
import { devicePageWords as words } from "./device-page-words.ts";

interface WorkFormProps {
  readonly facility: FacilityAt;
  readonly equipment: MaintenanceView["equipment"];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const at = ({ facilityId }: FacilityAt, rest: string): string =>
  `/api/facilities/${encodeURIComponent(facilityId)}/${rest}`;

/** Orders work once: the facility gets it as a directive and makes a ticket of it. */
export function OrderForm({ facility, equipment, onDone, onCancel }: WorkFormProps) {
  // However often it is sent, it is one ticket.
  const ticketId = useSignal(`order-${crypto.randomUUID()}`);
  return (
    <ActForm
      label={words.orderWork}
      path={at(facility, "directives")}
      contract={DirectiveIssued}
      withRequestId={false}
      bodyOf={(form) => ({
        kind: "work-order",
        body: { ...orderOf(form, facility.timezone), ticket_id: ticketId.value },
      })}
      acts={{ save: words.order, cancel: words.cancel }}
      onDone={onDone}
      onCancel={onCancel}
    >
      <WorkFields equipment={equipment} plan={undefined} />
      <label>
        <span>{words.dueAt}</span>
        <input type="date" name="scheduled_on" min={facility.today} />
      </label>
    </ActForm>
  );
}

/** Plans work that comes again, or changes a plan. */
export function PlanForm({
  plan,
  facility,
  equipment,
  onDone,
  onCancel,
}: WorkFormProps & { readonly plan: PlanView | undefined }) {
  const shared = {
    label: plan === undefined ? words.planWork : `${words.change}: ${plan.description}`,
    bodyOf: planOf,
    acts: { save: words.save, cancel: words.cancel },
    onDone,
    onCancel,
  };
  const fields = (
    <>
      <WorkFields equipment={equipment} plan={plan} />
      <label>
        <span>{words.everyDays}</span>
        <input
          type="number"
          name="every_days"
          required
          min={1}
          max={3650}
          defaultValue={String(plan?.every_days ?? 90)}
        />
      </label>
      <label>
        <span>{words.nextOn}</span>
        <input type="date" name="next_on" required defaultValue={plan?.next_on ?? facility.today} />
      </label>
      <label class="check">
        <input type="checkbox" name="is_active" defaultChecked={plan?.is_active ?? true} />
        {words.isActive}
      </label>
    </>
  );
  return plan === undefined ? (
    <ActForm {...shared} path={at(facility, "maintenance-plans")} contract={PlanMade}>
      {fields}
    </ActForm>
  ) : (
    <ActForm
      {...shared}
      path={at(facility, `maintenance-plans/${encodeURIComponent(plan.plan_id)}`)}
      contract={nothing}
    >
      {fields}
    </ActForm>
  );
}

function WorkFields({
  equipment,
  plan,
}: {
  readonly equipment: MaintenanceView["equipment"];
  readonly plan: PlanView | undefined;
}) {
  return (
    <>
      <label>
        <span>{words.device}</span>
        <input
          name="equipment_id"
          required
          maxlength={64}
          list="equipment"
          autocomplete="off"
          defaultValue={plan?.equipment_id ?? ""}
        />
        <datalist id="equipment">
          {equipment.map(({ device_id, kind }) => (
            <option key={device_id} value={device_id}>
              {kind}
            </option>
          ))}
        </datalist>
      </label>
      <label>
        <span>{words.type}</span>
        <input
          name="maintenance_type"
          required
          maxlength={64}
          autocomplete="off"
          defaultValue={plan?.maintenance_type ?? ""}
        />
      </label>
      <label>
        <span>{words.description}</span>
        <input
          name="description"
          required
          maxlength={500}
          autocomplete="off"
          defaultValue={plan?.description ?? ""}
        />
      </label>
      <label>
        <span>{words.technician}</span>
        <input
          name="technician_id"
          maxlength={64}
          autocomplete="off"
          defaultValue={plan?.technician_id ?? ""}
        />
      </label>
    </>
  );
}

const workOf = (form: FormData) => ({
  equipment_id: textIn(form, "equipment_id"),
  maintenance_type: textIn(form, "maintenance_type"),
  description: textIn(form, "description"),
});

function orderOf(form: FormData, timezone: string): object {
  const technician = textIn(form, "technician_id");
  const due = textIn(form, "scheduled_on");
  return {
    ...workOf(form),
    asked_by: "head-office",
    ...(technician === "" ? {} : { technician_id: technician }),
    ...(due === "" ? {} : { scheduled_at: morningOf(due, timezone) }),
  };
}

/** Nine in the morning of a day at the facility. */
function morningOf(day: string, timezone: string): string {
  const asUtc = Date.parse(`${day}T09:00:00Z`);
  const there = new Date(asUtc).toLocaleString("sv-SE", { timeZone: timezone });
  const offset = Date.parse(`${there.replace(" ", "T")}Z`) - asUtc;
  return new Date(asUtc - offset).toISOString();
}

const planOf = (form: FormData): object => ({
  ...workOf(form),
  technician_id: textIn(form, "technician_id") || null,
  every_days: Number(textIn(form, "every_days")),
  next_on: textIn(form, "next_on"),
  is_active: form.has("is_active"),
});
