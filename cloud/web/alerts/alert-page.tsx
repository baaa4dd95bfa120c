import { AlertDetail } from "@gatehouse/shared/contracts/alerts/at-office";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { alertText } from "../alert-words.ts";
import { momentText, unknown } from "../format.ts";
import { facilityAddress, wholeAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FactList } from "../frame/fact-list.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { mayI } from "../own-rights.ts";
import { type AlertPlace, factName, factText, subjectText } from "./alert-facts.ts";
import { AlertActs } from "./alert-acts.tsx";
import { alertPageWords as words } from "./alert-page-words.ts";
import { stateText } from "./alerts-page.tsx";
import { tierTones } from "./tier-tones.ts";

/** One alert with what it rests on, and what somebody does about it. */
export function AlertPage({ facility, question }: FacilityPageProps) {
  const { id = "" } = question;
  const path = `/api/facilities/${encodeURIComponent(facility.facilityId)}/alerts/${encodeURIComponent(id)}`;
  const answer = useAnswer(id === "" ? undefined : path, AlertDetail);
  const alert = answer.value?.alert;
  return (
    <>
      <PageHead
        title={`${alert === undefined ? words.one : alertText(alert.alert_type)} · ${facility.name}`}
        sentence={
          alert &&
          `${alert.state === "open" ? words.unattended : stateText(alert)} · ${words.source[alert.source]}`
        }
      >
        <p>
          <a href={wholeAddress("alerts")}>{words.back}</a>
        </p>
      </PageHead>
      {id === "" ? (
        <p class="empty">{words.noneFound}</p>
      ) : (
        <Answered answer={answer} skeleton="figures">
          {(detail) => (
            <>
              <Facts detail={detail} currency={facility.currency} />
              {mayI("close-alerts") && detail.alert.state !== "resolved" && (
                <AlertActs alert={detail.alert} path={path} onDone={answer.again} />
              )}
              <Evidence detail={detail} place={facility} />
            </>
          )}
        </Answered>
      )}
    </>
  );
}

function Facts({
  detail: { alert },
  currency,
}: {
  readonly detail: AlertDetail;
  readonly currency: string | null;
}) {
  const { acknowledged, timezone, resolved_at, topic } = alert;
  const subject = subjectText(alert, currency);
  const since = alert.raised_at ?? alert.seen_at;
  return (
    <FactList
      facts={[
        {
          label: words.tier,
          value: (
            <>
              <StateMark tone={tierTones[alert.tier]} /> {words.tiers[alert.tier]}
            </>
          ),
        },
        topic === null ? undefined : { label: words.topic, value: words.topics[topic] },
        subject === "" ? undefined : { label: words.subject, value: subject },
        { label: words.since, value: momentText(since, timezone) },
        acknowledged === null
          ? undefined
          : {
              label: words.states.acknowledged,
              value: [
                words.lookedAfterBy(acknowledged.by, words.where[acknowledged.where]),
                momentText(acknowledged.at, timezone),
                ...(acknowledged.note === null ? [] : [acknowledged.note]),
              ].join(" · "),
            },
        resolved_at === null
          ? undefined
          : {
              label: words.over,
              value: `${momentText(resolved_at, timezone)} · ${alert.resolved_by ?? unknown}`,
            },
      ]}
    />
  );
}

function Evidence({ detail, place }: { readonly detail: AlertDetail; readonly place: AlertPlace }) {
  const { alert, details, lines, before, told } = detail;
  const { timezone, facility_id } = alert;
  const facts = Object.entries(details);
  return (
    <>
      {facts.length > 0 && (
        <PageSection title={words.details}>
          <FactList
            facts={facts.map(([name, value]) => ({
              label: factName(name),
              value: factText(name, value, place),
            }))}
          />
        </PageSection>
      )}
      {mayI("see-sessions") && (
        <PageSection title={words.lines}>
          <DataTable
            caption={words.lines}
            columns={[
              {
                key: "at",
                title: words.time,
                value: ({ at }) => at,
                show: ({ at }) => momentText(at, timezone),
              },
              { key: "says", title: words.says, value: ({ says, type }) => says ?? type },
              { key: "line", title: words.line, value: ({ epoch, seq }) => `${epoch}/${seq}` },
            ]}
            rows={lines}
            keyOf={({ epoch, seq }) => `${epoch}/${seq}`}
            empty={words.noLines}
          />
        </PageSection>
      )}
      <PageSection title={words.before}>
        <DataTable
          caption={words.before}
          columns={[
            {
              key: "raised_at",
              title: words.since,
              value: ({ raised_at }) => raised_at,
              show: ({ raised_at, alert_id }) => (
                <a href={facilityAddress(facility_id, "alert", { id: alert_id })}>
                  {momentText(raised_at, timezone)}
                </a>
              ),
            },
            {
              key: "resolved_at",
              title: words.over,
              value: ({ resolved_at }) => resolved_at,
              show: ({ resolved_at }) =>
                resolved_at === null ? "–" : momentText(resolved_at, timezone),
            },
          ]}
          rows={before}
          keyOf={({ alert_id }) => alert_id}
          empty={words.neverBefore}
        />
      </PageSection>
      {mayI("set-notifications") && (
        <PageSection title={words.told}>
          <DataTable
            caption={words.told}
            columns={[
              { key: "to", title: words.to, value: ({ target_name }) => target_name },
              {
                key: "stage",
                title: words.what,
                value: ({ stage }) => words.stage[stage] ?? stage,
              },
              {
                key: "state",
                title: words.state,
                value: ({ state }) => words.deliveryState[state] ?? state,
              },
              {
                key: "at",
                title: words.time,
                value: ({ at }) => at,
                show: ({ at }) => momentText(at, timezone),
              },
            ]}
            rows={told}
            keyOf={({ target_name, stage, at }) => `${target_name} ${stage} ${at}`}
            empty={words.nobodyTold}
          />
        </PageSection>
      )}
    </>
  );
}
