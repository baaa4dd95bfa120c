import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import type { ComponentChildren } from "preact";
import { durationText } from "../../../shared/web/duration.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { countText, minuteText } from "../format.ts";
import { frameWords as words } from "./frame-words.ts";
import type { FacilityAt } from "./page.ts";

/** Facts older than this are said to be old; an edge tells something every few minutes. */
const lagMaxS = 900;

export interface PageHeadProps {
  /** What the page is about: for a report a question ("How much was taken?"). */
  readonly title: string;
  /** One sentence that says how it stands; undefined while it is not known yet. */
  readonly sentence: string | undefined;
  /** What changes the question, a period picker for example. */
  readonly children?: ComponentChildren;
}

/** The head of every page: its title, one sentence, and what changes its question. */
export function PageHead({ title, sentence, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <h1 tabIndex={-1}>{title}</h1>
      <p class="sentence">{sentence ?? "\u00A0"}</p>
      {children}
    </header>
  );
}

/** The head of a report: besides, how fresh its numbers are, and what they count. */
export function ReportHead({
  about,
  definition,
  facility,
  title,
  ...head
}: PageHeadProps & {
  readonly facility: FacilityAt;
  readonly about: ReportAbout | undefined;
  /** What is counted, in sentences; behind a disclosure. */
  readonly definition?: string;
}) {
  return (
    <div class="report-head">
      <PageHead title={`${title} · ${facility.name}`} {...head} />
      <p class="quiet freshness">{about === undefined ? "\u00A0" : <Freshness about={about} />}</p>
      {definition !== undefined && (
        <details class="definition">
          <summary>{words.definition}</summary>
          <p>{definition}</p>
        </details>
      )}
    </div>
  );
}

/** How far the numbers go, and what may still change them. */
function Freshness({ about }: { readonly about: ReportAbout }) {
  const { as_of, facts_until, lines_to_come, set_aside, lag_s, timezone } = about;
  if (lag_s === null) return <>{words.neverHeard}</>;
  const told = [
    words.asOf(minuteText(as_of, timezone)),
    ...(facts_until === null ? [] : [words.factsUntil(minuteText(facts_until, timezone))]),
  ].join(", ");
  const troubles = [
    ...(lag_s > lagMaxS ? [words.lag(durationText(lag_s * 1000))] : []),
    ...((lines_to_come ?? 0) > 0
      ? [words.linesToCome(countText(lines_to_come), lines_to_come === 1)]
      : []),
    ...(set_aside > 0 ? [words.setAside(countText(set_aside), set_aside === 1)] : []),
  ];
  return (
    <>
      {told}
      {troubles.length > 0 && (
        <span class="freshness-trouble">
          {" "}
          <StateMark tone="warn" /> {troubles.join(" ")}
        </span>
      )}
    </>
  );
}
