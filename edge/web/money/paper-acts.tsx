import type { DocumentView } from "@gatehouse/shared/contracts/documents";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { newRequestId } from "../opening.ts";
import { Said } from "../sheet.tsx";
import { troubleOf } from "../told.ts";
import { askPapers, pdfOf, printPaper } from "./paper-api.ts";
import { payWords } from "./pay-words.ts";
import { QrPicture } from "../../../shared/web/qr-picture.tsx";

/** The papers of one payment: each can be printed, shown as a code, and opened as a file. */
export function PapersOf({ paymentId }: { readonly paymentId: string }) {
  const papers = useSignal<readonly DocumentView[] | undefined>(undefined);
  useEffect(() => {
    void askPapers(paymentId).then((told) => {
      papers.value = told.kind === "ok" ? told.value.documents : [];
    });
  }, [paymentId]);
  if (papers.value?.length === 0) return <p class="quiet">{payWords.noReceipt}</p>;
  return (
    <>
      {(papers.value ?? []).map((paper) => (
        <PaperActs key={paper.document_id} paper={paper} name={payWords.receipt(paper.number)} />
      ))}
    </>
  );
}

/** What can be done with one paper. */
export function PaperActs({
  paper,
  name,
}: {
  /** Without `url` it is for people of the facility alone. */
  readonly paper: Pick<DocumentView, "document_id"> & Partial<Pick<DocumentView, "url">>;
  readonly name: string;
}) {
  const [said, trouble] = [useSignal(""), useSignal("")];
  const requestId = useSignal(newRequestId());
  const isPrinting = useSignal(false);
  const isShown = useSignal(false);
  const print = async (): Promise<void> => {
    isPrinting.value = true;
    const told = await printPaper(paper.document_id, { request_id: requestId.value });
    isPrinting.value = false;
    trouble.value = troubleOf(told);
    if (told.kind !== "unreachable") requestId.value = newRequestId();
    if (told.kind === "ok") said.value = told.value.sentence;
  };
  return (
    <section class="paper">
      <h3>{name}</h3>
      <p class="chips">
        <button
          type="button"
          class="button"
          disabled={isPrinting.value}
          onClick={() => void print()}
        >
          {said.value === "" ? payWords.print : payWords.printAgain}
        </button>
        {paper.url !== undefined && (
          <button
            type="button"
            class="button"
            aria-pressed={isShown.value}
            onClick={() => (isShown.value = !isShown.value)}
          >
            {payWords.code}
          </button>
        )}
        <a class="button" href={pdfOf(paper.document_id)} target="_blank" rel="noreferrer">
          {payWords.file}
        </a>
      </p>
      {isShown.value && paper.url !== undefined && <Code url={paper.url} />}
      <Said trouble={trouble.value} hint={said.value} />
    </section>
  );
}

function Code({ url }: { readonly url: string | null }) {
  if (url === null) return <p class="quiet">{payWords.noAddress}</p>;
  return (
    <figure class="qr-figure">
      <QrPicture text={url} label={payWords.codeText} />
      <figcaption>{payWords.codeText}</figcaption>
    </figure>
  );
}
