import { penaltyStatuses, violationTypes } from "@gatehouse/shared/contracts/money-terms";
import {
  type OfficeViolation,
  ViolationPage,
} from "@gatehouse/shared/contracts/violations-at-office";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { countText, momentText, moneyText } from "../format.ts";
import { facilityAddress, queryOf } from "../frame/address.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { Filters } from "../frame/filters.tsx";
import { usePages } from "../frame/more.ts";
import { PageHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { Money } from "../frame/values.tsx";
import { PlateOf } from "../sessions/session-columns.tsx";
import { violationPageWords as words } from "./violation-page-words.ts";

const tones: Readonly<Record<OfficeViolation["status"], Tone>> = {
  detected: "unknown",
  review: "warn",
  issued: "warn",
  due: "warn",
  escalated: "bad",
  paid: "ok",
  waived: "unknown",
  disputed: "warn",
};

/** A violation's state as a shape and a word. */
export function PenaltyState({ status }: { readonly status: OfficeViolation["status"] }) {
  return (
    <>
      <StateMark tone={tones[status]} /> {words.statuses[status] ?? status}
    </>
  );
}

/** The violations of a facility with what they cost, what was paid and what was given up. */
export function ViolationsPage({ facility, question }: FacilityPageProps) {
  const { status, type, plate, from, until } = question;
  const path = `/api/facilities/${encodeURIComponent(facility.facilityId)}/violations${queryOf({
    status,
    type,
    plate,
    from: from && `${from}T00:00:00Z`,
    until: until && `${until}T23:59:59Z`,
  })}`;
  const { first, rows, more, isAskingMore } = usePages(
    path,
    ViolationPage,
    ({ violations }) => violations,
  );
  const isAsked = [status, type, plate, from, until].some(Boolean);
  return (
    <>
      <PageHead
        title={`${words.title} · ${facility.name}`}
        sentence={first.value && sentenceOf(first.value)}
      >
        <p class="quiet">{words.decide}</p>
      </PageHead>
      <Filters
        question={question}
        filters={[
          {
            name: "status",
            label: words.status,
            kind: "choice",
            choices: penaltyStatuses.map((value) => ({
              value,
              label: words.statuses[value] ?? value,
            })),
          },
          {
            name: "type",
            label: words.type,
            kind: "choice",
            choices: violationTypes.map((value) => ({ value, label: words.types[value] ?? value })),
          },
          { name: "plate", label: words.plate, kind: "text" },
          { name: "from", label: words.from, kind: "date" },
          { name: "until", label: words.until, kind: "date" },
        ]}
      />
      <Answered answer={first}>
        {(page) => (
          <>
            {page.totals.count > 0 && <Totals page={page} />}
            <DataTable
              caption={words.name}
              columns={columnsOf(facility.facilityId, page)}
              rows={rows}
              keyOf={({ violation_id }) => violation_id}
              empty={isAsked ? words.noneFound : words.none}
              isSortable={false}
              onMore={more}
              isAskingMore={isAskingMore}
            />
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ totals, currency }: ViolationPage): string {
  if (totals.count === 0) return words.none;
  return words.sentence(
    countText(totals.count),
    moneyText(totals.owed_minor, currency === "" ? null : currency),
  );
}

function Totals({ page: { totals, currency } }: { readonly page: ViolationPage }) {
  const money = (minor: number) => <Money minor={minor} currency={currency} />;
  return (
    <FigureList
      figures={[
        { label: words.count, value: countText(totals.count) },
        { label: words.penalty, value: money(totals.penalty_minor) },
        { label: words.paid, value: money(totals.paid_minor) },
        { label: words.waived, value: money(totals.waived_minor) },
        { label: words.owed, value: money(totals.owed_minor) },
      ]}
    />
  );
}

const columnsOf = (
  facilityId: string,
  { currency, timezone }: ViolationPage,
): readonly Column<OfficeViolation>[] => [
  {
    key: "detected_at",
    title: words.found,
    value: ({ detected_at }) => detected_at,
    show: ({ detected_at, violation_id }) => (
      <a href={facilityAddress(facilityId, "violation", { id: violation_id })}>
        {momentText(detected_at, timezone)}
      </a>
    ),
  },
  {
    key: "violation_type",
    title: words.type,
    value: ({ violation_type }) => violation_type,
    show: ({ violation_type }) => words.types[violation_type] ?? violation_type,
  },
  {
    key: "plate",
    title: words.plate,
    value: ({ plate }) => plate,
    show: ({ plate }) => <PlateOf plate={plate} />,
  },
  {
    key: "status",
    title: words.status,
    value: ({ status }) => status,
    show: ({ status }) => <PenaltyState status={status} />,
  },
  {
    key: "penalty_minor",
    title: words.penalty,
    kind: "number",
    value: ({ penalty_minor }) => penalty_minor,
    show: ({ penalty_minor }) => <Money minor={penalty_minor} currency={currency} />,
  },
  {
    key: "paid_minor",
    title: words.paid,
    kind: "number",
    value: ({ paid_minor }) => paid_minor,
    show: ({ paid_minor }) => <Money minor={paid_minor} currency={currency} />,
  },
  { key: "reason", title: words.reason, value: ({ reason }) => reason },
];
