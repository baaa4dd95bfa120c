import { nilReasons } from "@gatehouse/shared/contracts/money";
import { useSignal } from "@preact/signals";
import { useDigits } from "../digits.ts";
import { Field } from "../rights-fields.tsx";
import { amountText } from "./amounts.ts";
import { payNil } from "./money-api.ts";
import { PayFrame, type WayProps } from "./pay-frame.tsx";
import { payWords } from "./pay-words.ts";

/** Nobody pays: a reason, and words of one's own where the reason alone says too little. */
export function NilWay({ paying, way }: WayProps) {
  const reason = useSignal<(typeof nilReasons)[number] | undefined>(undefined);
  const explanation = useSignal("");
  useDigits("nil");
  const isExplained = reason.value !== "other" || explanation.value.trim() !== "";
  const press = (): void => {
    const why = reason.value;
    if (why === undefined) return;
    void paying.pay(() =>
      payNil({ ...paying.payable, reason: why, explanation: explanation.value.trim() }),
    );
  };
  return (
    <PayFrame
      paying={paying}
      way={way}
      act={{
        text: payWords.giveUp(amountText(paying.dueMinor)),
        isPossible: reason.value !== undefined && isExplained,
        press,
      }}
      hint={
        reason.value === undefined
          ? payWords.chooseReason
          : isExplained
            ? payWords.nilText
            : payWords.explain
      }
    >
      <fieldset class="reasons whole-line">
        <legend>{payWords.why}</legend>
        {nilReasons.map((each, index) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="nil"
              value={each}
              checked={reason.value === each}
              onChange={() => (reason.value = each)}
            />
            <span>
              {payWords.nilReasons[each]} <kbd>{index + 1}</kbd>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="whole-line">
        <Field
          label={reason.value === "other" ? payWords.explanation : payWords.explanationOptional}
          value={explanation}
          max={200}
        />
      </div>
    </PayFrame>
  );
}
