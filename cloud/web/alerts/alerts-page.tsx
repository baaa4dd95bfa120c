import { AlertPage, type OfficeAlert } from "@gatehouse/shared/contracts/alerts/at-office";
import { alertTopics, tiers } from "@gatehouse/shared/contracts/alerts/tiers";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { alertText } from "../alert-words.ts";
import { countText } from "../format.ts";
import { askPage, facilityAddress, queryOf, wholeAddress } from "../frame/address.ts";
import { Answered } from "../frame/answered.tsx";
import { Choices } from "../frame/choices.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { Filters } from "../frame/filters.tsx";
import { usePages } from "../frame/more.ts";
import { PageHead } from "../frame/page-head.tsx";
import type { WholePageProps } from "../frame/page.ts";
import { Moment } from "../frame/values.tsx";
import { mayI } from "../own-rights.ts";
import { currencyOf, facilityName } from "../connection.ts";
import { subjectText } from "./alert-facts.ts";
import { alertPageWords as words } from "./alert-page-words.ts";
import { tierTones } from "./tier-tones.ts";

const states = ["now", "open", "acknowledged", "resolved", "all"] as const;

/** Alerts of every facility that one may see: what needs somebody, and what did. */
export function AlertsPage({ question }: WholePageProps) {
  const { state, tier, topic, type, facility, from, until } = question;
  const path = `/api/alerts${queryOf({
    state,
    tier,
    topic,
    type,
    facility,
    from: from && `${from}T00:00:00Z`,
    until: until && `${until}T23:59:59Z`,
  })}`;
  const { first, rows, more, isAskingMore } = usePages(
    path,
    AlertPage,
    ({ alerts }) => alerts,
    "live",
  );
  const isAsked = [state, tier, topic, type, facility, from, until].some(Boolean);
  return (
    <>
      <PageHead title={words.title} sentence={first.value && sentenceOf(first.value)}>
        {mayI("set-notifications") && (
          <p>
            <a href={wholeAddress("messages")}>{words.toRules}</a>
          </p>
        )}
      </PageHead>
      <Choices
        label={words.state}
        values={states}
        chosen={states.find((each) => each === state) ?? "now"}
        text={(each) => words.states[each]}
        onChoose={(each) => askPage({ state: each === "now" ? undefined : each })}
      />
      <Filters
        question={question}
        filters={[
          {
            name: "tier",
            label: words.tier,
            kind: "choice",
            choices: tiers.map((value) => ({ value, label: words.tiers[value] })),
          },
          {
            name: "topic",
            label: words.topic,
            kind: "choice",
            choices: alertTopics.map((value) => ({ value, label: words.topics[value] })),
          },
          { name: "from", label: words.from, kind: "date" },
          { name: "until", label: words.until, kind: "date" },
        ]}
        others={{
          type: (value) => words.typeIs(alertText(value)),
          facility: (value) => words.facilityIs(facilityName(value)),
        }}
      />
      <Answered answer={first}>
        {({ as_of }) => (
          <DataTable
            caption={words.name}
            columns={columnsAt(as_of)}
            rows={rows}
            keyOf={({ facility_id, alert_id }) => `${facility_id} ${alert_id}`}
            empty={isAsked ? words.noneFound : words.none}
            isSortable={false}
            onMore={more}
            isAskingMore={isAskingMore}
          />
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ open }: AlertPage): string {
  const count = open.critical + open.warning + open.info;
  if (count === 0) return words.none;
  if (open.critical === 0) return words.quietSentence(countText(count));
  return words.sentence(countText(open.critical), countText(open.unattended));
}

const columnsAt = (asOf: string): readonly Column<OfficeAlert>[] => [
  {
    key: "alert",
    title: words.what,
    value: ({ alert_type }) => alert_type,
    show: (alert) => (
      <>
        <StateMark tone={alert.state === "resolved" ? "unknown" : tierTones[alert.tier]} />{" "}
        <a href={facilityAddress(alert.facility_id, "alert", { id: alert.alert_id })}>
          {alertText(alert.alert_type)}
        </a>{" "}
        <span class="quiet">{words.tiers[alert.tier]}</span>
      </>
    ),
  },
  {
    key: "facility",
    title: words.facility,
    value: ({ facility_name, facility_id }) => facility_name || facility_id,
  },
  {
    key: "subject",
    title: words.subject,
    value: (alert) => subjectText(alert, currencyOf(alert.facility_id)),
  },
  {
    key: "raised_at",
    title: words.since,
    value: ({ raised_at }) => raised_at,
    show: (alert) => <Moment at={alert.raised_at} timezone={alert.timezone} now={asOf} />,
  },
  {
    key: "state",
    title: words.state,
    value: ({ state }) => state,
    show: (alert) => stateText(alert),
  },
];

/** Whether somebody looks after it, and who. */
export function stateText(alert: OfficeAlert): string {
  const { state, acknowledged } = alert;
  if (state !== "acknowledged" || acknowledged === null) return words.states[state];
  return `${words.states.acknowledged}: ${acknowledged.by}`;
}
