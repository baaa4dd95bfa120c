import type { LaneMode } from "@gatehouse/shared/contracts/lanes";
import { useSignal } from "@preact/signals";
import { news } from "./connection.ts";
import { setFacilityMode } from "./desk-api.ts";
import { laneWords } from "./lane-words.ts";
import { ReasonField } from "./reason-field.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";

/** The whole facility opens or closes: what it means, and why it is done. */
export function ModeSheet({ mode }: { readonly mode: LaneMode }) {
  const reason = useSignal("");
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const press = async (): Promise<void> => {
    isAsking.value = true;
    const told = await setFacilityMode({ mode, reason: reason.value.trim() });
    isAsking.value = false;
    trouble.value = troubleOf(told);
    if (told.kind === "ok") hideShown();
  };
  const isWhy = reason.value.trim() !== "";
  return (
    <Sheet
      id="mode-title"
      title={laneWords.makeFacility(laneWords.modes[mode])}
      isBusy={isAsking.value}
      submit={{
        text: laneWords.setMode(laneWords.modes[mode]),
        isPossible: isWhy && news.value === "live",
        press: () => void press(),
      }}
      onClose={hideShown}
    >
      <p>{laneWords.modeMeans[mode]}</p>
      <ReasonField reason={reason} />
      <Said trouble={trouble.value} hint={isWhy ? "\u00A0" : laneWords.sayWhy} />
    </Sheet>
  );
}
