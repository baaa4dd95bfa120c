import type { ShiftAnswer, ShiftView } from "@gatehouse/shared/contracts/shifts";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { news } from "../connection.ts";
import { ReasonField } from "../reason-field.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { AmountField } from "./amount-field.tsx";
import { amountText, fieldText, minorOf } from "./amounts.ts";
import { CountFields, useCount } from "./count-fields.tsx";
import { usePressing } from "./pressing.ts";
import { closeShift, countShift } from "./shift-api.ts";
import { shiftWords } from "./shift-words.ts";
import { lookAtTills, type Till } from "./tills.ts";

/** A counted drawer: how it compares with the books, what stays in it, and the report that ends the shift. */
export function CloseShift({
  till,
  mayRecount,
  tabs,
  closed,
}: {
  readonly till: Till & { readonly shift: ShiftView };
  readonly mayRecount: boolean;
  readonly tabs: ComponentChildren;
  /** Called with what the closing came to. */
  readonly closed: (answer: ShiftAnswer) => void;
}) {
  const { shift } = till;
  const left = useSignal(fieldText(Math.min(shift.float_minor, shift.counted_minor ?? 0)));
  const isRecounting = useSignal(false);
  const reason = useSignal("");
  const count = useCount();
  const { isAsking, trouble, press } = usePressing();
  const leave = minorOf(left.value);
  // Enter closes the shift, and does not press the tab that the sheet would begin with.
  useLayoutEffect(() => {
    document.querySelector<HTMLInputElement>("dialog[open] .amount")?.focus();
  }, []);
  const close = (): void => {
    if (leave === undefined) return;
    void press(
      (requestId) => closeShift(shift.shift_id, { request_id: requestId, leave_minor: leave }),
      closed,
    );
  };
  const recount = (): void => {
    const { counted } = count;
    if (counted === undefined) return;
    const why = reason.value.trim();
    void press(
      (request_id) => countShift(shift.shift_id, { request_id, ...counted, reason: why }),
      () => {
        isRecounting.value = false;
        void lookAtTills();
      },
    );
  };
  return (
    <Sheet
      id="shift-title"
      title={shiftWords.titleAt(till.name)}
      beside={tabs}
      isWide={isRecounting.value}
      isBusy={isAsking.value}
      submit={
        isRecounting.value
          ? {
              text: shiftWords.recount,
              isPossible: count.counted !== undefined && reason.value.trim() !== "",
              press: recount,
            }
          : {
              text: shiftWords.close,
              isPossible: leave !== undefined && news.value === "live",
              press: close,
            }
      }
      onClose={hideShown}
    >
      {isRecounting.value ? (
        <>
          <CountFields count={count} />
          <ReasonField reason={reason} usual={shiftWords.recountReasons} />
        </>
      ) : (
        <>
          <Difference shift={shift} />
          <AmountField label={shiftWords.leave} value={left} />
        </>
      )}
      {mayRecount && !isRecounting.value && (
        <button type="button" class="link" onClick={() => (isRecounting.value = true)}>
          {shiftWords.recount}
        </button>
      )}
      <Said trouble={trouble.value} hint={shiftWords.closeHint} />
    </Sheet>
  );
}

/** Counted against expected, and what that means. */
function Difference({ shift }: { readonly shift: ShiftView }) {
  const counted = shift.counted_minor ?? 0;
  const expected = shift.expected_minor ?? 0;
  const difference = counted - expected;
  const text =
    difference === 0
      ? `● ${shiftWords.exact}`
      : difference > 0
        ? `▲ ${shiftWords.tooMuch(amountText(difference))}`
        : `▲ ${shiftWords.tooLittle(amountText(-difference))}`;
  return (
    <section>
      <table class="money-lines">
        <tbody>
          <tr>
            <th scope="row">{shiftWords.sum}</th>
            <td class="number">{amountText(counted)}</td>
          </tr>
          <tr>
            <th scope="row">{shiftWords.expected}</th>
            <td class="number">{amountText(expected)}</td>
          </tr>
        </tbody>
      </table>
      <p class={`change-said tone-${difference === 0 ? "ok" : "warn"}`}>{text}</p>
    </section>
  );
}
