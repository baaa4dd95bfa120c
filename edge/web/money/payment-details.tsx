import type { PaymentView } from "@gatehouse/shared/contracts/money";
import type { Signal } from "@preact/signals";
import { useInView } from "../in-view.ts";
import { ReasonField } from "../reason-field.tsx";
import { AmountField } from "./amount-field.tsx";
import { amountText } from "./amounts.ts";
import { PapersOf } from "./paper-acts.tsx";
import type { PaymentAct } from "./payment-acts.ts";
import { PaymentStatus } from "./payment-choice.tsx";
import { paymentsWords } from "./payments-words.ts";
import { InvoicePart } from "./invoice-part.tsx";
import { validationWords } from "./validation-words.ts";
import { ActChoice } from "../act-choice.tsx";

/** One payment: its papers, and what can be done about it. */
export function PaymentDetails(props: {
  readonly payment: PaymentView;
  readonly acts: readonly PaymentAct[];
  readonly act: Signal<PaymentAct | undefined>;
  readonly amount: Signal<string>;
  readonly reason: Signal<string>;
}) {
  const { payment, acts, act, amount, reason } = props;
  const part = useInView(payment.payment_id);
  const { refunded_minor: back, card_last_four: digits } = payment;
  const chosen = act.value;
  return (
    <section ref={part} class="right-form payment-details">
      <h3>
        <strong>{amountText(payment.amount_minor)}</strong>
        <PaymentStatus payment={payment} />
      </h3>
      <p class="vehicle-facts">
        {back > 0 && (
          <span>
            {paymentsWords.givenBack}: {amountText(back)}
          </span>
        )}
        {digits !== null && <span>{paymentsWords.cardEnds(digits)}</span>}
        {payment.place !== null && <span>{payment.place}</span>}
        {payment.receipt_number !== null && <span>{payment.receipt_number}</span>}
      </p>
      {payment.undecided && acts.length === 0 && (
        <p class="quiet">{paymentsWords.supervisorDecides}</p>
      )}
      <div class="whole-line">
        <PapersOf paymentId={payment.payment_id} />
        {payment.session_id !== null && payment.receipt !== null && (
          <InvoicePart sessionId={payment.session_id} />
        )}
      </div>
      {acts.length > 0 && (
        <ActChoice
          name="payment-act"
          acts={acts}
          chosen={chosen}
          choose={(each) => (act.value = each)}
          texts={paymentsWords.acts}
        />
      )}
      {chosen !== undefined && <p class="quiet">{paymentsWords.actMeans[chosen]}</p>}
      {chosen === "refund" && <AmountField label={paymentsWords.amount} value={amount} />}
      {chosen !== undefined && chosen !== "change" && (
        <ReasonField key={chosen} reason={reason} usual={usual[chosen]} />
      )}
    </section>
  );
}

const usual: Readonly<Record<Exclude<PaymentAct, "change">, readonly string[]>> = {
  refund: paymentsWords.refundReasons,
  void: paymentsWords.voidReasons,
  "take-back": validationWords.reasons,
  captured: paymentsWords.decideReasons,
  "not-captured": paymentsWords.decideReasons,
};
