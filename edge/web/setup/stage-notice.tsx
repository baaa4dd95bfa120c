import { durationText } from "../../../shared/web/duration.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { drawing } from "./editor.ts";
import {
  backToLive,
  isLooking,
  isLookOld,
  isPaused,
  look,
  lookAge,
  lookNow,
  lookTrouble,
} from "./looking.ts";
import { pictureSize } from "./stage-view.ts";
import { whyNot } from "./told.ts";
import { words } from "./words.ts";

/** What the picture is, how old, and why there is none: where the eye already is. */
export function StageNotice() {
  const [now, trouble] = [look.value, lookTrouble.value];
  return (
    <div class="stage-notice">
      {now !== undefined && <Standing />}
      {trouble !== undefined && (
        <p class="stage-trouble tone-back-warn" role="alert">
          <StateMark tone="warn" />
          <span>
            {now === undefined && <strong>{words.noPicture} </strong>}
            {whyNot(trouble)} {now === undefined && words.noPictureHint}
          </span>
        </p>
      )}
      {now === undefined && trouble === undefined && (
        <p class="stage-line">{words.waitingForPicture}</p>
      )}
      <OtherShape />
    </div>
  );
}

function Standing() {
  const now = look.value;
  if (now === undefined) return null;
  const age = words.taken(durationText(lookAge.value));
  const name =
    now.file === undefined ? (isPaused.value ? words.paused : words.live) : words.testing(now.file);
  const tone = now.file !== undefined || isPaused.value || isLookOld.value ? "warn" : "ok";
  return (
    <p class="stage-line">
      <StateMark tone={tone} />
      <span class="stage-name">{name}</span>
      {now.file === undefined && <span class="stage-age">{age}</span>}
      {isPaused.value ? (
        <button type="button" class="link" onClick={backToLive}>
          {words.backToLive}
        </button>
      ) : (
        <>
          <button
            type="button"
            class="link"
            disabled={isLooking.value}
            onClick={() => void lookNow()}
          >
            {isLooking.value ? words.looking : words.lookNow}
          </button>
          <button type="button" class="link" onClick={() => (isPaused.value = true)}>
            {words.pause}
          </button>
        </>
      )}
    </p>
  );
}

/** A camera that was replaced or set to another format shows other sides. */
function OtherShape() {
  const [seen, drawn] = [look.value?.seen, pictureSize.value];
  if (seen === undefined || (drawing.value?.shapes.length ?? 0) === 0) return null;
  const isAlike = Math.abs(seen.width / seen.height / (drawn.width / drawn.height) - 1) < 0.02;
  if (isAlike) return null;
  return (
    <p class="stage-trouble tone-back-warn">
      <StateMark tone="warn" />
      <span>
        {words.otherShape(`${drawn.width} × ${drawn.height}`, `${seen.width} × ${seen.height}`)}
      </span>
    </p>
  );
}
