import "./outlook.css";
import {
  type SavedRange,
  SustainabilityReport,
  usualSources,
} from "@gatehouse/shared/contracts/reports/sustainability";
import { countText, unknown } from "../format.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { locale } from "../frame/language.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { mayI } from "../own-rights.ts";
import { reportPath } from "../reports/report-path.ts";
import { SearchTimeForm } from "./search-time-form.tsx";
import { sustainabilityWords as words } from "./sustainability-words.ts";

/** An estimate: more digits would promise too much. */
const numbers = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const numberText = (value: number): string => numbers.format(value);

/** What a shorter search saved, with everything that is assumed. */
export function SustainabilityPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const { from, to } = period;
  const path = reportPath(facility.facilityId, "sustainability", { from, to });
  const answer = useAnswer(path, SustainabilityReport, "minute");
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={answer.value && sentenceOf(answer.value)}
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={answer} skeleton="figures">
        {(told) => (
          <>
            {told.saved !== null && (
              <FigureList
                figures={[
                  figure(words.carbon, told.saved.co2_kg, words.kg),
                  figure(words.distance, told.saved.km, words.km),
                  figure(words.time, told.saved.hours, words.hours),
                  figure(words.each, told.saved.seconds_each, words.seconds),
                ]}
              />
            )}
            <Facts told={told} />
            {mayI("make-reports") && (
              <SearchTimeForm facility={facility} settings={told.settings} onKept={answer.again} />
            )}
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ saved, why_none }: SustainabilityReport): string {
  if (saved === null) return why_none === null ? "" : words.whyNone[why_none];
  if (saved.co2_kg.high === 0) return words.nothing;
  return words.sentence(
    words.kg(numberText(saved.co2_kg.low)),
    words.kg(numberText(saved.co2_kg.high)),
  );
}

const figure = (label: string, range: SavedRange, text: (value: string) => string) => ({
  label,
  value: text(numberText(range.likely)),
  aside: words.range(text(numberText(range.low)), text(numberText(range.high))),
});

function Facts({ told }: { readonly told: SustainabilityReport }) {
  const { settings, vehicles, way_seconds } = told;
  const seconds = (value: number): string => words.seconds(numberText(value));
  return (
    <>
      <PageSection title={words.measured}>
        <Assumed
          rows={[
            [words.vehicles, countText(vehicles)],
            [words.way, way_seconds === null ? unknown : seconds(way_seconds)],
          ]}
        />
      </PageSection>
      <PageSection title={words.assumed}>
        <Assumed
          rows={[
            [
              words.without,
              words.withoutRange(
                seconds(settings.baseline_low_s),
                seconds(settings.baseline_s),
                seconds(settings.baseline_high_s),
              ),
              settings.baseline_source,
            ],
            [words.speed, words.speedOf(numberText(settings.speed_kmh))],
            [words.factor, words.factorOf(numberText(settings.co2_g_per_km)), settings.co2_source],
          ]}
        />
      </PageSection>
    </>
  );
}

/** The source of a usual assumption in the page's language; another as somebody wrote it. */
function sourceText(source: string): string {
  const { search, carbon } = words.usualSource;
  if (source === usualSources.search) return search;
  return source === usualSources.carbon ? carbon : source;
}

function Assumed({
  rows,
}: {
  readonly rows: readonly (readonly [name: string, value: string, source?: string])[];
}) {
  return (
    <dl class="assumed">
      {rows.map(([name, value, source]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {source !== undefined && (
              <p class="quiet">
                {words.source}: {sourceText(source)}
              </p>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
