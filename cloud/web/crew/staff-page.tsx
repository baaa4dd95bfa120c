import { StaffAnalytics } from "@gatehouse/shared/contracts/reports/analytics";
import { countText, moneyText } from "../format.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { Money } from "../frame/values.tsx";
import { reportPath } from "../reports/report-path.ts";
import { staffWords as words } from "./staff-words.ts";

type Person = StaffAnalytics["staff"][number];

/** What the people who work at a facility did, by their login (requirements A25). */
export function StaffPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const answer = useAnswer(
    reportPath(facility.facilityId, "staff", { from: period.from, to: period.to }),
    StaffAnalytics,
  );
  const staff = answer.value?.staff;
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={
          staff &&
          (staff.length === 0
            ? words.nobody
            : words.sentence(countText(staff.length), staff.length === 1))
        }
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={answer}>
        {(told) => (
          <DataTable
            caption={`${words.name} ${facility.name}`}
            columns={columnsOf(told)}
            rows={told.staff}
            keyOf={({ person }) => person}
            empty={words.nobody}
          />
        )}
      </Answered>
    </>
  );
}

/** A column for each kind of act that anybody did. */
function columnsOf({ staff, about: { currency } }: StaffAnalytics): readonly Column<Person>[] {
  const kinds = [...new Set(staff.flatMap(({ acts }) => acts.map(({ act }) => act)))].toSorted();
  const done = ({ acts }: Person, kind: string) => acts.find(({ act }) => act === kind);
  return [
    { key: "person", title: words.person, value: (row) => row.person },
    ...kinds.map((kind): Column<Person> => ({
      key: kind.replaceAll("-", "_"),
      title: words.act[kind] ?? kind,
      kind: "number",
      value: (row) => done(row, kind)?.count ?? 0,
      show: (row) => {
        const { count, amount_minor } = done(row, kind) ?? { count: 0, amount_minor: 0 };
        if (amount_minor === 0) return countText(count);
        return `${countText(count)} (${moneyText(amount_minor, currency === "" ? null : currency)})`;
      },
    })),
    { key: "shifts", title: words.shifts, kind: "number", value: (row) => row.shifts },
    {
      key: "cash_difference_minor",
      title: words.difference,
      kind: "number",
      value: (row) => row.cash_difference_minor,
      show: (row) => <Money minor={row.cash_difference_minor} currency={currency} />,
    },
  ];
}
