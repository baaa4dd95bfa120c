import type { WorkView } from "@gatehouse/shared/contracts/devices-at-office";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { minuteText, unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import type { Column } from "../frame/data-table.tsx";
import type { FacilityAt } from "../frame/page.ts";
import { devicePageWords as words } from "./device-page-words.ts";

/** What a table of work on devices shows. */
export const workColumns = ({ facilityId, timezone }: FacilityAt): readonly Column<WorkView>[] => [
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
    key: "status",
    title: words.state,
    value: ({ status }) => status,
    show: (work) => (
      <>
        <StateMark tone={toneOf(work)} /> {words.statuses[work.status] ?? work.status}
        {work.is_overdue ? `, ${words.overdue}` : ""}
      </>
    ),
  },
  {
    key: "scheduled_at",
    title: words.due,
    value: ({ scheduled_at }) => scheduled_at,
    show: ({ scheduled_at }) =>
      scheduled_at === null ? unknown : minuteText(scheduled_at, timezone),
  },
  {
    key: "technician_id",
    title: words.technician,
    value: ({ technician_id }) => technician_id,
    show: ({ technician_id }) => technician_id ?? unknown,
  },
  {
    key: "completed_at",
    title: words.completed,
    value: (work) => completedAt(work),
    show: (work) => {
      const at = completedAt(work);
      return at === null ? unknown : minuteText(at, timezone);
    },
  },
  { key: "done", title: words.notes, value: ({ done }) => done, show: ({ done }) => done ?? "" },
];

function toneOf({ status, is_overdue }: WorkView): Tone {
  if (status === "completed") return "ok";
  if (status === "cancelled") return "unknown";
  return is_overdue ? "bad" : "warn";
}

const completedAt = ({ status, changed_at }: WorkView): string | null =>
  status === "completed" || status === "cancelled" ? changed_at : null;
