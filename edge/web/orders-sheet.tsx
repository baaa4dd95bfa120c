import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { useSignal, type Signal } from "@preact/signals";
import { news } from "./connection.ts";
import { useDigits } from "./digits.ts";
import { type LaneAct, laneActs } from "./lane-acts.ts";
import { laneLook } from "./lane-look.ts";
import { laneWords } from "./lane-words.ts";
import { laneSignal } from "./model.ts";
import { tellAt } from "./opening.ts";
import { ReasonField } from "./reason-field.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";

/** Everything a lane can be told besides to open once: hold open, close, lock, turn, and who may come in. */
export function OrdersSheet({ laneId }: { readonly laneId: string }) {
  const lane = laneSignal(laneId)?.value;
  return lane === undefined ? null : <Orders lane={lane} />;
}

function Orders({ lane }: { readonly lane: LaneView }) {
  const chosen = useSignal<string | undefined>(undefined);
  const reason = useSignal("");
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const acts = laneActs(lane);
  const act = acts.find(({ id, isNow }) => id === chosen.value && !isNow);
  useDigits("act");

  const press = async (): Promise<void> => {
    if (act === undefined) return;
    isAsking.value = true;
    const told = await act.tell(reason.value.trim());
    isAsking.value = false;
    trouble.value = troubleOf(told);
    if (told.kind !== "ok") return;
    tellAt(lane.lane_id, told.value.sentence);
    hideShown();
  };
  const isWhy = reason.value.trim() !== "";
  return (
    <Sheet
      id="orders-title"
      title={laneWords.title(lane.name)}
      beside={<p class="quiet">{laneLook(lane).word}</p>}
      isBusy={isAsking.value}
      submit={{
        text: isAsking.value ? laneWords.setting : (act && actText(act)) || laneWords.chooseFirst,
        isPossible: act !== undefined && isWhy && news.value === "live",
        press: () => void press(),
      }}
      onClose={hideShown}
    >
      <Acts title={laneWords.barrier} group="barrier" acts={acts} chosen={chosen} />
      <Acts title={laneWords.mode} group="mode" acts={acts} chosen={chosen} />
      <ReasonField reason={reason} />
      <Said
        trouble={trouble.value}
        hint={act === undefined ? laneWords.chooseFirst : isWhy ? "\u00A0" : laneWords.sayWhy}
      />
    </Sheet>
  );
}

const actText = ({ group, text }: LaneAct): string =>
  group === "mode" ? laneWords.setMode(text) : text;

function Acts({
  title,
  group,
  acts,
  chosen,
}: {
  readonly title: string;
  readonly group: LaneAct["group"];
  readonly acts: readonly LaneAct[];
  readonly chosen: Signal<string | undefined>;
}) {
  if (!acts.some((act) => act.group === group)) return null;
  return (
    <fieldset class="acts-choice">
      <legend>{title}</legend>
      {acts.map(
        (act, index) =>
          act.group === group && (
            <label key={act.id} class="choice">
              <input
                type="radio"
                name="act"
                value={act.id}
                disabled={act.isNow}
                checked={chosen.value === act.id}
                onChange={() => (chosen.value = act.id)}
              />
              <span>
                {act.text} {act.isNow ? <small>{laneWords.isNow}</small> : <kbd>{index + 1}</kbd>}
              </span>
            </label>
          ),
      )}
    </fieldset>
  );
}
