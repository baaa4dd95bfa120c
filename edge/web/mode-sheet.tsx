import type { LaneMode } from "@gatehouse/shared/contracts/lanes";
import { setFacilityMode } from "./desk-api.ts";
import { laneWords } from "./lane-words.ts";
import { ReasonSheet } from "./reason-sheet.tsx";

/** The whole facility opens or closes: what it means, and why it is done. */
export function ModeSheet({ mode }: { readonly mode: LaneMode }) {
  return (
    <ReasonSheet
      id="mode-title"
      title={laneWords.makeFacility(laneWords.modes[mode])}
      text={laneWords.modeMeans[mode]}
      usual={laneWords.reasons}
      act={laneWords.setMode(laneWords.modes[mode])}
      send={(reason) => setFacilityMode({ mode, reason })}
    />
  );
}
