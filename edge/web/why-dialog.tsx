import type { WhyAnswer } from "@gatehouse/shared/contracts/kiosk";
import { signal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { askWhy } from "./api.ts";
import { momentText } from "./format.ts";
import { facility } from "./model.ts";
import { words } from "./words.ts";

/** The session whose story is being read. */
export const whyId = signal<string | undefined>(undefined);

/** What led to a session, line by line from the ledger. */
export function WhyDialog() {
  const id = whyId.value;
  return id === undefined ? null : <Story key={id} id={id} />;
}

function Story({ id }: { readonly id: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const told = useSignal<Told<WhyAnswer> | undefined>(undefined);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    void askWhy(id).then((answer) => (told.value = answer));
  }, []);
  const close = (): void => void (whyId.value = undefined);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="why-title" onCancel={close} onClose={close}>
      <header>
        <h2 id="why-title">{words.whyTitle}</h2>
      </header>
      <Lines told={told.value} />
      <footer>
        <button type="button" class="button act primary" onClick={close}>
          <span>{words.close}</span>
          <kbd>Esc</kbd>
        </button>
      </footer>
    </dialog>
  );
}

function Lines({ told }: { readonly told: Told<WhyAnswer> | undefined }) {
  if (told === undefined) return <p class="skeleton skeleton-story" />;
  if (told.kind === "refused") {
    const isUnknown = told.problem.status === 404;
    return <p>{isUnknown ? words.whyNothing : told.problem.title}</p>;
  }
  if (told.kind !== "ok") return <p>{told.kind === "broken" ? words.broken : words.offline}</p>;
  const zone = facility.value?.timezone ?? "UTC";
  return (
    <>
      <p class="story-sentence">{told.value.sentence}</p>
      <ol class="story">
        {told.value.lines.map(({ seq, at, sentence, type }) => (
          <li key={seq} title={`${seq} ${type}`}>
            <time dateTime={at}>{momentText(Date.parse(at), zone)}</time>
            <span>{sentence}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
