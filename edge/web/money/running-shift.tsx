import { useSignal } from "@preact/signals";
import type { ShiftAnswer, ShiftView } from "@gatehouse/shared/contracts/shifts";
import type { ComponentChildren } from "preact";
import { news } from "../connection.ts";
import { useDigits } from "../digits.ts";
import { ReasonField } from "../reason-field.tsx";
import { Field } from "../rights-fields.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { AmountField } from "./amount-field.tsx";
import { amountText, minorOf } from "./amounts.ts";
import { CountFields, useCount } from "./count-fields.tsx";
import { usePressing } from "./pressing.ts";
import { countShift, moveInShift, relieveShift } from "./shift-api.ts";
import { shiftWords } from "./shift-words.ts";
import { lookAtTills, type Till } from "./tills.ts";
import type { Told } from "../../../shared/web/ask.ts";

const acts = ["pay-in", "drop", "pay-out", "count", "relief"] as const;
type Act = (typeof acts)[number];

/** A shift that goes on: money in and out for other reasons than payments, and at last the count. */
export function RunningShift({
  till,
  tabs,
}: {
  readonly till: Till & { readonly shift: ShiftView };
  readonly tabs: ComponentChildren;
}) {
  const act = useSignal<Act | undefined>(undefined);
  const [amount, reason, next] = [useSignal(""), useSignal(""), useSignal("")];
  const count = useCount();
  const { isAsking, trouble, said, press } = usePressing();
  useDigits("shift-act");
  const { shift_id: shiftId } = till.shift;
  const minor = minorOf(amount.value);

  const ready = readyFor(act.value);
  const send = (): void => {
    if (ready === undefined) return;
    void press(ready.send, () => {
      [amount.value, reason.value, next.value] = ["", "", ""];
      act.value = undefined;
      count.clear();
      void lookAtTills();
    });
  };
  const means = act.value === undefined ? said.value : shiftWords.actMeans[act.value];
  const hint =
    isMove(act.value) && ready === undefined ? `${means} ${shiftWords.whatAndWhy}` : means;
  return (
    <Sheet
      id="shift-title"
      title={shiftWords.titleAt(till.name)}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      {...(act.value !== undefined && {
        submit: {
          text: ready?.text ?? shiftWords.acts[act.value],
          isPossible: ready !== undefined && news.value === "live",
          press: send,
        },
      })}
      onClose={hideShown}
    >
      <fieldset class="acts-choice" aria-label={shiftWords.title}>
        {acts.map((each, index) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="shift-act"
              checked={act.value === each}
              onChange={() => {
                act.value = each;
                trouble.value = "";
              }}
            />
            <span>
              {shiftWords.acts[each]} <kbd>{index + 1}</kbd>
            </span>
          </label>
        ))}
      </fieldset>
      {(act.value === "count" || act.value === "relief") && <CountFields count={count} />}
      {act.value === "relief" && <Field label={shiftWords.next} value={next} max={64} />}
      {isMove(act.value) && (
        <div class="right-form">
          <AmountField label={shiftWords.amount} value={amount} />
          <ReasonField reason={reason} usual={shiftWords.reasons[act.value]} />
        </div>
      )}
      <Said trouble={trouble.value} hint={hint} />
    </Sheet>
  );

  /** What Enter does now; undefined: something is missing. */
  function readyFor(of: Act | undefined):
    | {
        readonly text: string;
        readonly send: (requestId: string) => Promise<Told<ShiftAnswer>>;
      }
    | undefined {
    if (isMove(of)) {
      const why = reason.value.trim();
      if (minor === undefined || minor === 0 || why === "") return undefined;
      return {
        text: shiftWords.doMove[of](amountText(minor)),
        send: (request_id) =>
          moveInShift(shiftId, { request_id, move: of, amount_minor: minor, reason: why }),
      };
    }
    const { counted } = count;
    if (of === undefined || counted === undefined) return undefined;
    if (of === "count")
      return {
        text: shiftWords.doCount(amountText(counted.counted_minor)),
        send: (request_id) => countShift(shiftId, { request_id, ...counted }),
      };
    const who = next.value.trim();
    if (who === "") return undefined;
    return {
      text: shiftWords.doRelief(who),
      send: (request_id) => relieveShift(shiftId, { request_id, ...counted, next_operator: who }),
    };
  }
}

const isMove = (act: Act | undefined): act is "pay-in" | "drop" | "pay-out" =>
  act === "pay-in" || act === "drop" || act === "pay-out";
