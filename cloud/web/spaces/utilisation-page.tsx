import { SpaceUtilization } from "@gatehouse/shared/contracts/reports/analytics";
import { decimalsOf, minorUnits } from "@gatehouse/shared/money";
import { countText, moneyText, percentText } from "../format.ts";
import { askPage } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { Choices } from "../frame/choices.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { reportPath } from "../reports/report-path.ts";
import { utilisationWords as words } from "./utilisation-words.ts";

const lengths = ["7", "30", "90"] as const;

/** How much of the time each space was occupied, with advice on its price (requirements T29, T30). */
export function UtilisationPage({ facility, question }: FacilityPageProps) {
  const days = lengths.find((each) => each === question["days"]) ?? "30";
  const answer = useAnswer(
    reportPath(facility.facilityId, "space-utilization", { days }),
    SpaceUtilization,
  );
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={answer.value && sentenceOf(answer.value)}
      >
        <Choices
          label={words.days}
          values={lengths}
          chosen={days}
          text={words.overDays}
          onChoose={(each) => askPage({ days: each })}
        />
      </ReportHead>
      <Answered answer={answer}>
        {(told) => (
          <>
            <p>{adviceText(told)}</p>
            <Zones told={told} />
            <Spaces told={told} />
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ utilization: [first], observed_seconds }: SpaceUtilization): string {
  return first === undefined || observed_seconds === 0
    ? words.nothing
    : words.sentence(first.space_name, percentText(first.utilization_rate * 100));
}

function adviceText({ recommendations }: SpaceUtilization): string {
  const dearer = recommendations.filter((each) => each.recommendation === "increase_price").length;
  return words.advised(countText(dearer), countText(recommendations.length - dearer));
}

/** How much of the time a zone or a space was occupied. */
const shareColumns: readonly Column<{
  readonly utilization_rate: number;
  readonly occupied_seconds: number;
}>[] = [
  {
    key: "utilization_rate",
    title: words.share,
    kind: "number",
    value: (row) => row.utilization_rate,
    show: (row) => percentText(row.utilization_rate * 100),
  },
  {
    key: "occupied_seconds",
    title: words.hours,
    kind: "number",
    value: (row) => row.occupied_seconds,
    show: (row) => countText(Math.round(row.occupied_seconds / 3600)),
  },
];

function Zones({ told }: { readonly told: SpaceUtilization }) {
  return (
    <PageSection title={words.zones}>
      <DataTable
        caption={words.zones}
        columns={[
          { key: "zone_name", title: words.zone, value: (row) => row.zone_name },
          ...shareColumns,
          {
            key: "sfpark_change_cents",
            title: words.change,
            kind: "number",
            value: (row) => row.sfpark_change_cents,
            show: (row) => changeText(row.sfpark_change_cents, told.about.currency),
          },
        ]}
        rows={told.zones}
        keyOf={({ zone_id, zone_name }) => zone_id ?? zone_name}
        empty={words.nothing}
      />
      <p class="quiet">{words.changeHint}</p>
    </PageSection>
  );
}

function Spaces({ told }: { readonly told: SpaceUtilization }) {
  const advice = new Map(told.recommendations.map((each) => [each.space_id, each]));
  const adviceOf = (spaceId: string): string => {
    const given = advice.get(spaceId);
    if (given === undefined) return "";
    const say = given.recommendation === "increase_price" ? words.dearer : words.cheaper;
    return say(percentText(Math.abs(Number.parseFloat(given.suggested_change))));
  };
  return (
    <PageSection title={words.spaces}>
      <DataTable
        caption={words.spaces}
        columns={[
          { key: "space_name", title: words.space, value: (row) => row.space_name },
          { key: "zone_name", title: words.zone, value: (row) => row.zone_name },
          ...shareColumns,
          {
            key: "advice",
            title: words.advice,
            value: (row) => advice.get(row.space_id)?.recommendation ?? null,
            show: (row) => adviceOf(row.space_id),
          },
        ]}
        rows={told.utilization}
        keyOf={({ space_id }) => space_id}
        empty={words.nothing}
      />
    </PageSection>
  );
}

/** The bands are in hundredths of the main unit, whatever a currency's own smallest unit is. */
function changeText(cents: number, currency: string): string {
  if (cents === 0) return words.keep;
  const minor = Math.round(cents / 100 / decimalsOf(currency)(minorUnits(1)));
  return `${cents > 0 ? "+" : ""}${moneyText(minor, currency === "" ? null : currency)}`;
}
