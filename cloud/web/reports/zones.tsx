import { ZoneOccupancy } from "@gatehouse/shared/contracts/reports/services";
import { countText, percentText } from "../format.ts";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { OccupancyMark } from "../frame/occupancy-mark.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { OccupancyBar } from "../occupancy-bar.tsx";
import { reportPath } from "./report-path.ts";
import { zonesWords as words } from "./zones-words.ts";

type Zone = ZoneOccupancy["zones"][number];

/** Each zone of a facility as it stands now (requirements A7). */
export function ZonesPage({ facility }: FacilityPageProps) {
  const zones = useAnswer(reportPath(facility.facilityId, "zones"), ZoneOccupancy);
  return (
    <>
      <ReportHead
        title={words.question}
        facility={facility}
        sentence={zones.value === undefined ? undefined : sentenceOf(zones.value.zones)}
        about={zones.value?.about}
        definition={words.definition}
      />
      <Answered answer={zones}>
        {(told) => (
          <DataTable
            caption={words.zones}
            columns={columns}
            rows={told.zones}
            keyOf={({ zone_id }) => zone_id}
            empty={words.none}
          />
        )}
      </Answered>
    </>
  );
}

function sentenceOf(zones: readonly Zone[]): string {
  const [fullest] = zones.toSorted((a, b) => b.occupancy_rate - a.occupancy_rate);
  if (fullest === undefined) return words.none;
  return words.sentence(fullest.zone_name, percentText(fullest.occupancy_rate));
}

const columns: readonly Column<Zone>[] = [
  { key: "zone", title: words.zone, value: ({ zone_name }) => zone_name },
  { key: "level", title: words.level, value: ({ level }) => level },
  {
    key: "occupancy_percent",
    title: words.rate,
    value: ({ occupancy_rate }) => occupancy_rate,
    show: (zone) => (
      <span class="bar-beside">
        <OccupancyMark percent={zone.occupancy_rate} />
        <OccupancyBar spaces={spacesOf(zone)} />
      </span>
    ),
  },
  number("occupied", words.occupied, ({ occupied_slots }) => occupied_slots),
  number("available", words.available, ({ available_slots }) => available_slots),
  number("total", words.total, ({ total_slots }) => total_slots),
  {
    key: "vehicles",
    title: words.active,
    kind: "number",
    value: ({ active_sessions }) => active_sessions,
    show: ({ active_sessions, active_sessions_basis }) => (
      <>
        {countText(active_sessions)} <small>{words.basis[active_sessions_basis]}</small>
      </>
    ),
  },
];

function number(key: string, title: string, value: (zone: Zone) => number): Column<Zone> {
  return { key, title, kind: "number", value, show: (zone) => countText(value(zone)) };
}

/** What is neither free nor occupied is not told apart here. */
const spacesOf = ({ total_slots, occupied_slots, available_slots }: Zone) => ({
  free: available_slots,
  occupied: occupied_slots,
  unknown: total_slots - occupied_slots - available_slots,
  out_of_service: 0,
});
