import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { RefundsData, RefundView } from "@gatehouse/shared/contracts/refunds";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { news } from "../connection.ts";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { ReasonField } from "../reason-field.tsx";
import { Kind } from "../rights-fields.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { amountText } from "./amounts.ts";
import { ChoiceRow } from "../choice-row.tsx";
import { answerRefund, askRefunds } from "./money-api.ts";
import { paymentsWords } from "./payments-words.ts";
import { usePressing } from "./pressing.ts";
import { openTill } from "./tills.ts";

/** Of one that waits for a second person; of one that no device can tell about. */
const words = { waits: ["agree", "refuse"], isUndecided: ["given", "not-given"] } as const;
type Word = (typeof words)[keyof typeof words][number];

/** What goes back: those that wait for a second person first. */
export function RefundsTab({ me, tabs }: { readonly me: Me; readonly tabs: ComponentChildren }) {
  const told = useSignal<Told<RefundsData> | undefined>(undefined);
  const [chosen, reason] = [useSignal(""), useSignal("")];
  const word = useSignal<Word>("agree");
  const { isAsking, trouble, said, press } = usePressing();
  const look = async (): Promise<void> => void (told.value = await askRefunds());
  useEffect(() => void look(), []);
  const all = told.value?.kind === "ok" ? told.value.value.refunds : [];
  const refunds = all.toSorted((a, b) => Number(waits(b)) - Number(waits(a)));
  const refund = refunds.find(({ refund_id: id }) => id === chosen.value);
  const isOwn = refund?.status === "requested" && refund.requested_by === me.operator;
  const choose = (each: RefundView): void => {
    chosen.value = each.refund_id;
    word.value = each.is_undecided ? "given" : "agree";
  };
  const mayAnswer = me.role === "supervisor";
  const send = (): void => {
    if (refund === undefined) return;
    const till = openTill.value;
    void press(
      () =>
        answerRefund(refund.refund_id, {
          action: word.value,
          reason: reason.value.trim(),
          // Out of the drawer of who agrees, where they have one; else out of the one that was named.
          ...(till === undefined ? {} : { till_id: till.till_id }),
        }),
      () => {
        [chosen.value, reason.value] = ["", ""];
        void look();
      },
    );
  };
  const hint = !mayAnswer
    ? paymentsWords.secondPerson
    : isOwn
      ? paymentsWords.own
      : refund === undefined
        ? said.value || paymentsWords.chooseRefund
        : paymentsWords.sureOf;
  return (
    <Sheet
      id="money-title"
      title={paymentsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      {...(mayAnswer &&
        refund !== undefined && {
          submit: {
            text: paymentsWords.doWord[word.value](amountText(refund.amount_minor)),
            isPossible: !isOwn && reason.value.trim() !== "" && news.value === "live",
            press: send,
          },
        })}
      onClose={hideShown}
    >
      {told.value?.kind === "ok" && all.length === 0 && (
        <p class="empty">{paymentsWords.noRefunds}</p>
      )}
      <ul class="scroll-list" role="radiogroup" aria-label={paymentsWords.tabs.refunds}>
        {refunds.map((each) => (
          <RefundChoice
            key={each.refund_id}
            refund={each}
            isChosen={each.refund_id === chosen.value}
            choose={() => choose(each)}
          />
        ))}
      </ul>
      {mayAnswer && refund !== undefined && !isOwn && (
        <div class="right-form">
          <Kind
            name="refund-word"
            kinds={refund.is_undecided ? words.isUndecided : words.waits}
            value={word}
            texts={paymentsWords.words}
          />
          <ReasonField reason={reason} usual={paymentsWords.agreeReasons} />
        </div>
      )}
      <Said trouble={trouble.value || troubleOf(told.value)} hint={hint} />
    </Sheet>
  );
}

const waits = (refund: RefundView): boolean => refund.status === "requested" || refund.is_undecided;

function RefundChoice(props: {
  readonly refund: RefundView;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { refund, isChosen, choose } = props;
  const zone = facility.value?.timezone ?? "UTC";
  const tone = tones[refund.status];
  const by = refund.approved_by;
  return (
    <ChoiceRow
      group="refund"
      name={amountText(refund.amount_minor)}
      facts={[
        refund.reason,
        paymentsWords.askedBy(refund.requested_by),
        by === null ? "" : paymentsWords.agreedBy(by),
        momentText(Date.parse(refund.requested_at), zone),
      ]}
      isChosen={isChosen}
      isDisabled={!waits(refund)}
      choose={choose}
      beside={
        <span class={`device-state tone-${tone}`}>
          <StateMark tone={tone} /> {paymentsWords.refundStatuses[refund.status]}
        </span>
      }
    />
  );
}

const tones: Readonly<Record<RefundView["status"], Tone>> = {
  requested: "warn",
  started: "calm",
  done: "ok",
  refused: "calm",
  failed: "bad",
  unknown: "unknown",
};
