import "./rules.css";
import "./tariffs.css";
import { useSignal } from "@preact/signals";
import type { TariffsTold } from "@gatehouse/shared/contracts/rules/tariffs";
import { listTariffs } from "@gatehouse/shared/contracts/v1/tariffs";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { minuteText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { Moment } from "../frame/values.tsx";
import { mayI } from "../own-rights.ts";
import { NoticeForm } from "./notice-form.tsx";
import { VersionTable } from "./version-table.tsx";
import { tariffWords as words } from "./tariff-words.ts";

/** Which tariff holds when at a facility: what is planned, in force, past, and still a draft. */
export function TariffsPage({ facility, question }: FacilityPageProps) {
  const path = `/v1/facilities/${encodeURIComponent(facility.facilityId)}/tariffs`;
  const answer = useAnswer(path, listTariffs.answer);
  const said = useSignal("");
  const told = answer.value;
  const sent = question["sent"] ?? "";
  const done = said.value !== "" ? said.value : sent === "" ? "" : words.published2(Number(sent));
  return (
    <>
      <PageHead
        title={`${words.name} · ${facility.name}`}
        sentence={told === undefined ? undefined : sentenceOf(told, facility)}
      >
        {mayI("set-prices") && (
          <p>
            <a
              class="button primary as-button"
              href={facilityAddress(facility.facilityId, "tariff")}
            >
              {words.newDraft}
            </a>
          </p>
        )}
      </PageHead>
      <p class="rule-saved" aria-live="polite">
        {done !== "" && (
          <>
            <StateMark tone="ok" /> {done}
          </>
        )}
      </p>
      <Answered answer={answer}>
        {(tariffs) => (
          <Tariffs
            told={tariffs}
            facility={facility}
            onWithdrawn={(number) => {
              said.value = words.withdrawn(number);
              answer.again();
            }}
            onChanged={answer.again}
          />
        )}
      </Answered>
    </>
  );
}

function sentenceOf(
  { versions, timeline, in_use: used, as_of: now }: TariffsTold,
  facility: FacilityAt,
): string {
  const holding = versions.find(({ place }) => place === "in-force");
  const isHeld = versions.some(
    (each) => each.tariff_id === used?.tariff_id && each.version === used.version,
  );
  if (holding === undefined)
    return used === null || isHeld
      ? words.nothingInForce
      : words.inUseElsewhere(used.tariff_id, used.version);
  const reign = timeline.find(
    ({ tariff_id, version, from, until }) =>
      tariff_id === holding.tariff_id &&
      version === holding.version &&
      from <= now &&
      (until === null || until > now),
  );
  return words.inForce(
    holding.name,
    minuteText(reign?.from ?? holding.valid_from, facility.timezone),
  );
}

function Tariffs({
  told,
  facility,
  onWithdrawn,
  onChanged,
}: {
  readonly told: TariffsTold;
  readonly facility: FacilityAt;
  readonly onWithdrawn: (number: number) => void;
  readonly onChanged: () => void;
}) {
  return (
    <>
      <PageSection title={words.drafts}>
        {told.drafts.length === 0 ? (
          <p class="quiet">{words.none}</p>
        ) : (
          <ul class="draft-list">
            {told.drafts.map((draft) => (
              <li key={draft.draft_id}>
                <a href={facilityAddress(facility.facilityId, "tariff", { draft: draft.draft_id })}>
                  {draft.name === "" ? words.editName : draft.name}
                </a>{" "}
                <StateMark tone={draft.complaints === 0 ? "ok" : "warn"} />{" "}
                {words.complaints(draft.complaints)}{" "}
                <span class="quiet">
                  {words.changed}{" "}
                  <Moment at={draft.changed_at} now={told.as_of} timezone={facility.timezone} />
                  {draft.changed_by !== null && ` ${words.by} ${draft.changed_by}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </PageSection>
      <PageSection title={words.timeline}>
        <VersionTable told={told} facility={facility} onWithdrawn={onWithdrawn} />
      </PageSection>
      <PageSection title={words.notice}>
        <NoticeForm key={told.notice_days} told={told} onChanged={onChanged} />
      </PageSection>
    </>
  );
}
