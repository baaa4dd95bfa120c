import type { ShiftReportData } from "@gatehouse/shared/contracts/shifts";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { ReportPaper } from "./report-paper.tsx";
import { ReportView } from "./report-view.tsx";
import { askReport } from "./shift-api.ts";
import { shiftWords } from "./shift-words.ts";

/** The shift as it stands now (X); asking changes nothing. */
export function ReportTab({
  shiftId,
  tabs,
}: {
  readonly shiftId: string;
  readonly tabs: ComponentChildren;
}) {
  const told = useSignal<Told<ShiftReportData> | undefined>(undefined);
  useEffect(() => {
    void askReport(shiftId).then((answer) => (told.value = answer));
  }, [shiftId]);
  return (
    <Sheet id="shift-title" title={shiftWords.x} beside={tabs} isWide onClose={hideShown}>
      {told.value?.kind === "ok" ? (
        <>
          <ReportPaper shiftId={shiftId} />
          <ReportView data={told.value.value} />
        </>
      ) : (
        <p class="skeleton skeleton-story" />
      )}
      <Said trouble={troubleOf(told.value)} />
    </Sheet>
  );
}
