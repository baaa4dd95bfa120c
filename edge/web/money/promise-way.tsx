import { useSignal } from "@preact/signals";
import { ReasonField } from "../reason-field.tsx";
import { Field } from "../rights-fields.tsx";
import { noteDebt } from "./money-api.ts";
import { PayFrame, type WayProps } from "./pay-frame.tsx";
import { payWords } from "./pay-words.ts";

/** The driver leaves with a promise: who they are, how to reach them, and why. */
export function PromiseWay({ paying, way }: WayProps) {
  const [name, contact, reason] = [useSignal(""), useSignal(""), useSignal("")];
  const { subjectId, laneId } = paying.owing;
  const press = (): void =>
    void paying.press(
      (requestId) =>
        noteDebt({
          request_id: requestId,
          session_id: subjectId,
          reason: reason.value.trim(),
          ...(laneId === undefined ? {} : { lane_id: laneId }),
          ...(name.value.trim() === "" ? {} : { name: name.value.trim() }),
          ...(contact.value.trim() === "" ? {} : { contact: contact.value.trim() }),
        }),
      ({ sentence }) => paying.leave(sentence),
    );
  return (
    <PayFrame
      paying={paying}
      way={way}
      act={{
        text: laneId === undefined ? payWords.notePromiseOnly : payWords.notePromise,
        isPossible: reason.value.trim() !== "",
        press,
      }}
      hint={payWords.promiseText}
    >
      <Field label={payWords.name} value={name} max={100} />
      <Field label={payWords.contact} value={contact} max={200} />
      <ReasonField reason={reason} usual={payWords.promiseReasons} />
    </PayFrame>
  );
}
