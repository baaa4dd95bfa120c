import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { askedWords } from "./asked-words.ts";
import { news } from "./connection.ts";
import { issueTicket, reprintTicket } from "./desk-api.ts";
import { newRequestId, tellAt } from "./opening.ts";
import { Field } from "./rights-fields.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";

/** A ticket for the vehicle that wants in, or the same ticket on a new paper. */
export function EntryTicketSheet({
  lane,
  ways,
}: {
  readonly lane: LaneView;
  readonly ways: ComponentChildren;
}) {
  const requestId = useSignal(newRequestId());
  const number = useSignal("");
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const press = async (act: typeof reprintTicket): Promise<void> => {
    isAsking.value = true;
    const request = { request_id: requestId.value, number: number.value.trim() };
    const told = await act(lane.lane_id, request);
    isAsking.value = false;
    trouble.value = troubleOf(told);
    if (told.kind === "ok" || told.kind === "refused") requestId.value = newRequestId();
    if (told.kind !== "ok") return;
    tellAt(lane.lane_id, told.value.sentence);
    hideShown();
  };
  const isLive = news.value === "live";
  return (
    <Sheet
      id="ticket-title"
      title={askedWords.ticketTitle(lane.name)}
      isWide
      isBusy={isAsking.value}
      submit={{
        text: isAsking.value ? askedWords.printing : askedWords.issue,
        isPossible: isLive,
        press: () => void press((laneId, { request_id }) => issueTicket(laneId, { request_id })),
      }}
      onClose={hideShown}
    >
      {ways}
      <p>{askedWords.issueHint}</p>
      <section class="ticket-again">
        <h3>{askedWords.printAgain}</h3>
        <Field label={askedWords.number} value={number} max={20} />
        <button
          type="button"
          class="button act"
          disabled={isAsking.value || !isLive || number.value.trim() === ""}
          onClick={() => void press(reprintTicket)}
        >
          {askedWords.reprint}
        </button>
      </section>
      <Said trouble={trouble.value} />
    </Sheet>
  );
}
