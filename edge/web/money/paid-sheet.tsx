import { Sheet } from "../sheet.tsx";
import { amountText } from "./amounts.ts";
import { PapersOf } from "./paper-acts.tsx";
import { payWords } from "./pay-words.ts";
import type { Paying } from "./paying.ts";

/** What was paid: the change is given and said to be, and the receipt offered. */
export function PaidSheet({ paying }: { readonly paying: Paying }) {
  const answer = paying.outcome.value;
  if (answer === undefined) return null;
  const { change_minor: change, change_owed_minor: owed, due_minor: rest } = answer;
  const leave = (): void => paying.leave(answer.sentence);
  const isMore = rest > 0;
  const next = isMore ? payWords.payRest : change > 0 ? payWords.changeGiven : payWords.done;
  return (
    <Sheet
      id="paid-title"
      title={payWords.paidTitle}
      submit={{
        text: next,
        isPossible: true,
        press: () => (isMore ? (paying.outcome.value = undefined) : leave()),
      }}
      onClose={leave}
    >
      <p>{answer.sentence}</p>
      {change > 0 && (
        <section class="change">
          <h3>{payWords.give}</h3>
          <p class="big-figure">{amountText(change)}</p>
        </section>
      )}
      {owed > 0 && <p class="tone-warn">▲ {payWords.owedStill(amountText(owed))}</p>}
      {isMore && <p class="tone-warn">▲ {payWords.restDue(amountText(rest))}</p>}
      {answer.payment_id !== null && <PapersOf paymentId={answer.payment_id} />}
    </Sheet>
  );
}
