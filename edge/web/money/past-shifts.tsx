import { booksFormats } from "@gatehouse/shared/contracts/books-export";
import type { ShiftReportData, ShiftsData } from "@gatehouse/shared/contracts/shifts";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { endOfToday } from "../field-times.ts";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { DayField } from "./day-field.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { amountText } from "./amounts.ts";
import { ChoiceRow } from "../choice-row.tsx";
import { ReportPaper } from "./report-paper.tsx";
import { ReportView } from "./report-view.tsx";
import { askReport, askShifts } from "./shift-api.ts";
import { shiftWords } from "./shift-words.ts";

type Shift = ShiftsData["shifts"][number];

/** Shifts by the days on which they began, with the report of the one that is chosen. */
export function PastShifts({ tabs }: { readonly tabs: ComponentChildren }) {
  const today = endOfToday().slice(0, 10);
  const [from, to] = [useSignal(today), useSignal(today)];
  const told = useSignal<Told<ShiftsData> | undefined>(undefined);
  const chosen = useSignal("");
  const report = useSignal<Told<ShiftReportData> | undefined>(undefined);
  useEffect(() => {
    void askShifts(from.value, to.value).then((answer) => (told.value = answer));
  }, [from.value, to.value]);
  useEffect(() => {
    report.value = undefined;
    if (chosen.value !== "") void askReport(chosen.value).then((answer) => (report.value = answer));
  }, [chosen.value]);
  const shifts = told.value?.kind === "ok" ? told.value.value.shifts : [];
  const shift = shifts.find(({ shift_id: id }) => id === chosen.value);
  const data = report.value?.kind === "ok" ? report.value.value : undefined;
  return (
    <Sheet id="shift-title" title={shiftWords.tabs.past} beside={tabs} isWide onClose={hideShown}>
      <div class="halves past-shifts">
        <section class="right-list">
          <div class="right-form">
            <DayField label={shiftWords.fromDay} value={from} />
            <DayField label={shiftWords.toDay} value={to} />
          </div>
          {told.value?.kind === "ok" && shifts.length === 0 && (
            <p class="empty">{shiftWords.noPast}</p>
          )}
          <ul class="scroll-list" role="radiogroup" aria-label={shiftWords.tabs.past}>
            {shifts.map((each) => (
              <ShiftChoice
                key={each.shift_id}
                shift={each}
                isChosen={each.shift_id === chosen.value}
                choose={() => (chosen.value = each.shift_id)}
              />
            ))}
          </ul>
          <Exports from={from.value} to={to.value} />
        </section>
        {data === undefined || shift === undefined ? (
          <p class="empty">{shiftWords.choosePast}</p>
        ) : (
          <section class="right-list">
            <ReportPaper key={shift.shift_id} shiftId={shift.shift_id} />
            <ReportView data={data} />
          </section>
        )}
      </div>
      <Said trouble={troubleOf(told.value) || troubleOf(report.value)} />
    </Sheet>
  );
}

/** The journal of these days, for a bookkeeper's program. */
function Exports({ from, to }: { readonly from: string; readonly to: string }) {
  const days = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
  return (
    <section>
      <h3>{shiftWords.exportsTitle}</h3>
      <p class="chips">
        {booksFormats.map((format) => (
          <a
            key={format}
            class="button"
            href={`/api/books/export?${days}&format=${format}`}
            download
          >
            {shiftWords.forms[format]}
          </a>
        ))}
      </p>
    </section>
  );
}

function ShiftChoice(props: {
  readonly shift: Shift;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { shift, isChosen, choose } = props;
  const zone = facility.value?.timezone ?? "UTC";
  const { counted_minor: counted, expected_minor: expected } = shift;
  const difference = counted === null || expected === null ? null : counted - expected;
  const name =
    shift.z_number === null ? shiftWords.states[shift.state] : shiftWords.z(shift.z_number);
  const mark = difference === 0 ? "●" : "▲";
  return (
    <ChoiceRow
      group="past-shift"
      name={name}
      facts={[shift.till_id, shift.operator, momentText(Date.parse(shift.opened_at), zone)]}
      isChosen={isChosen}
      choose={choose}
      beside={
        difference !== null && (
          <span class={`device-state tone-${difference === 0 ? "ok" : "warn"}`}>
            {mark} {amountText(difference)}
          </span>
        )
      }
    />
  );
}
