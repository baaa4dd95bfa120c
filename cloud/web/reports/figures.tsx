import { type Figure, FigureReport } from "@gatehouse/shared/contracts/reports/figures";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { Answered } from "../frame/answered.tsx";
import { useAnswer } from "../frame/answer.ts";
import type { FacilityPageProps } from "../frame/page.ts";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { periodOf } from "../frame/period.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { mayI } from "../own-rights.ts";
import { figureText, isMet, targetText } from "./figure-value.ts";
import { figuresWords as words } from "./figures-words.ts";
import { reportPath } from "./report-path.ts";

/** The key figures and the five of success, each with what it means and its target (requirements P76, P21–P25). */
export function FiguresPage({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const { from, to } = period;
  const path = (report: string): string => reportPath(facility.facilityId, report, { from, to });
  const success = useAnswer(path("success"), FigureReport);
  const keys = useAnswer(mayI("see-money") ? path("kpis") : undefined, FigureReport);
  return (
    <>
      <ReportHead
        title={words.question}
        facility={facility}
        sentence={
          success.value === undefined
            ? undefined
            : sentenceOf([...success.value.figures, ...(keys.value?.figures ?? [])])
        }
        about={success.value?.about}
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={success}>{(told) => <Groups told={told} />}</Answered>
      {mayI("see-money") && <Answered answer={keys}>{(told) => <Groups told={told} />}</Answered>}
    </>
  );
}

function sentenceOf(figures: readonly Figure[]): string {
  const aimed = figures.filter(({ target, value }) => target !== null && value !== null);
  if (aimed.length === 0) return words.noTargets;
  return words.sentence(aimed.filter((figure) => isMet(figure) === true).length, aimed.length);
}

function Groups({ told }: { readonly told: FigureReport }) {
  const groups = [...new Set(told.figures.map(({ group }) => group))];
  return (
    <div class="figure-groups">
      {groups.map((group) => (
        <PageSection key={group} title={words.groups[group] ?? group}>
          <dl class="meant-figures">
            {told.figures
              .filter((figure) => figure.group === group)
              .map((figure) => (
                <MeantFigure key={figure.name} figure={figure} currency={told.about.currency} />
              ))}
          </dl>
        </PageSection>
      ))}
    </div>
  );
}

/** A figure, whether it is as good as it should be, and what it means; what cannot be known says why. */
function MeantFigure({ figure, currency }: { readonly figure: Figure; readonly currency: string }) {
  const { name, title, definition, value, why_none } = figure;
  const [ownTitle, ownDefinition, ownNone] = words.figures[name] ?? [title, definition, why_none];
  const met = isMet(figure);
  return (
    <div>
      <dt>{ownTitle}</dt>
      <dd>
        <span class="meant-value">{figureText(figure, currency)}</span>
        {met !== undefined && (
          <span>
            <StateMark tone={met ? "ok" : "warn"} /> {targetText(figure, currency)}
          </span>
        )}
        {value === null && <span>{ownNone}</span>}
        <span class="quiet">{ownDefinition}</span>
      </dd>
    </div>
  );
}
