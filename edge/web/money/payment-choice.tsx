import type { PaymentView } from "@gatehouse/shared/contracts/money";
import type { Tone } from "../../../shared/web/state-mark.tsx";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { amountText } from "./amounts.ts";
import { ChoiceRow } from "../choice-row.tsx";
import { payWords } from "./pay-words.ts";
import { paymentsWords } from "./payments-words.ts";

/** One payment in the list: whose, when, how, how much, and what became of it. */
export function PaymentChoice(props: {
  readonly payment: PaymentView;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { payment, isChosen, choose } = props;
  const zone = facility.value?.timezone ?? "UTC";
  const facts = [
    payWords.methods[payment.method],
    momentText(Date.parse(payment.started_at), zone),
    payment.purpose === "stay" ? "" : paymentsWords.purposes[payment.purpose],
    payment.receipt === null ? "" : payWords.receipt(payment.receipt),
  ];
  const name = payment.plate ?? payment.subject_id ?? paymentsWords.noPlate;
  return (
    <ChoiceRow
      group="payment"
      name={name}
      facts={facts}
      isChosen={isChosen}
      choose={choose}
      beside={
        <span class="payment-sum">
          <strong>{amountText(payment.amount_minor)}</strong>
          <PaymentStatus payment={payment} />
        </span>
      }
    />
  );
}

/** What became of a payment; what a person must decide is seen first. */
export function PaymentStatus({ payment }: { readonly payment: PaymentView }) {
  const { status, undecided, change_owed_minor: change } = payment;
  const tone = toneOf(payment);
  const text = undecided
    ? paymentsWords.undecided
    : change > 0
      ? paymentsWords.changeOwed(amountText(change))
      : (paymentsWords.statuses[status] ?? status);
  return (
    <span class={`tone-${tone}`}>
      <StateMark tone={tone} /> {text}
    </span>
  );
}

function toneOf({ status, undecided, change_owed_minor: change }: PaymentView): Tone {
  if (undecided || change > 0) return "warn";
  if (status === "captured" || status === "accepted-offline") return "ok";
  if (status === "disputed" || status === "charged-back") return "bad";
  return status === "started" || status === "unknown" ? "unknown" : "calm";
}
