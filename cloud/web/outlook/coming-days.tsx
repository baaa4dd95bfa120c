import "../frame/filters.css";
import "./outlook.css";
import {
  CalendarKept,
  type EventTold,
  type HolidayTold,
} from "@gatehouse/shared/contracts/reports/outlook";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { dayText, minuteText } from "../format.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityAt } from "../frame/page.ts";
import { type NotDone, Refused } from "../frame/refused.tsx";
import { mayI } from "../own-rights.ts";
import { reportPath } from "../reports/report-path.ts";
import { calendarWords as words } from "./calendar-words.ts";
import { KeepEvent, KeepHoliday } from "./keep-day.tsx";

/** The public holidays and events that change the forecast; who may, keeps and takes away. */
export function ComingDays({
  facility,
  onChange,
}: {
  readonly facility: FacilityAt;
  readonly onChange: () => void;
}) {
  const answer = useAnswer(reportPath(facility.facilityId, "calendar"), CalendarKept, "minute");
  const notDone = useSignal<NotDone | undefined>(undefined);
  const changed = (): void => {
    answer.again();
    onChange();
  };
  const drop = async (path: string): Promise<void> => {
    const whole = `/v1/facilities/${encodeURIComponent(facility.facilityId)}/${path}`;
    const told = await ask("DELETE", whole, nothing);
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind === "ok") changed();
  };
  const mayChange = mayI("make-reports");
  return (
    <>
      <PageSection title={words.events}>
        <p class="quiet">{words.eventsHint}</p>
        <Refused told={notDone.value} />
        <Answered answer={answer}>
          {({ events }) => (
            <Events
              events={events}
              timezone={facility.timezone}
              onDrop={mayChange ? (id) => void drop(`events/${encodeURIComponent(id)}`) : undefined}
            />
          )}
        </Answered>
        {mayChange && <KeepEvent facility={facility} onKept={changed} />}
      </PageSection>
      <PageSection title={words.holidays}>
        <p class="quiet">{words.holidaysHint}</p>
        <Answered answer={answer}>
          {({ holidays }) => (
            <Holidays
              holidays={holidays}
              onDrop={mayChange ? (day) => void drop(`holidays/${day}`) : undefined}
            />
          )}
        </Answered>
        {mayChange && <KeepHoliday facility={facility} onKept={changed} />}
      </PageSection>
    </>
  );
}

function Events({
  events,
  timezone,
  onDrop,
}: {
  readonly events: readonly EventTold[];
  readonly timezone: string;
  readonly onDrop: ((eventId: string) => void) | undefined;
}) {
  return (
    <DataTable
      caption={words.events}
      columns={[
        { key: "name", title: words.name, value: (row) => row.name },
        {
          key: "begins_at",
          title: words.from,
          value: (row) => row.begins_at,
          show: (row) => minuteText(row.begins_at, timezone),
        },
        {
          key: "ends_at",
          title: words.to,
          value: (row) => row.ends_at,
          show: (row) => minuteText(row.ends_at, timezone),
        },
        {
          key: "expected_percent",
          title: words.expected,
          kind: "number",
          value: (row) => row.expected_percent,
          show: ({ expected_percent: percent }) =>
            percent === null ? words.learnt : words.percent(`${percent > 0 ? "+" : ""}${percent}`),
        },
        ...dropColumn<EventTold>(onDrop && (({ event_id }) => onDrop(event_id)), (row) => row.name),
      ]}
      rows={events}
      keyOf={({ event_id }) => event_id}
      empty={words.noEvents}
    />
  );
}

function Holidays({
  holidays,
  onDrop,
}: {
  readonly holidays: readonly HolidayTold[];
  readonly onDrop: ((day: string) => void) | undefined;
}) {
  return (
    <DataTable
      caption={words.holidays}
      columns={[
        {
          key: "day",
          title: words.day,
          value: (row) => row.day,
          show: (row) => dayText(row.day),
        },
        { key: "name", title: words.name, value: (row) => row.name },
        {
          key: "from",
          title: words.source,
          value: (row) => (row.from === "kept" ? words.keptHere : words.ofTariff),
        },
        ...dropColumn<HolidayTold>(
          onDrop && (({ day }) => onDrop(day)),
          (row) => row.name || dayText(row.day),
          (row) => row.from === "kept",
        ),
      ]}
      rows={holidays}
      keyOf={({ day }) => day}
      empty={words.noHolidays}
    />
  );
}

/** A button at each row, where somebody may take it away. */
const dropColumn = <Row,>(
  drop: ((row: Row) => void) | undefined,
  nameOf: (row: Row) => string,
  canDrop: (row: Row) => boolean = () => true,
) =>
  drop === undefined
    ? []
    : [
        {
          key: "act",
          title: words.act,
          value: () => null,
          show: (row: Row) =>
            canDrop(row) && (
              <button
                type="button"
                class="link"
                aria-label={words.takeAwayName(nameOf(row))}
                onClick={() => drop(row)}
              >
                {words.takeAway}
              </button>
            ),
        },
      ];
