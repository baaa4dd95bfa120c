import { DevicesView, type OfficeDevice } from "@gatehouse/shared/contracts/devices-at-office";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { countText, percentText, unknown } from "../format.ts";
import { facilityAddress, queryOf } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { Filters } from "../frame/filters.tsx";
import { PageHead } from "../frame/page-head.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { Moment } from "../frame/values.tsx";
import { devicePageWords as words } from "./device-page-words.ts";

const tones: Readonly<Record<string, Tone>> = {
  online: "ok",
  approved: "unknown",
  stale: "warn",
  offline: "bad",
  new: "warn",
  quarantined: "bad",
  retired: "unknown",
};

/** A device's state as a shape and a word. */
export function DeviceState({ state }: { readonly state: string }) {
  return (
    <>
      <StateMark tone={tones[state] ?? "unknown"} /> {words.states[state] ?? state}
    </>
  );
}

/** The devices of a facility as it told them last, those that need somebody first. */
export function DevicesPage({ facility, question }: FacilityPageProps) {
  const { search } = question;
  const path = `/api/facilities/${encodeURIComponent(facility.facilityId)}/devices${queryOf({ search })}`;
  const answer = useAnswer(path, DevicesView);
  return (
    <>
      <PageHead
        title={`${words.title} · ${facility.name}`}
        sentence={answer.value && sentenceOf(answer.value)}
      />
      <Filters
        question={question}
        filters={[{ name: "search", label: words.search, kind: "text" }]}
      />
      <Answered answer={answer}>
        {({ devices, has_more, as_of }) => (
          <>
            <DataTable
              caption={words.name}
              columns={columnsAt(facility, as_of)}
              rows={devices}
              keyOf={({ device_id }) => device_id}
              empty={search === undefined ? words.noneTold : words.noneFound}
            />
            {has_more && <p class="quiet">{words.more}</p>}
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ counts }: DevicesView): string {
  const { online, away, other } = counts;
  if (online + away + other === 0) return words.noneTold;
  return words.sentence(
    countText(online),
    countText(away),
    other === 0 ? undefined : countText(other),
  );
}

const columnsAt = (facility: FacilityAt, asOf: string): readonly Column<OfficeDevice>[] => [
  {
    key: "device_id",
    title: words.device,
    value: ({ device_id }) => device_id,
    show: ({ device_id }) => (
      <a href={facilityAddress(facility.facilityId, "device", { id: device_id })}>{device_id}</a>
    ),
  },
  {
    key: "state",
    title: words.state,
    value: ({ state }) => state,
    show: ({ state }) => <DeviceState state={state} />,
  },
  { key: "kind", title: words.kind, value: ({ kind }) => words.kinds[kind] ?? kind },
  {
    key: "lane_id",
    title: words.lane,
    value: ({ lane_id }) => lane_id,
    show: ({ lane_id }) => lane_id ?? "",
  },
  {
    key: "last_seen",
    title: words.lastSeen,
    value: ({ last_seen }) => last_seen,
    show: ({ last_seen }) => <Moment at={last_seen} timezone={facility.timezone} now={asOf} />,
  },
  {
    key: "uptime",
    title: words.uptime,
    kind: "number",
    value: ({ uptime }) => uptime,
    show: ({ uptime }) => percentText(uptime === null ? null : uptime * 100),
  },
  { key: "failures", title: words.failures, kind: "number", value: ({ failures }) => failures },
  { key: "open_work", title: words.openWork, kind: "number", value: ({ open_work }) => open_work },
  {
    key: "battery_pct",
    title: words.battery,
    kind: "number",
    value: ({ battery_pct }) => battery_pct,
    show: ({ battery_pct }) => (battery_pct === null ? unknown : percentText(battery_pct)),
  },
];
