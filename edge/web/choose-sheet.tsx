import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { chooseWords } from "./choose-words.ts";
import { Choosing } from "./choosing.ts";
import { news } from "./connection.ts";
import { CorrectPlate } from "./correct-plate.tsx";
import { useDigits } from "./digits.ts";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { Standing } from "./standing.tsx";
import { troubleOf } from "./told.ts";
import { Vehicle } from "./vehicle.tsx";

/** Whose vehicle stands at an exit: what was seen of it beside the pictures of those who are inside. */
export function ChooseSheet({
  lane,
  ways,
}: {
  readonly lane: LaneView;
  readonly ways: ComponentChildren;
}) {
  const choosing = useMemo(() => new Choosing(lane.lane_id), []);
  const seen = `${lane.last_read?.at} ${lane.session_id}`;
  // Another vehicle, or another read of this one: others may be likely now.
  useEffect(() => void choosing.look(), [seen]);
  useDigits("candidate");
  const { candidate, isCorrecting, truePlate, reason, isAsking } = choosing;
  const told = choosing.told.value;
  const plate = candidate?.plate ?? chooseWords.noPlate;
  const isCorrectable = truePlate.value.trim() !== "" && reason.value.trim() !== "";
  return (
    <Sheet
      id="choose-title"
      title={chooseWords.title(lane.name)}
      isWide
      isBusy={isAsking.value}
      submit={{
        text: isAsking.value
          ? chooseWords.taking
          : isCorrecting.value
            ? chooseWords.correct(truePlate.value.toUpperCase())
            : chooseWords.take(candidate === undefined ? "…" : plate),
        isPossible:
          candidate !== undefined &&
          news.value === "live" &&
          (!isCorrecting.value || isCorrectable),
        press: () => void choosing.press(),
      }}
      onClose={hideShown}
    >
      {ways}
      <div class="choose">
        <Standing
          lane={lane}
          read={told?.kind === "ok" ? told.value.read : null}
          open={chooseWords.openByHand}
        />
        <Inside choosing={choosing} />
      </div>
      {candidate !== undefined && <CorrectPlate choosing={choosing} />}
      <Said trouble={choosing.trouble.value || troubleOf(told)} hint={chooseWords.takeHint} />
    </Sheet>
  );
}

function Inside({ choosing }: { readonly choosing: Choosing }) {
  const { part, found, candidates, chosen, told } = choosing;
  const isLooking = told.value === undefined && found.value === undefined;
  return (
    <section class="inside-list">
      <label class="note">
        <span>{chooseWords.search}</span>
        <input
          type="search"
          maxLength={20}
          value={part}
          onInput={(event) => void choosing.search(event.currentTarget.value)}
        />
      </label>
      <h3>
        {found.value === undefined ? chooseWords.inside : chooseWords.found(part.value.trim())}
      </h3>
      {isLooking && <p class="skeleton skeleton-story" aria-label={chooseWords.loading} />}
      {!isLooking && candidates.length === 0 && (
        <p class="empty">
          {found.value === undefined ? chooseWords.nobody : chooseWords.nothingFound}
        </p>
      )}
      <div class="candidates" role="radiogroup" aria-label={chooseWords.inside}>
        {candidates.map((each, index) => (
          <label key={each.session_id} class="choice candidate">
            <input
              type="radio"
              name="candidate"
              value={each.session_id}
              checked={chosen.value === each.session_id}
              onChange={() => choosing.pick(each.session_id)}
            />
            <span>
              <Vehicle session={each} odd={each} />
              {index < 9 && <kbd>{index + 1}</kbd>}
            </span>
          </label>
        ))}
      </div>
      {found.value?.hasMore === true && <p class="quiet">{chooseWords.hasMore}</p>}
    </section>
  );
}
