import type { DocumentView } from "@gatehouse/shared/contracts/documents";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { news } from "../connection.ts";
import { Field } from "../rights-fields.tsx";
import { Said } from "../sheet.tsx";
import { PaperActs } from "./paper-acts.tsx";
import { askPapersOfStay, writeInvoice } from "./paper-api.ts";
import { payWords } from "./pay-words.ts";
import { usePressing } from "./pressing.ts";

/** The invoices of a stay, and one more for who asks for it with name and address. */
export function InvoicePart({ sessionId }: { readonly sessionId: string }) {
  const invoices = useSignal<readonly DocumentView[]>([]);
  const isOpen = useSignal(false);
  const look = async (): Promise<void> => {
    const told = await askPapersOfStay(sessionId);
    if (told.kind === "ok")
      invoices.value = told.value.documents.filter(({ kind }) => kind === "invoice");
  };
  useEffect(() => void look(), [sessionId]);
  return (
    <>
      {invoices.value.map((invoice) => (
        <PaperActs
          key={invoice.document_id}
          paper={invoice}
          name={payWords.invoice(invoice.number)}
        />
      ))}
      {isOpen.value ? (
        <InvoiceForm
          sessionId={sessionId}
          done={() => {
            isOpen.value = false;
            void look();
          }}
        />
      ) : (
        <button type="button" class="button" onClick={() => (isOpen.value = true)}>
          {payWords.wantInvoice}
        </button>
      )}
    </>
  );
}

/** Who it is for; the same customer again gets the same invoice. */
function InvoiceForm(props: { readonly sessionId: string; readonly done: () => void }) {
  const { sessionId, done } = props;
  const [name, street, town] = [useSignal(""), useSignal(""), useSignal("")];
  const { isAsking, trouble, press } = usePressing();
  const isWhole = [name, street, town].every(({ value }) => value.trim() !== "");
  const send = (): void =>
    void press(
      () =>
        writeInvoice({
          session_id: sessionId,
          name: name.value.trim(),
          address: `${street.value.trim()}\n${town.value.trim()}`,
        }),
      done,
    );
  return (
    <section class="paper">
      <h3>{payWords.wantInvoice}</h3>
      <Field label={payWords.customer} value={name} max={200} />
      <Field label={payWords.street} value={street} max={200} />
      <Field label={payWords.town} value={town} max={199} />
      <button
        type="button"
        class="button"
        disabled={!isWhole || isAsking.value || news.value !== "live"}
        onClick={send}
      >
        {payWords.writeInvoice}
      </button>
      <Said trouble={trouble.value} hint={payWords.invoiceText} />
    </section>
  );
}
