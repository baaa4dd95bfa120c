import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { ShiftAnswer } from "@gatehouse/shared/contracts/shifts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Tabs } from "../tabs.tsx";
import { CloseShift } from "./close-shift.tsx";
import { ClosedShift } from "./closed-shift.tsx";
import { OpenShift } from "./open-shift.tsx";
import { PastShifts } from "./past-shifts.tsx";
import { ReportTab } from "./report-tab.tsx";
import { RunningShift } from "./running-shift.tsx";
import { shiftWords } from "./shift-words.ts";
import { lookAtTills, ownTill } from "./tills.ts";

type Tab = keyof typeof shiftWords.tabs;

/** The drawer of who is here, from its float to its report; supervisors see what was before. */
export function ShiftSheet({ me }: { readonly me: Me }) {
  const tab = useSignal<Tab>("now");
  /** Of the shift that was closed just now: its drawer is nobody's any more. */
  const closed = useSignal<ShiftAnswer | undefined>(undefined);
  useEffect(() => void lookAtTills(), []);
  const own = ownTill.value;
  const isSupervisor = me.role === "supervisor";
  const tabs: readonly Tab[] = [
    "now",
    ...(own === undefined ? [] : ["report" as const]),
    ...(isSupervisor ? ["past" as const] : []),
  ];
  const beside =
    tabs.length > 1 ? (
      <Tabs label={shiftWords.title} tabs={tabs} tab={tab} texts={shiftWords.tabs} />
    ) : null;
  if (closed.value !== undefined) return <ClosedShift answer={closed.value} />;
  if (tab.value === "past") return <PastShifts tabs={beside} />;
  if (own === undefined) return <OpenShift tabs={beside} />;
  if (tab.value === "report") return <ReportTab shiftId={own.shift.shift_id} tabs={beside} />;
  return own.shift.state === "counted" ? (
    <CloseShift
      till={own}
      mayRecount={isSupervisor}
      tabs={beside}
      closed={(answer) => (closed.value = answer)}
    />
  ) : (
    <RunningShift till={own} tabs={beside} />
  );
}
