import { SlotUsage } from "@gatehouse/shared/contracts/reports/services";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { countText, percentText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { Filters } from "../frame/filters.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { Money } from "../frame/values.tsx";
import { reportPath } from "../reports/report-path.ts";
import { stayText } from "../sessions/session-columns.tsx";
import { slotsWords as words } from "./slots-words.ts";
import { spaceTerms } from "./space-terms.ts";

type Slot = SlotUsage["slots"][number];

/** How each space was used: its stays, its share of the revenue, how it stands now (requirements A14). */
export function SpacesPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const answer = useAnswer(
    reportPath(facility.facilityId, "slots", { from: period.from, to: period.to }),
    SlotUsage,
  );
  const zones = zonesOf(answer.value);
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={answer.value && sentenceOf(answer.value)}
      >
        <PeriodPicker period={period} />
      </ReportHead>
      {zones.length > 1 && (
        <Filters
          question={question}
          filters={[{ name: "zone", label: words.allZones, kind: "choice", choices: zones }]}
        />
      )}
      <Answered answer={answer}>
        {(usage) => (
          <DataTable
            caption={`${words.name} ${facility.name}`}
            columns={columnsOf(usage)}
            rows={usage.slots.filter(({ zone_id }) => isIn(question["zone"], zone_id))}
            keyOf={({ slot_id }) => slot_id}
            empty={words.nothing}
          />
        )}
      </Answered>
    </>
  );
}

const isIn = (zone: string | undefined, zoneId: string | null): boolean =>
  zone === undefined || zone === "" || zone === zoneId;

const zonesOf = (told: SlotUsage | undefined) => [
  ...new Map(
    (told?.slots ?? []).flatMap(({ zone_id, zone_name }) =>
      zone_id === null ? [] : [[zone_id, { value: zone_id, label: zone_name }] as const],
    ),
  ).values(),
];

function sentenceOf({ slots: [first] }: SlotUsage): string {
  return first === undefined || first.total_sessions === 0
    ? words.nothing
    : words.sentence(first.slot_number, countText(first.total_sessions));
}

const tones: Readonly<Record<string, Tone>> = { free: "ok", occupied: "calm", unknown: "unknown" };

function columnsOf({ about }: SlotUsage): readonly Column<Slot>[] {
  const { facility_id, currency } = about;
  return [
    {
      key: "slot_number",
      title: words.space,
      value: (row) => row.slot_number,
      show: (row) => (
        <a href={facilityAddress(facility_id, "sessions", { space: row.slot_id, list: "search" })}>
          {row.slot_number}
        </a>
      ),
    },
    {
      key: "rank",
      title: words.rank,
      kind: "number",
      value: (row) => row.rank,
      show: ({ rank }) => countText(rank),
    },
    { key: "zone_name", title: words.zone, value: (row) => row.zone_name || null },
    {
      key: "slot_type",
      title: words.type,
      value: (row) => row.slot_type,
      show: ({ slot_type }) => spaceTerms.type[slot_type] ?? slot_type,
    },
    {
      key: "total_sessions",
      title: words.sessions,
      kind: "number",
      value: (row) => row.total_sessions,
      show: (row) => countText(row.total_sessions),
    },
    {
      key: "average_duration_seconds",
      title: words.average,
      kind: "number",
      value: (row) => row.average_duration_seconds,
      show: (row) => stayText(row.average_duration_seconds),
    },
    {
      key: "utilization_rate",
      title: words.use,
      kind: "number",
      value: (row) => row.utilization_rate,
      show: (row) => percentText(row.utilization_rate * 100),
    },
    {
      key: "revenue",
      title: words.revenue,
      kind: "number",
      value: (row) => row.revenue,
      show: (row) => <Money minor={row.revenue_minor} currency={currency} />,
    },
    {
      key: "current_status",
      title: words.now,
      value: (row) => row.current_status,
      show: ({ current_status }) => (
        <>
          <StateMark tone={tones[current_status] ?? "warn"} />{" "}
          {spaceTerms.status[current_status] ?? current_status}
        </>
      ),
    },
  ];
}
