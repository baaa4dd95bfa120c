import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import type { NamedPlate } from "@gatehouse/shared/contracts/plates";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Plate } from "../../shared/web/plate.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { askedWords } from "./asked-words.ts";
import { chooseWords } from "./choose-words.ts";
import { news } from "./connection.ts";
import { useDigits } from "./digits.ts";
import { EntrySaying, type LikelyPlate } from "./entry-saying.ts";
import { ReasonField } from "./reason-field.tsx";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { Standing } from "./standing.tsx";
import { troubleOf } from "./told.ts";
import { ReadPicture } from "./vehicle.tsx";
import { words } from "./words.ts";

/** Whose vehicle wants in: what was seen of it beside the plates that it may have, and a line for any other. */
export function EntryPlateSheet({
  lane,
  ways,
}: {
  readonly lane: LaneView;
  readonly ways: ComponentChildren;
}) {
  const saying = useMemo(() => new EntrySaying(lane.lane_id), []);
  const seen = `${lane.last_read?.at} ${lane.state}`;
  // Another vehicle, or another read of this one: other plates may be likely now.
  useEffect(() => void saying.look(), [seen]);
  useDigits("likely");
  const { plate, reason, isAsking, trouble } = saying;
  const told = saying.told.value;
  const isWhole = plate.value.trim() !== "" && reason.value.trim() !== "";
  return (
    <Sheet
      id="entry-title"
      title={askedWords.entryTitle(lane.name)}
      isWide
      isBusy={isAsking.value}
      submit={{
        text: isAsking.value
          ? askedWords.askingLane
          : askedWords.letIn(plate.value.trim().toUpperCase() || "…"),
        isPossible: isWhole && news.value === "live",
        press: () => void saying.press(),
      }}
      onClose={hideShown}
    >
      {ways}
      <div class="choose">
        <Standing
          lane={lane}
          read={told?.kind === "ok" ? told.value.read : null}
          open={askedWords.asItIs}
        />
        <section class="inside-list">
          <h3>{askedWords.named}</h3>
          <Likely saying={saying} />
          <label class="note">
            <span>{askedWords.otherPlate}</span>
            <input
              type="text"
              maxLength={20}
              autocomplete="off"
              value={plate}
              onInput={(event) => saying.write(event.currentTarget.value)}
            />
          </label>
          <ReasonField reason={reason} usual={askedWords.whyPlate} />
        </section>
      </div>
      <Said trouble={trouble.value || troubleOf(told)} hint={askedWords.plateHint} />
    </Sheet>
  );
}

function Likely({ saying }: { readonly saying: EntrySaying }) {
  const { likely, plate, told } = saying;
  if (told.value === undefined)
    return <p class="skeleton skeleton-story" aria-label={chooseWords.loading} />;
  if (likely.length === 0) return <p class="empty">{askedWords.nobodyLike}</p>;
  return (
    <div class="candidates" role="radiogroup" aria-label={askedWords.named}>
      {likely.map((each, index) => (
        <label key={each.plate} class="choice candidate">
          <input
            type="radio"
            name="likely"
            value={each.plate}
            checked={plate.value === each.plate}
            onChange={() => saying.pick(each.plate)}
          />
          <span>
            <One likely={each} />
            {index < 9 && <kbd>{index + 1}</kbd>}
          </span>
        </label>
      ))}
    </div>
  );
}

function One({ likely: { plate, named, inside } }: { readonly likely: LikelyPlate }) {
  return (
    <>
      {inside !== undefined && (
        <ReadPicture key={inside.entry_read?.read_id} read={inside.entry_read} />
      )}
      <Plate plate={plate} raw={plate} label={words.plateLabel(plate)} />
      {named.map((each) => (
        <Named key={`${each.kind} ${each.name}`} named={each} />
      ))}
      {inside !== undefined && <span class="vehicle-facts">{askedWords.insideToo}</span>}
    </>
  );
}

function Named({ named: { kind, name } }: { readonly named: NamedPlate }) {
  return (
    <span class="vehicle-facts">
      <span>
        {kind === "deny-list" && <StateMark tone="bad" />} {askedWords.kinds[kind]}
      </span>
      {name !== null && <span>{name}</span>}
    </span>
  );
}
