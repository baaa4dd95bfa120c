import type { MerchantView } from "@gatehouse/shared/contracts/accounts";
import { validationKinds } from "@gatehouse/shared/contracts/money-terms";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { chooseAtLane } from "../desk-api.ts";
import { newRequestId } from "../opening.ts";
import { Field, Kind } from "../rights-fields.tsx";
import { AmountField } from "./amount-field.tsx";
import { minorOf } from "./amounts.ts";
import { askMerchants, validate } from "./money-api.ts";
import { PayFrame, type WayProps } from "./pay-frame.tsx";
import { payWords } from "./pay-words.ts";
import type { Paying } from "./paying.ts";

/** A merchant pays some of it, or all. */
export function ValidationWay({ paying, way }: WayProps) {
  const merchants = useSignal<readonly MerchantView[] | undefined>(undefined);
  const merchantId = useSignal("");
  const kind = useSignal<(typeof validationKinds)[number]>("all");
  const written = useSignal("");
  useEffect(() => {
    void askMerchants().then((told) => {
      if (told.kind !== "ok") return;
      merchants.value = told.value.merchants.filter((each) => each.is_active);
      merchantId.value = merchants.value[0]?.merchant_id ?? "";
    });
  }, []);
  const value =
    kind.value === "all"
      ? 0
      : kind.value === "amount"
        ? minorOf(written.value)
        : whole(written.value);
  const isWhole =
    merchantId.value !== "" && value !== undefined && (kind.value === "all" || value > 0);
  const press = (): void => {
    if (value === undefined) return;
    const given = { merchant_id: merchantId.value, kind: kind.value, value };
    void paying.press(
      (requestId) =>
        validate({ request_id: requestId, session_id: paying.owing.subjectId, ...given }),
      ({ sentence }) => void afterwards(paying, sentence),
    );
  };
  return (
    <PayFrame
      paying={paying}
      way={way}
      act={{ text: payWords.giveValidation, isPossible: isWhole, press }}
      hint={payWords.validationHint}
    >
      {merchants.value?.length === 0 && <p class="empty">{payWords.noMerchants}</p>}
      <label class="note whole-line">
        <span>{payWords.merchant}</span>
        <select
          value={merchantId}
          onChange={(event) => (merchantId.value = event.currentTarget.value)}
        >
          {(merchants.value ?? []).map(({ merchant_id: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Kind name="validation" kinds={validationKinds} value={kind} texts={payWords.kinds} />
      {kind.value === "amount" && <AmountField label={payWords.howMuch.amount} value={written} />}
      {(kind.value === "minutes" || kind.value === "percent") && (
        <Field type="number" label={payWords.howMuch[kind.value]} value={written} />
      )}
    </PayFrame>
  );
}

/** The lane decides anew: what the merchant gives is taken off, and the driver is asked for the rest. */
async function afterwards(paying: Paying, sentence: string): Promise<void> {
  const { laneId, subjectId } = paying.owing;
  if (laneId === undefined) return paying.leave(sentence);
  const told = await chooseAtLane(laneId, { request_id: newRequestId(), session_id: subjectId });
  paying.leave(told.kind === "ok" ? `${sentence} ${told.value.sentence}` : sentence);
}

const whole = (text: string): number | undefined =>
  /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined;
