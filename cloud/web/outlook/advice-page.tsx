import "./outlook.css";
import {
  type Advice,
  type AdviceKind,
  AdviceReport,
} from "@gatehouse/shared/contracts/reports/advice";
import { listTariffs } from "@gatehouse/shared/contracts/v1/tariffs";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { countText, percentText } from "../format.ts";
import { askPage, facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { Choices } from "../frame/choices.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { mayI } from "../own-rights.ts";
import { reportPath } from "../reports/report-path.ts";
import { adviceText } from "./advice-text.ts";
import { adviceWords as words } from "./advice-words.ts";
import { EvidenceTable } from "./evidence-table.tsx";

const lengths = ["14", "28", "84"] as const;

const groups: readonly {
  readonly name: keyof typeof words.groups;
  readonly kinds: readonly AdviceKind[];
}[] = [
  { name: "people", kinds: ["bottleneck", "staff", "entrance-use"] },
  { name: "prices", kinds: ["price-up", "price-down", "promote-off-peak"] },
  { name: "spaces", kinds: ["unbalanced-zones", "dead-spaces"] },
];

const tones: Readonly<Record<AdviceReport["confidence"], Tone>> = {
  high: "ok",
  medium: "warn",
  low: "warn",
  "too-little": "unknown",
};

/** What head office advises, each with its evidence; a price is only prepared, never changed, from here. */
export function AdvicePage({ facility, question }: FacilityPageProps) {
  const days = lengths.find((each) => each === question["days"]) ?? "28";
  const path = reportPath(facility.facilityId, "advice", { days });
  const answer = useAnswer(path, AdviceReport, "minute");
  const editor = useEditor(facility);
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={answer.value?.about}
        definition={words.definition}
        sentence={answer.value && sentenceOf(answer.value)}
      >
        <Choices
          label={words.days}
          values={lengths}
          chosen={days}
          text={words.overDays}
          onChoose={(each) => askPage({ days: each })}
        />
      </ReportHead>
      <Answered answer={answer}>
        {({ advice, confidence, known }) => (
          <>
            <p>
              <StateMark tone={tones[confidence]} />{" "}
              <strong>{words.confidence[confidence]}.</strong>{" "}
              {words.known(countText(known.days), percentText(100 * known.share))}{" "}
              {confidence === "too-little" && words.tooLittle}
            </p>
            {groups.map(({ name, kinds }) => {
              const own = advice.filter(({ kind }) => kinds.includes(kind));
              return (
                own.length > 0 && (
                  <PageSection key={name} title={words.groups[name]}>
                    {name === "prices" && <p class="quiet">{words.priceHint}</p>}
                    <ul class="advice-list">
                      {own.map((each) => (
                        <AdviceItem key={each.id} advice={each} editor={editor} />
                      ))}
                    </ul>
                  </PageSection>
                )
              );
            })}
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ advice, confidence }: AdviceReport): string {
  if (confidence === "too-little") return words.tooLittle;
  return advice.length === 0
    ? words.none
    : words.sentence(countText(advice.length), advice.length === 1);
}

/** The address of the editor with a copy of the tariff in force, changed as is advised; undefined: there is none. */
type Editor = ((draft: string) => string) | undefined;

function useEditor({ facilityId }: FacilityAt): Editor {
  const mayPrice = mayI("set-prices");
  const path = `/v1/facilities/${encodeURIComponent(facilityId)}/tariffs`;
  const { value } = useAnswer(mayPrice ? path : undefined, listTariffs.answer, "once");
  const inForce = value?.versions.find(({ place }) => place === "in-force");
  if (inForce === undefined) return undefined;
  const of = `${inForce.tariff_id}/${inForce.version}`;
  return (draft) =>
    facilityAddress(facilityId, "tariff", {
      of,
      ...Object.fromEntries(new URLSearchParams(draft)),
    });
}

function AdviceItem({ advice, editor }: { readonly advice: Advice; readonly editor: Editor }) {
  const { draft, evidence } = advice;
  const text = adviceText(advice);
  return (
    <li>
      <p>{text}</p>
      {draft !== null && editor !== undefined && (
        <p>
          <a href={editor(draft)}>{words.prepare}</a>
        </p>
      )}
      <details>
        <summary>{words.evidence}</summary>
        <EvidenceTable caption={text} evidence={evidence} />
      </details>
    </li>
  );
}
