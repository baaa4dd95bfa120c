import { useSignal } from "@preact/signals";
import { Said } from "../sheet.tsx";
import { payWords } from "./pay-words.ts";
import { usePressing } from "./pressing.ts";
import { printReport, reportPdf } from "./shift-api.ts";

/** A shift's report on paper: as it stands now, or the one that was signed and every copy of it. */
export function ReportPaper({ shiftId }: { readonly shiftId: string }) {
  const isPrinted = useSignal(false);
  const { isAsking, trouble, said, press } = usePressing();
  const print = (): void =>
    void press(
      (request_id) => printReport(shiftId, { request_id }),
      () => (isPrinted.value = true),
    );
  return (
    <section class="paper">
      <p class="chips">
        <button type="button" class="button" disabled={isAsking.value} onClick={print}>
          {isPrinted.value ? payWords.printAgain : payWords.print}
        </button>
        <a class="button" href={reportPdf(shiftId)} target="_blank" rel="noreferrer">
          {payWords.file}
        </a>
      </p>
      <Said trouble={trouble.value} hint={said.value} />
    </section>
  );
}
