import "./outlook.css";
import { RetentionReport } from "@gatehouse/shared/contracts/retention";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { countText, minuteText } from "../format.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { mayI } from "../own-rights.ts";
import { reportPath } from "../reports/report-path.ts";
import { RetentionForm } from "./retention-form.tsx";
import { ArchiveTable, LogTable, RuleTable } from "./retention-tables.tsx";
import { retentionWords as words } from "./retention-words.ts";

const megabyte = 1_000_000;

/** How long what is kept here, when it was last gone through, and what was taken out. */
export function RetentionPage({ facility }: FacilityPageProps) {
  const path = reportPath(facility.facilityId, "retention");
  const answer = useAnswer(path, RetentionReport, "minute");
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={answer.value && sentenceOf(answer.value, facility.timezone)}
      />
      <Answered answer={answer}>
        {(told) => (
          <>
            {(told.last_round?.trouble ?? "") !== "" && (
              <p role="alert" class="tone-bad">
                <StateMark tone="bad" /> <strong>{words.trouble}:</strong>{" "}
                {told.last_round?.trouble}
              </p>
            )}
            <FigureList
              figures={[
                { label: words.lines, value: countText(told.archive.lines) },
                { label: words.files, value: countText(told.archive.files) },
                {
                  label: words.size,
                  value: `${countText(Math.ceil(told.archive.bytes / megabyte))} MB`,
                },
              ]}
            />
            <PageSection title={words.terms}>
              <Terms told={told} />
              {mayI("delete-reports") && (
                <RetentionForm facility={facility} settings={told.settings} onKept={answer.again} />
              )}
            </PageSection>
            <PageSection title={words.tables}>
              <RuleTable
                caption={words.tables}
                rules={told.rules.filter(({ act }) => act !== "keep")}
              />
              <details>
                <summary>{words.whatStays}</summary>
                <RuleTable
                  caption={words.whatStays}
                  rules={told.rules.filter(({ act }) => act === "keep")}
                />
              </details>
            </PageSection>
            <PageSection title={words.log}>
              <LogTable log={told.log} timezone={facility.timezone} />
            </PageSection>
            <PageSection title={words.archive}>
              <p class="quiet">{words.archiveHint}</p>
              <ArchiveTable files={told.archive.newest} timezone={facility.timezone} />
            </PageSection>
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ last_round }: RetentionReport, timezone: string): string {
  if (last_round === null) return words.never;
  const told = words.sentence(minuteText(last_round.ran_at, timezone));
  return last_round.has_more ? `${told} ${words.hasMore}` : told;
}

function Terms({ told: { settings } }: { readonly told: RetentionReport }) {
  const rows = [
    [words.plateDays, words.days(countText(settings.plate_days))],
    [words.rawDays, words.days(countText(settings.raw_days))],
    [words.staffDays, words.days(countText(settings.staff_days))],
    [words.moneyYears, words.years(countText(settings.money_years))],
  ] as const;
  return (
    <dl class="assumed">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
