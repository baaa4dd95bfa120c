import type { MerchantView } from "@gatehouse/shared/contracts/accounts";
import { validationKinds } from "@gatehouse/shared/contracts/money-terms";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { chooseAtLane } from "../desk-api.ts";
import { newRequestId } from "../opening.ts";
import { Field, Kind } from "../rights-fields.tsx";
import { AmountField } from "./amount-field.tsx";
import { minorOf } from "./amounts.ts";
import { GivenList } from "./given-list.tsx";
import { askMerchants } from "./money-api.ts";
import { PayFrame, type WayProps } from "./pay-frame.tsx";
import type { Paying } from "./paying.ts";
import { redeem, validate } from "./validation-api.ts";
import { validationWords } from "./validation-words.ts";

/** A merchant pays some of it, or all. */
export function ValidationWay({ paying, way }: WayProps) {
  const merchants = useSignal<readonly MerchantView[] | undefined>(undefined);
  const merchantId = useSignal("");
  const kind = useSignal<(typeof validationKinds)[number]>("all");
  const [written, code] = [useSignal(""), useSignal("")];
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
  const isCode = code.value.trim() !== "";
  const press = (): void => {
    const sessionId = paying.owing.subjectId;
    if (isCode)
      return void paying.press(
        () => redeem({ session_id: sessionId, code: code.value.trim() }),
        ({ sentence }) => void afterwards(paying, sentence),
      );
    if (value === undefined) return;
    const given = { merchant_id: merchantId.value, kind: kind.value, value };
    void paying.press(
      (requestId) => validate({ request_id: requestId, session_id: sessionId, ...given }),
      ({ sentence }) => void afterwards(paying, sentence),
    );
  };
  return (
    <PayFrame
      paying={paying}
      way={way}
      act={{
        text: isCode ? validationWords.redeem : validationWords.give,
        isPossible: isCode || isWhole,
        press,
      }}
      hint={validationWords.hint}
    >
      <GivenList given={paying.given.value} onChange={() => void paying.look()} />
      <Field label={validationWords.code} value={code} max={20} />
      {!isCode && (
        <>
          {merchants.value?.length === 0 && <p class="empty">{validationWords.noMerchants}</p>}
          <label class="note whole-line">
            <span>{validationWords.merchant}</span>
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
          <Kind
            name="validation"
            kinds={validationKinds}
            value={kind}
            texts={validationWords.kinds}
          />
          {kind.value === "amount" && (
            <AmountField label={validationWords.howMuch.amount} value={written} />
          )}
          {(kind.value === "minutes" || kind.value === "percent") && (
            <Field type="number" label={validationWords.howMuch[kind.value]} value={written} />
          )}
        </>
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
