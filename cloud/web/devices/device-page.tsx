import { DeviceView } from "@gatehouse/shared/contracts/devices-at-office";
import { alertText } from "../alert-words.ts";
import { countText, minuteText, percentText, unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FactList } from "../frame/fact-list.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { devicePageWords as words } from "./device-page-words.ts";
import { DeviceState } from "./devices-page.tsx";
import { workColumns } from "./work-columns.tsx";

/** One device: how it stands, how it stood, what was wrong with it, and the work on it. */
export function DevicePage({ facility, question }: FacilityPageProps) {
  const { id = "" } = question;
  const path = `/api/facilities/${encodeURIComponent(facility.facilityId)}/devices/${encodeURIComponent(id)}`;
  const answer = useAnswer(id === "" ? undefined : path, DeviceView);
  const device = answer.value?.device;
  return (
    <>
      <PageHead
        title={`${id === "" ? words.one : id} · ${facility.name}`}
        sentence={device && `${words.kinds[device.kind] ?? device.kind} · ${device.make}`}
      >
        <p>
          <a href={facilityAddress(facility.facilityId, "devices")}>{words.back}</a>
        </p>
      </PageHead>
      {id === "" ? (
        <p class="empty">{words.noneFound}</p>
      ) : (
        <Answered answer={answer} skeleton="figures">
          {(view) => <Body view={view} facility={facility} />}
        </Answered>
      )}
    </>
  );
}

function Body({ view, facility }: { readonly view: DeviceView; readonly facility: FacilityAt }) {
  const { device, states, alerts, work } = view;
  const at = (moment: string | null): string =>
    moment === null ? unknown : minuteText(moment, facility.timezone);
  return (
    <>
      <FactList
        facts={[
          {
            label: words.state,
            value: (
              <>
                <DeviceState state={device.state} />, {words.since} {at(device.state_since)}
              </>
            ),
          },
          {
            label: words.lastSeen,
            value: (
              <>
                {at(device.last_seen)} <span class="quiet">{words.lastSeenHint}</span>
              </>
            ),
          },
          {
            label: words.uptime,
            value: percentText(device.uptime === null ? null : device.uptime * 100),
          },
          { label: words.failures, value: countText(device.failures) },
          device.lane_id === null ? undefined : { label: words.lane, value: device.lane_id },
          device.battery_pct === null
            ? undefined
            : { label: words.battery, value: percentText(device.battery_pct) },
          device.firmware === null ? undefined : { label: words.firmware, value: device.firmware },
        ]}
      />
      <PageSection title={words.work}>
        <DataTable
          caption={words.work}
          columns={workColumns(facility)}
          rows={work}
          keyOf={({ ticket_id }) => ticket_id}
          empty={words.noWork}
        />
      </PageSection>
      <PageSection title={words.alerts}>
        <DataTable
          caption={words.alerts}
          columns={[
            {
              key: "alert",
              title: words.what,
              value: ({ alert_type }) => alert_type,
              show: ({ alert_type, alert_id }) => (
                <a href={facilityAddress(facility.facilityId, "alert", { id: alert_id })}>
                  {alertText(alert_type)}
                </a>
              ),
            },
            {
              key: "raised_at",
              title: words.since,
              value: ({ raised_at }) => raised_at,
              show: ({ raised_at }) => at(raised_at),
            },
            {
              key: "resolved_at",
              title: words.over,
              value: ({ resolved_at }) => resolved_at,
              show: ({ resolved_at }) => at(resolved_at),
            },
          ]}
          rows={alerts}
          keyOf={({ alert_id }) => alert_id}
          empty={words.noAlerts}
        />
      </PageSection>
      <PageSection title={words.history}>
        <DataTable
          caption={words.history}
          columns={[
            {
              key: "since",
              title: words.since,
              value: ({ since }) => since,
              show: ({ since }) => at(since),
            },
            {
              key: "state",
              title: words.state,
              value: ({ state }) => state,
              show: ({ state }) => <DeviceState state={state} />,
            },
          ]}
          rows={states}
          keyOf={({ since }) => since}
          empty={words.noHistory}
        />
      </PageSection>
    </>
  );
}
