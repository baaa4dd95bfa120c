import {
  MaintenanceView,
  type PlanView,
  type WorkAsked,
} from "@gatehouse/shared/contracts/devices-at-office";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { countText, dayText, minuteText, unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { mayI } from "../own-rights.ts";
import { devicePageWords as words } from "./device-page-words.ts";
import { workColumns } from "./work-columns.tsx";
import { OrderForm, PlanForm } from "./work-form.tsx";

type Editing = "order" | { readonly plan: PlanView | undefined } | undefined;

/** The work on a facility's devices: what is to be done, what was, and what comes again. */
export function MaintenancePage({ facility }: FacilityPageProps) {
  const path = `/api/facilities/${encodeURIComponent(facility.facilityId)}/maintenance`;
  const answer = useAnswer(path, MaintenanceView);
  const editing = useSignal<Editing>(undefined);
  const note = useSignal("");
  const mayPlan = mayI("plan-work");
  const close = (): void => {
    editing.value = undefined;
  };
  const open = (next: Editing): void => {
    note.value = "";
    editing.value = next;
  };
  return (
    <>
      <PageHead
        title={`${words.maintenanceTitle} · ${facility.name}`}
        sentence={answer.value && sentenceOf(answer.value)}
      >
        {mayI("see-reports") && (
          <p>
            <a href={facilityAddress(facility.facilityId, "figures")}>{words.kpis}</a>
          </p>
        )}
      </PageHead>
      <Answered answer={answer}>
        {(view) => (
          <>
            <PageSection title={words.open}>
              <DataTable
                caption={words.open}
                columns={workColumns(facility)}
                rows={view.open}
                keyOf={({ ticket_id }) => ticket_id}
                empty={words.noOpen}
              />
              {mayPlan && editing.value !== "order" && (
                <button type="button" class="button" onClick={() => open("order")}>
                  {words.orderWork}
                </button>
              )}
              <output>{note.value}</output>
              {editing.value === "order" && (
                <OrderForm
                  facility={facility}
                  equipment={view.equipment}
                  onCancel={close}
                  onDone={() => {
                    close();
                    note.value = words.ordered;
                    answer.again();
                  }}
                />
              )}
            </PageSection>
            {view.asked.length > 0 && (
              <PageSection title={words.asked}>
                <DataTable
                  caption={words.asked}
                  columns={askedColumns(facility)}
                  rows={view.asked}
                  keyOf={({ number }) => String(number)}
                />
              </PageSection>
            )}
            <PageSection title={words.plans}>
              <DataTable
                caption={words.plans}
                columns={planColumns(facility, {
                  path,
                  mayPlan,
                  onChange: (plan) => open({ plan }),
                  onDeleted: answer.again,
                })}
                rows={view.plans}
                keyOf={({ plan_id }) => plan_id}
                empty={words.noPlans}
              />
              {mayPlan && typeof editing.value !== "object" && (
                <button type="button" class="button" onClick={() => open({ plan: undefined })}>
                  {words.planWork}
                </button>
              )}
              {typeof editing.value === "object" && (
                <PlanForm
                  key={editing.value.plan?.plan_id ?? "new"}
                  plan={editing.value.plan}
                  facility={facility}
                  equipment={view.equipment}
                  onCancel={close}
                  onDone={() => {
                    close();
                    answer.again();
                  }}
                />
              )}
            </PageSection>
            <PageSection title={words.done}>
              <DataTable
                caption={words.done}
                columns={workColumns(facility)}
                rows={view.over}
                keyOf={({ ticket_id }) => ticket_id}
                empty={words.noDone}
              />
            </PageSection>
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ open }: MaintenanceView): string {
  if (open.length === 0) return words.allDone;
  const overdue = open.filter(({ is_overdue }) => is_overdue).length;
  return words.maintenanceSentence(countText(open.length), countText(overdue));
}

const askedColumns = ({ timezone }: FacilityAt): readonly Column<WorkAsked>[] => [
  { key: "type", title: words.type, value: ({ maintenance_type }) => maintenance_type },
  { key: "equipment_id", title: words.device, value: ({ equipment_id }) => equipment_id },
  {
    key: "result",
    title: words.state,
    value: ({ result }) => result ?? "waiting",
    show: ({ result, detail }) => (
      <>
        <StateMark tone={result === null ? "warn" : "bad"} />{" "}
        {words.askedStates[result ?? "waiting"] ?? result}
        {detail === null ? "" : ` (${detail})`}
      </>
    ),
  },
  {
    key: "issued_at",
    title: words.since,
    value: ({ issued_at }) => issued_at,
    show: ({ issued_at }) => minuteText(issued_at, timezone),
  },
];

const planColumns = (
  { facilityId }: FacilityAt,
  {
    path,
    mayPlan,
    onChange,
    onDeleted,
  }: {
    readonly path: string;
    readonly mayPlan: boolean;
    readonly onChange: (plan: PlanView) => void;
    readonly onDeleted: () => void;
  },
): readonly Column<PlanView>[] => [
  {
    key: "maintenance_type",
    title: words.type,
    value: ({ maintenance_type, description }) =>
      `${words.kinds[maintenance_type] ?? maintenance_type}: ${description}`,
  },
  {
    key: "equipment_id",
    title: words.device,
    value: ({ equipment_id }) => equipment_id,
    show: ({ equipment_id }) => (
      <a href={facilityAddress(facilityId, "device", { id: equipment_id })}>{equipment_id}</a>
    ),
  },
  {
    key: "every_days",
    title: words.every,
    kind: "number",
    value: ({ every_days }) => every_days,
    show: ({ every_days }) => words.days(countText(every_days), every_days === 1),
  },
  {
    key: "next_on",
    title: words.nextOn,
    value: ({ next_on }) => next_on,
    show: ({ next_on, is_active }) => (is_active ? dayText(next_on) : words.off),
  },
  {
    key: "technician_id",
    title: words.technician,
    value: ({ technician_id }) => technician_id,
    show: ({ technician_id }) => technician_id ?? unknown,
  },
  ...(mayPlan
    ? [
        {
          key: "acts",
          title: words.change,
          value: () => null,
          show: (plan: PlanView) => (
            <div class="row-acts">
              <button type="button" class="link" onClick={() => onChange(plan)}>
                {words.change}
              </button>
              <ConfirmedAct
                name={words.delete}
                question={words.deletePlan}
                act={() =>
                  ask(
                    "DELETE",
                    `${path.replace(/maintenance$/, "maintenance-plans")}/${encodeURIComponent(plan.plan_id)}`,
                    nothing,
                  )
                }
                onDone={onDeleted}
              />
            </div>
          ),
        },
      ]
    : []),
];
