import type { ShiftAnswer } from "@gatehouse/shared/contracts/shifts";
import { Sheet } from "../sheet.tsx";
import { hideShown } from "../showing.ts";
import { PaperActs } from "./paper-acts.tsx";
import { payWords } from "./pay-words.ts";
import { shiftWords } from "./shift-words.ts";
import { lookAtTills } from "./tills.ts";

/** The report is written: it can be printed, and the drawer is free. */
export function ClosedShift({ answer }: { readonly answer: ShiftAnswer }) {
  const { document_id: id, shift, sentence } = answer;
  const leave = (): void => {
    void lookAtTills();
    hideShown();
  };
  return (
    <Sheet
      id="shift-title"
      title={shiftWords.titleAt(shift.till_id)}
      submit={{ text: payWords.done, isPossible: true, press: leave }}
      onClose={leave}
    >
      <p>{sentence}</p>
      {id !== undefined && (
        <PaperActs paper={{ document_id: id }} name={shiftWords.z(shift.z_number ?? 0)} />
      )}
    </Sheet>
  );
}
