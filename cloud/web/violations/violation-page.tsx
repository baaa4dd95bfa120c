import { ViolationDetail } from "@gatehouse/shared/contracts/violations-at-office";
import { momentText, unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FactList } from "../frame/fact-list.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { Money } from "../frame/values.tsx";
import { methodText } from "../reports/method-text.ts";
import { PlateOf } from "../sessions/session-columns.tsx";
import { violationPageWords as words } from "./violation-page-words.ts";
import { PenaltyState } from "./violations-page.tsx";

/** One violation, step by step, with what was paid for it. */
export function ViolationPage({ facility, question }: FacilityPageProps) {
  const { id = "" } = question;
  const path = `/api/facilities/${encodeURIComponent(facility.facilityId)}/violations/${encodeURIComponent(id)}`;
  const answer = useAnswer(id === "" ? undefined : path, ViolationDetail);
  const violation = answer.value?.violation;
  return (
    <>
      <PageHead
        title={`${violation === undefined ? words.one : (words.types[violation.violation_type] ?? violation.violation_type)} · ${facility.name}`}
        sentence={violation?.reason}
      >
        <p>
          <a href={facilityAddress(facility.facilityId, "violations")}>{words.back}</a>
        </p>
      </PageHead>
      {id === "" ? (
        <p class="empty">{words.noneFound}</p>
      ) : (
        <Answered answer={answer} skeleton="figures">
          {(detail) => <Body detail={detail} facility={facility} />}
        </Answered>
      )}
    </>
  );
}

function Body({
  detail,
  facility,
}: {
  readonly detail: ViolationDetail;
  readonly facility: FacilityAt;
}) {
  const { violation, steps, payments, evidence_sha256, currency, timezone } = detail;
  return (
    <>
      <FactList
        facts={[
          { label: words.status, value: <PenaltyState status={violation.status} /> },
          { label: words.plate, value: <PlateOf plate={violation.plate} /> },
          { label: words.found, value: momentText(violation.detected_at, timezone) },
          {
            label: words.penalty,
            value: <Money minor={violation.penalty_minor} currency={currency} />,
          },
          { label: words.paid, value: <Money minor={violation.paid_minor} currency={currency} /> },
        ]}
      />
      {violation.session_id !== null && (
        <p>
          <a href={facilityAddress(facility.facilityId, "session", { id: violation.session_id })}>
            {words.session}
          </a>
        </p>
      )}
      <PageSection title={words.steps}>
        <DataTable
          caption={words.steps}
          columns={[
            {
              key: "at",
              title: words.when,
              value: ({ at }) => at,
              show: ({ at }) => momentText(at, timezone),
            },
            {
              key: "status",
              title: words.status,
              value: ({ status }) => words.statuses[status] ?? status,
            },
            {
              key: "penalty_minor",
              title: words.penalty,
              kind: "number",
              value: ({ penalty_minor }) => penalty_minor,
              show: ({ penalty_minor }) => <Money minor={penalty_minor} currency={currency} />,
            },
            { key: "reason", title: words.reason, value: ({ reason }) => reason },
            { key: "by", title: words.by, value: ({ by }) => by },
            { key: "line", title: words.line, value: ({ epoch, seq }) => `${epoch}/${seq}` },
          ]}
          rows={steps}
          keyOf={({ epoch, seq }) => `${epoch}/${seq}`}
          empty={words.noSteps}
        />
      </PageSection>
      <PageSection title={words.payments}>
        <DataTable
          caption={words.payments}
          columns={[
            {
              key: "processed_at",
              title: words.when,
              value: ({ processed_at }) => processed_at,
              show: ({ processed_at }) =>
                processed_at === null ? unknown : momentText(processed_at, timezone),
            },
            {
              key: "amount_minor",
              title: words.paid,
              kind: "number",
              value: ({ amount_minor }) => amount_minor,
              show: ({ amount_minor }) => <Money minor={amount_minor} currency={currency} />,
            },
            {
              key: "method",
              title: words.method,
              value: ({ method }) => method,
              show: ({ method }) => (method === null ? unknown : methodText(method)),
            },
            { key: "state", title: words.state, value: ({ state }) => state },
          ]}
          rows={payments}
          keyOf={({ payment_id }) => payment_id}
          empty={words.noPayments}
        />
      </PageSection>
      <PageSection title={words.evidence}>
        {evidence_sha256 === null ? (
          <p>{words.noEvidence}</p>
        ) : (
          <p>
            {words.evidenceHint} <code>{evidence_sha256}</code>
          </p>
        )}
      </PageSection>
    </>
  );
}
