import type { AlertView } from "@gatehouse/shared/contracts/kiosk";
import { durationText } from "../../shared/web/duration.ts";
import { Plate } from "../../shared/web/plate.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { acknowledgeAlert, resolveAlert } from "./api.ts";
import { AlertButton, useAlertPress } from "./alert-press.tsx";
import { isHelpCall, whyAsked } from "./asking.ts";
import { askedWords } from "./asked-words.ts";
import { chooseWords } from "./choose-words.ts";
import { ageOf } from "./facility-time.ts";
import { alerts, laneSignal } from "./model.ts";
import { openingLane } from "./opening.ts";
import { shown } from "./showing.ts";
import { whyId } from "./why-dialog.tsx";
import { words } from "./words.ts";

/** Drivers who call, the longest waiting first, each with what is known of them. Nothing when nobody calls. */
export function HelpCalls() {
  const calls = alerts.value
    .filter(isHelpCall)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (calls.length === 0) return null;
  return (
    <ul class="help-calls" role="alert">
      {calls.map((call) => (
        <HelpCall key={call.alert_id} call={call} />
      ))}
    </ul>
  );
}

function HelpCall({ call }: { readonly call: AlertView }) {
  const { press, isAsking, refusal } = useAlertPress(call);
  const lane = laneSignal(call.subject)?.value;
  const { plate, session_id: sessionId, called_by: caller, note } = call.details ?? {};
  const name = lane?.name ?? call.subject;
  return (
    <li class={`help-call${call.acknowledged_by === undefined ? " unanswered" : ""}`}>
      <h2>
        <StateMark tone="bad" /> {chooseWords.help(name)}{" "}
        <span class="age">{durationText(ageOf(call.at))}</span>
      </h2>
      {plate !== undefined && <Plate plate={plate} raw={plate} label={words.plateLabel(plate)} />}
      <p>
        {caller !== undefined && (
          <strong>
            {askedWords.calledBy(caller)} {note}.{" "}
          </strong>
        )}
        {whyAsked(call) || lane?.sentence}
        {call.acknowledged_by !== undefined && ` ${words.acknowledgedBy(call.acknowledged_by)}`}
        {refusal !== "" && <span class="tone-bad"> {refusal}</span>}
      </p>
      <div class="acts">
        {call.acknowledged_by === undefined && (
          <AlertButton isPrimary isAsking={isAsking} onClick={() => press(acknowledgeAlert)}>
            {chooseWords.answer}
          </AlertButton>
        )}
        {lane !== undefined && (
          <AlertButton
            isAsking={isAsking}
            onClick={() => (shown.value = { kind: "asked", laneId: lane.lane_id })}
          >
            {chooseWords.choose(name)}
          </AlertButton>
        )}
        {lane !== undefined && (
          <AlertButton isAsking={isAsking} onClick={() => (openingLane.value = lane.lane_id)}>
            {words.open(name)}
          </AlertButton>
        )}
        {sessionId !== undefined && (
          <AlertButton isAsking={isAsking} onClick={() => (whyId.value = sessionId)}>
            {chooseWords.why}
          </AlertButton>
        )}
        <AlertButton isAsking={isAsking} onClick={() => press(resolveAlert)}>
          {chooseWords.done}
        </AlertButton>
      </div>
    </li>
  );
}
