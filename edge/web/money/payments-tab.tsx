import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { news } from "../connection.ts";
import { Field } from "../rights-fields.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { amountText, fieldText, minorOf } from "./amounts.ts";
import { askPayments } from "./money-api.ts";
import { actsFor, carryOut, leftOf, needsTill, type PaymentAct } from "./payment-acts.ts";
import { PaymentDetails } from "./payment-details.tsx";
import { PaymentChoice } from "./payment-choice.tsx";
import { paymentsWords } from "./payments-words.ts";
import { usePressing } from "./pressing.ts";
import { useSearched } from "./searched.ts";
import { openTill } from "./tills.ts";

/** More rows than these are found by searching. */
const shownMost = 60;

/** What was paid last or under a plate or number: its papers, what goes back, and what nobody knows yet. */
export function PaymentsTab({ me, tabs }: { readonly me: Me; readonly tabs: ComponentChildren }) {
  const { text: search, told, look } = useSearched(askPayments);
  const chosen = useSignal("");
  const [amount, reason] = [useSignal(""), useSignal("")];
  const act = useSignal<PaymentAct | undefined>(undefined);
  const { isAsking, trouble, said, press } = usePressing();
  const payments = told.value?.kind === "ok" ? told.value.value.payments : [];
  const payment = payments.find(({ payment_id: id }) => id === chosen.value);
  const acts = payment === undefined ? [] : actsFor(payment, me);
  const wanted = act.value !== undefined && acts.includes(act.value) ? act.value : undefined;
  const till = openTill.value;
  const part = minorOf(amount.value);
  const ready = readiness();
  const send = (): void => {
    if (payment === undefined || wanted === undefined) return;
    void press(
      (requestId) =>
        carryOut(wanted, payment, {
          requestId,
          reason: reason.value.trim(),
          part: part === leftOf(payment) ? undefined : part,
          tillId: needsTill(wanted, payment) ? till?.till_id : undefined,
        }),
      () => {
        [act.value, reason.value] = [undefined, ""];
        void look();
      },
    );
  };
  return (
    <Sheet
      id="money-title"
      title={paymentsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      {...(wanted !== undefined && {
        submit: {
          text: ready.text,
          isPossible: ready.missing === undefined && news.value === "live",
          press: send,
        },
      })}
      onClose={hideShown}
    >
      <div class="halves">
        <section class="right-list">
          <Field type="search" label={paymentsWords.searchPayments} value={search} max={64} />
          {told.value === undefined && <p class="skeleton skeleton-story" />}
          {told.value?.kind === "ok" && payments.length === 0 && (
            <p class="empty">{paymentsWords.noPayments}</p>
          )}
          <ul class="scroll-list" role="radiogroup" aria-label={paymentsWords.tabs.payments}>
            {payments.slice(0, shownMost).map((each) => (
              <PaymentChoice
                key={each.payment_id}
                payment={each}
                isChosen={each.payment_id === chosen.value}
                choose={() => {
                  chosen.value = each.payment_id;
                  amount.value = fieldText(leftOf(each));
                  [act.value, reason.value] = [undefined, ""];
                  [trouble.value, said.value] = ["", ""];
                }}
              />
            ))}
          </ul>
        </section>
        {payment === undefined ? (
          <p class="empty">{paymentsWords.choosePayment}</p>
        ) : (
          <PaymentDetails
            key={payment.payment_id}
            payment={payment}
            acts={acts}
            act={act}
            amount={amount}
            reason={reason}
          />
        )}
      </div>
      <Said
        trouble={trouble.value || troubleOf(told.value)}
        hint={
          wanted === undefined ? said.value || "\u00A0" : (ready.missing ?? paymentsWords.sureOf)
        }
      />
    </Sheet>
  );

  /** What Enter does, and what is missing for it. */
  function readiness(): { readonly text: string; readonly missing: string | undefined } {
    if (payment === undefined || wanted === undefined) return { text: "", missing: "" };
    const missing = missingFor();
    switch (wanted) {
      case "refund":
        return { text: paymentsWords.doRefund(amountText(part ?? 0)), missing };
      case "void":
        return { text: paymentsWords.doVoid(amountText(payment.amount_minor)), missing };
      case "take-back":
        return { text: paymentsWords.acts[wanted], missing };
      case "change":
        return { text: paymentsWords.payChange(amountText(payment.change_owed_minor)), missing };
      case "captured":
      case "not-captured":
        return { text: paymentsWords.acts[wanted], missing };
    }
  }

  function missingFor(): string | undefined {
    if (payment === undefined || wanted === undefined) return paymentsWords.choosePayment;
    if (needsTill(wanted, payment) && till === undefined) return paymentsWords.cashNeedsShift;
    if (wanted === "refund" && (part === undefined || part === 0)) return paymentsWords.amount;
    if (wanted !== "change" && reason.value.trim() === "") return paymentsWords.sayWhy;
    return undefined;
  }
}
