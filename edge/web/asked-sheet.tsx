import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { type Signal, useSignal } from "@preact/signals";
import { askedWords } from "./asked-words.ts";
import { ChooseSheet } from "./choose-sheet.tsx";
import { callHelp, chooseAtLane } from "./desk-api.ts";
import { EntryPlateSheet } from "./entry-plate-sheet.tsx";
import { EntryTicketSheet } from "./entry-ticket-sheet.tsx";
import { ExitTicketSheet } from "./exit-ticket-sheet.tsx";
import { laneSignal } from "./model.ts";
import { newRequestId, tellAt } from "./opening.ts";
import { ReasonSheet } from "./reason-sheet.tsx";

type Way = "pick" | "ticket" | "away" | "call";

/** What can be done for the vehicle at a lane that needs somebody: a few ways, each a sheet with its own act. */
export function AskedSheet({ laneId }: { readonly laneId: string }) {
  const lane = laneSignal(laneId)?.value;
  // A reversible lane that is turned meanwhile has other ways.
  return lane === undefined ? null : <Asked key={`${laneId} ${lane.direction}`} lane={lane} />;
}

function Asked({ lane }: { readonly lane: LaneView }) {
  const way = useSignal<Way>("pick");
  const requestId = useSignal(newRequestId());
  const ways = <Ways lane={lane} way={way} />;
  const isEntry = lane.direction === "entry";
  const at = lane.lane_id;
  switch (way.value) {
    case "pick":
      return isEntry ? (
        <EntryPlateSheet lane={lane} ways={ways} />
      ) : (
        <ChooseSheet lane={lane} ways={ways} />
      );
    case "ticket":
      return isEntry ? (
        <EntryTicketSheet lane={lane} ways={ways} />
      ) : (
        <ExitTicketSheet lane={lane} ways={ways} />
      );
    case "away":
      return (
        <ReasonSheet
          id="away-title"
          title={askedWords.awayTitle(lane.name)}
          text={askedWords.awayText}
          usual={askedWords.awayReasons}
          ways={ways}
          act={askedWords.away}
          send={(reason) => chooseAtLane(at, { request_id: requestId.value, turn_away: reason })}
          done={(sentence) => tellAt(at, sentence)}
        />
      );
    case "call":
      return (
        <ReasonSheet
          id="call-title"
          title={askedWords.callTitle(lane.name)}
          text={askedWords.callText}
          usual={askedWords.callReasons}
          ways={ways}
          act={askedWords.call}
          send={(reason) => callHelp(at, { reason })}
          done={(sentence) => tellAt(at, sentence)}
        />
      );
  }
}

const waysOf = ({ direction, tickets }: LaneView): readonly Way[] =>
  direction === "exit"
    ? ["pick", "ticket", "call"]
    : ["pick", ...(tickets.includes("print") ? ["ticket" as const] : []), "away", "call"];

function Ways({ lane, way }: { readonly lane: LaneView; readonly way: Signal<Way> }) {
  return (
    <fieldset class="ways" aria-label={askedWords.chooseWay}>
      {waysOf(lane).map((each) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={way.value === each}
          onClick={() => (way.value = each)}
        >
          {askedWords.ways[lane.direction][each]}
        </button>
      ))}
    </fieldset>
  );
}
