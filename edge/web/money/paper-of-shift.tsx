import type { DocumentView } from "@gatehouse/shared/contracts/documents";
import type { ShiftView } from "@gatehouse/shared/contracts/shifts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { PaperActs } from "./paper-acts.tsx";
import { askPapers } from "./paper-api.ts";
import { shiftWords } from "./shift-words.ts";

/** The paper of a closed shift among the latest papers; an older one is found at the command line. */
export function PaperOfShift({ shift }: { readonly shift: ShiftView }) {
  const paper = useSignal<DocumentView | undefined>(undefined);
  useEffect(() => {
    void askPapers().then((told) => {
      if (told.kind !== "ok") return;
      paper.value = told.value.documents.find(
        ({ kind, device_id: till, number }) =>
          kind === "shift-report" && till === shift.till_id && number === shift.z_number,
      );
    });
  }, [shift.shift_id]);
  if (paper.value === undefined) return null;
  return (
    <PaperActs
      paper={{ document_id: paper.value.document_id }}
      name={shiftWords.z(shift.z_number ?? 0)}
    />
  );
}
