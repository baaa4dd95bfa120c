import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { news } from "../connection.ts";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { AmountField } from "./amount-field.tsx";
import { amountText, fieldText, minorOf } from "./amounts.ts";
import { ChoiceRow } from "../choice-row.tsx";
import { usePressing } from "./pressing.ts";
import { openShift } from "./shift-api.ts";
import { shiftWords } from "./shift-words.ts";
import { lookAtTills, type Till, tills } from "./tills.ts";

/** A person begins at a drawer that nobody has, with what lies in it. */
export function OpenShift({ tabs }: { readonly tabs: ComponentChildren }) {
  const all = tills.value ?? [];
  const free = all.filter(({ shift }) => shift === null);
  const chosen = useSignal("");
  const written = useSignal<string | undefined>(undefined);
  const { isAsking, trouble, press } = usePressing();
  const till = free.find(({ till_id: id }) => id === chosen.value) ?? only(free);
  // What was left there is there, unless somebody counts otherwise.
  const text = written.value ?? (till === undefined ? "" : fieldText(Math.max(0, till.left_minor)));
  const float = minorOf(text);
  const field = useSignal(text);
  if (written.value === undefined && field.peek() !== text) field.value = text;
  const send = (): void => {
    if (till === undefined || float === undefined) return;
    void press(
      (requestId) => openShift(till.till_id, { request_id: requestId, float_minor: float }),
      () => void lookAtTills(),
    );
  };
  return (
    <Sheet
      id="shift-title"
      title={shiftWords.title}
      beside={tabs}
      isBusy={isAsking.value}
      submit={{
        text: shiftWords.open(till?.name ?? "…"),
        isPossible: till !== undefined && float !== undefined && news.value === "live",
        press: send,
      }}
      onClose={hideShown}
    >
      {all.length === 0 && <p class="empty">{shiftWords.noTills}</p>}
      <ul class="scroll-list" role="radiogroup" aria-label={shiftWords.till}>
        {all.map((each) => (
          <TillChoice
            key={each.till_id}
            till={each}
            isChosen={each === till}
            choose={() => {
              chosen.value = each.till_id;
              written.value = undefined;
            }}
          />
        ))}
      </ul>
      <AmountField
        label={shiftWords.float}
        value={field}
        onEdit={() => (written.value = field.value)}
      />
      <Said
        trouble={trouble.value}
        hint={till === undefined ? shiftWords.chooseTill : shiftWords.openHint}
      />
    </Sheet>
  );
}

function TillChoice(props: {
  readonly till: Till;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { till, isChosen, choose } = props;
  const { shift, left_minor: left } = till;
  return (
    <ChoiceRow
      group="till"
      name={till.name}
      isChosen={isChosen}
      isDisabled={shift !== null}
      choose={choose}
      beside={
        shift === null ? shiftWords.leftThere(amountText(left)) : shiftWords.takenBy(shift.operator)
      }
    />
  );
}

const only = (free: readonly Till[]): Till | undefined => (free.length === 1 ? free[0] : undefined);
