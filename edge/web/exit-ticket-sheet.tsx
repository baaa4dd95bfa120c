import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { askedWords } from "./asked-words.ts";
import { news } from "./connection.ts";
import { loseTicket, takeTicket } from "./desk-api.ts";
import { newRequestId, tellAt } from "./opening.ts";
import { ReasonField } from "./reason-field.tsx";
import { momentOf } from "./field-times.ts";
import { Field, Kind } from "./rights-fields.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";

const kinds = ["number", "lost"] as const;

/** A driver at an exit whose ticket cannot be scanned, or is gone. */
export function ExitTicketSheet({
  lane,
  ways,
}: {
  readonly lane: LaneView;
  readonly ways: ComponentChildren;
}) {
  const takes = lane.tickets.includes("take");
  const kind = useSignal<(typeof kinds)[number]>(takes ? "number" : "lost");
  const [number, reason] = [useSignal(""), useSignal("")];
  const [plate, since] = [useSignal(""), useSignal("")];
  const requestId = useSignal(newRequestId());
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const isLost = kind.value === "lost";
  const ask = () =>
    isLost
      ? loseTicket(lane.lane_id, {
          request_id: requestId.value,
          reason: reason.value.trim(),
          ...(plate.value.trim() === "" ? {} : { plate: plate.value.trim() }),
          ...(since.value === "" ? {} : { entered_at: momentOf(since.value) }),
        })
      : takeTicket(lane.lane_id, { request_id: requestId.value, number: number.value.trim() });
  const press = async (): Promise<void> => {
    isAsking.value = true;
    const told = await ask();
    isAsking.value = false;
    trouble.value = troubleOf(told);
    if (told.kind === "refused") requestId.value = newRequestId();
    if (told.kind !== "ok") return;
    tellAt(lane.lane_id, told.value.sentence);
    hideShown();
  };
  const isWhole = (isLost ? reason : number).value.trim() !== "";
  const missing = isLost ? askedWords.whyNeeded : askedWords.numberNeeded;
  const act = isLost ? askedWords.lost : askedWords.check;
  return (
    <Sheet
      id="ticket-title"
      title={askedWords.ticketTitle(lane.name)}
      isWide
      isBusy={isAsking.value}
      submit={{
        text: isAsking.value ? askedWords.askingLane : act,
        isPossible: isWhole && news.value === "live",
        press: () => void press(),
      }}
      onClose={hideShown}
    >
      {ways}
      {takes ? (
        <Kind name="have" kinds={kinds} value={kind} texts={askedWords.have} />
      ) : (
        <p class="quiet">{askedWords.noTickets}</p>
      )}
      {isLost ? (
        <div class="right-form">
          <Field label={askedWords.lostPlate} value={plate} max={20} />
          <Field type="datetime-local" label={askedWords.lostSince} value={since} />
          <ReasonField reason={reason} usual={askedWords.lostReasons} />
        </div>
      ) : (
        <Field label={askedWords.number} value={number} max={20} />
      )}
      <Said trouble={trouble.value} hint={isWhole && isLost ? askedWords.lostHint : missing} />
    </Sheet>
  );
}
