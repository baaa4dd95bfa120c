import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import type { CandidatesData } from "@gatehouse/shared/contracts/plates";
import { Plate } from "../../shared/web/plate.tsx";
import { chooseWords } from "./choose-words.ts";
import { percentText } from "./format.ts";
import { openingLane } from "./opening.ts";
import { hideShown } from "./showing.ts";
import { colourText, ReadPicture } from "./vehicle.tsx";
import { words } from "./words.ts";

/** The vehicle at a lane, as far as anything was seen of it, and the way to let it pass whoever it is. */
export function Standing({
  lane,
  read,
  open,
}: {
  readonly lane: LaneView;
  readonly read: CandidatesData["read"];
  /** What opening by hand is called here. */
  readonly open: string;
}) {
  return (
    <section class="standing">
      <h3>{chooseWords.there}</h3>
      <ReadPicture key={read?.read_id} read={read} />
      {read !== null && (
        <>
          <Plate
            plate={read.corrected_plate}
            raw={read.raw_plate}
            label={words.plateLabel(read.corrected_plate)}
          />
          <p class="vehicle-facts">
            <span>{words.rawRead(read.raw_plate === "" ? "–" : read.raw_plate)}</span>
            <span>{words.sure(percentText(read.confidence))}</span>
            <span>{chooseWords.classes[read.vehicle_class] ?? read.vehicle_class}</span>
            {read.vehicle_colour !== null && <span>{colourText(read.vehicle_colour)}</span>}
          </p>
        </>
      )}
      <p class="quiet">{lane.sentence}</p>
      <button
        type="button"
        class="button"
        onClick={() => {
          hideShown();
          openingLane.value = lane.lane_id;
        }}
      >
        {open}
      </button>
    </section>
  );
}
