import { useSignal, type Signal } from "@preact/signals";
import { useDigits } from "../digits.ts";
import { shown } from "../showing.ts";
import { AmountField } from "./amount-field.tsx";
import { amountText, currency, minorOf } from "./amounts.ts";
import { likelyTendered } from "./cash-pieces.ts";
import { payCash } from "./money-api.ts";
import { PayFrame, type WayProps } from "./pay-frame.tsx";
import { payWords } from "./pay-words.ts";
import { openTill } from "./tills.ts";

/** So many notes have a button and a digit. */
const notesMost = 5;

/** Coins and notes: what was handed over, what goes back, and whether it is only a part. */
export function CashWay({ paying, way }: WayProps) {
  const chosen = useSignal<number | undefined>(undefined);
  const written = useSignal("");
  const isPart = useSignal(false);
  const given = useSignal<string | undefined>(undefined);
  useDigits("tendered");
  const told = paying.due.value;
  const due = told?.kind === "ok" ? told.value.cash_due_minor : 0;
  const till = openTill.value;
  const tendered = written.value === "" ? chosen.value : minorOf(written.value);
  const change = Math.max(0, (tendered ?? 0) - due);
  const changeGiven = given.value === undefined ? change : minorOf(given.value);
  const isShort = tendered !== undefined && tendered < due;
  const isWhole =
    till !== undefined &&
    tendered !== undefined &&
    tendered > 0 &&
    changeGiven !== undefined &&
    changeGiven <= change &&
    (!isShort || isPart.value);

  const press = (): void => {
    if (till === undefined || tendered === undefined || changeGiven === undefined) return;
    void paying.pay(() =>
      payCash({
        ...paying.payable,
        till_id: till.till_id,
        tendered_minor: tendered,
        partial: isShort && isPart.value,
        ...(given.value === undefined ? {} : { change_given_minor: changeGiven }),
      }),
    );
  };
  const taken = Math.min(tendered ?? due, due);
  return (
    <PayFrame
      paying={paying}
      way={way}
      act={{ text: payWords.takeCash(amountText(taken)), isPossible: isWhole, press }}
      hint={till === undefined ? payWords.noShift : payWords.into(till.name)}
    >
      {till === undefined ? (
        <button type="button" class="button act" onClick={() => (shown.value = { kind: "shift" })}>
          {payWords.openShift}
        </button>
      ) : (
        <>
          <Notes due={due} chosen={chosen} written={written} />
          <AmountField label={payWords.otherAmount} value={written} />
          <ChangeSaid due={due} tendered={tendered} change={change} written={written.value} />
          {isShort && (
            <label class="tick">
              <input
                type="checkbox"
                checked={isPart.value}
                onChange={(event) => (isPart.value = event.currentTarget.checked)}
              />
              <span>{payWords.isPart}</span>
            </label>
          )}
          {change > 0 && <LessChange given={given} />}
        </>
      )}
    </PayFrame>
  );
}

/** Exact, and what drivers are likely to hand over. */
function Notes({
  due,
  chosen,
  written,
}: {
  readonly due: number;
  readonly chosen: Signal<number | undefined>;
  readonly written: Signal<string>;
}) {
  const sums = [due, ...likelyTendered(due, currency(), notesMost)];
  return (
    <fieldset class="tendered">
      <legend>{payWords.tendered}</legend>
      {sums.map((sum, index) => (
        <label key={sum} class="choice">
          <input
            type="radio"
            name="tendered"
            checked={written.value === "" && chosen.value === sum}
            onChange={() => {
              chosen.value = sum;
              written.value = "";
            }}
          />
          <span>
            <span>
              {index === 0 && payWords.exact} <strong>{amountText(sum)}</strong>
            </span>{" "}
            <kbd>{index + 1}</kbd>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What goes back, or what is missing: large, before anything is pressed. */
function ChangeSaid(props: {
  readonly due: number;
  readonly tendered: number | undefined;
  readonly change: number;
  readonly written: string;
}) {
  const { due, tendered, change, written } = props;
  const text =
    tendered === undefined
      ? written === ""
        ? "\u00A0"
        : payWords.notAnAmount
      : tendered < due
        ? payWords.missing(amountText(due - tendered))
        : change === 0
          ? payWords.noChange
          : payWords.changeIs(amountText(change));
  return <p class="change-said">{text}</p>;
}

/** Where coins have run out: what is given now; the rest stays owed to the driver. */
function LessChange({ given }: { readonly given: Signal<string | undefined> }) {
  if (given.value === undefined)
    return (
      <p>
        <button type="button" class="link" onClick={() => (given.value = "")}>
          {payWords.lessChange}
        </button>
      </p>
    );
  return <AmountField label={payWords.givenNow} value={given as Signal<string>} />;
}
