import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { ViolationData, ViolationView } from "@gatehouse/shared/contracts/violations";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Told } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { news } from "../connection.ts";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { Field } from "../rights-fields.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown, shown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { amountText } from "./amounts.ts";
import { ChoiceRow } from "../choice-row.tsx";
import { paymentsWords } from "./payments-words.ts";
import { usePressing } from "./pressing.ts";
import { useSearched } from "./searched.ts";
import { decideAbout, type ViolationAct, violationActs } from "./violation-acts.ts";
import { askViolation, askViolations } from "./violation-api.ts";
import { ViolationDetails } from "./violation-details.tsx";
import { violationWords } from "./violation-words.ts";

/** Penalties: those that a person must look at first, with what shows them. */
export function ViolationsTab({ me, tabs }: { readonly me: Me; readonly tabs: ComponentChildren }) {
  const { text: plate, told, look } = useSearched(askViolations);
  const detail = useSignal<Told<ViolationData> | undefined>(undefined);
  const [chosen, reason] = [useSignal(""), useSignal("")];
  const act = useSignal<ViolationAct | undefined>(undefined);
  const { isAsking, trouble, press } = usePressing();
  const lookCloser = async (id: string): Promise<void> => {
    const answer = await askViolation(id);
    if (chosen.value === id) detail.value = answer;
  };
  const found = told.value?.kind === "ok" ? told.value.value : undefined;
  const all = (found?.violations ?? []).toSorted((a, b) => Number(waits(b)) - Number(waits(a)));
  const violation = all.find(({ violation_id: id }) => id === chosen.value);
  const acts = violation === undefined ? [] : violationActs(violation, me);
  const wanted = act.value !== undefined && acts.includes(act.value) ? act.value : undefined;
  const send = (): void => {
    if (violation === undefined || wanted === undefined) return;
    const { violation_id: subjectId, plate: title } = violation;
    if (wanted === "pay") {
      const owing = { purpose: "violation", subjectId, title: title ?? "" } as const;
      shown.value = { kind: "pay", owing };
      return;
    }
    const why = reason.value.trim();
    void press(
      (request_id) => decideAbout(subjectId, wanted, { request_id, reason: why }),
      () => {
        [act.value, reason.value] = [undefined, ""];
        void look();
        void lookCloser(subjectId);
      },
    );
  };
  const hint = violation === undefined ? violationWords.choose : violationWords.sayWhy;
  return (
    <Sheet
      id="money-title"
      title={paymentsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      {...(wanted !== undefined && {
        submit: {
          text: violationWords.acts[wanted],
          isPossible: news.value === "live" && (wanted === "pay" || reason.value.trim() !== ""),
          press: send,
        },
      })}
      onClose={hideShown}
    >
      <div class="halves">
        <section class="right-list">
          <Field type="search" label={violationWords.search} value={plate} max={20} />
          {found?.violations.length === 0 && <p class="empty">{violationWords.none}</p>}
          <ul class="scroll-list" role="radiogroup" aria-label={paymentsWords.tabs.violations}>
            {all.map((each) => (
              <ViolationChoice
                key={each.violation_id}
                violation={each}
                isChosen={each.violation_id === chosen.value}
                choose={() => {
                  chosen.value = each.violation_id;
                  [act.value, reason.value, detail.value] = [undefined, "", undefined];
                  void lookCloser(each.violation_id);
                }}
              />
            ))}
          </ul>
          {found?.has_more === true && <p class="quiet">{violationWords.more}</p>}
        </section>
        {violation === undefined || detail.value?.kind !== "ok" ? (
          <p class="empty">{violationWords.choose}</p>
        ) : (
          <ViolationDetails
            key={violation.violation_id}
            data={detail.value.value}
            acts={acts}
            act={act}
            reason={reason}
          />
        )}
      </div>
      <Said
        trouble={trouble.value || troubleOf(told.value) || troubleOf(detail.value)}
        hint={hint}
      />
    </Sheet>
  );
}

const waits = ({ status }: ViolationView): boolean => status === "review" || status === "detected";

function ViolationChoice(props: {
  readonly violation: ViolationView;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { violation, isChosen, choose } = props;
  const zone = facility.value?.timezone ?? "UTC";
  const tone = tones[violation.status];
  return (
    <ChoiceRow
      group="violation"
      name={violation.plate ?? violation.space_id ?? paymentsWords.noPlate}
      facts={[
        violationWords.types[violation.violation_type],
        momentText(Date.parse(violation.detected_at), zone),
      ]}
      isChosen={isChosen}
      choose={choose}
      beside={
        <span class="payment-sum">
          <strong>{amountText(violation.amount_minor)}</strong>
          <span class={`tone-${tone}`}>
            <StateMark tone={tone} /> {violationWords.statuses[violation.status]}
          </span>
        </span>
      }
    />
  );
}

const tones: Readonly<Record<ViolationView["status"], Tone>> = {
  detected: "warn",
  review: "warn",
  issued: "calm",
  due: "warn",
  escalated: "bad",
  paid: "ok",
  waived: "calm",
  disputed: "unknown",
};
