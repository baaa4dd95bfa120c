import type { AlertView } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import { StateMark, type Tone } from "../../shared/web/state-mark.tsx";
import { AlertButton, useAlertPress } from "./alert-press.tsx";
import { acknowledgeAlert, resolveAlert } from "./api.ts";
import { asksWho, isHelpCall, isReview, whyAsked } from "./asking.ts";
import { chooseWords } from "./choose-words.ts";
import { ageOf } from "./facility-time.ts";
import { durationText } from "../../shared/web/duration.ts";
import { momentText } from "./format.ts";
import { alerts, facility, laneSignal } from "./model.ts";
import { pressLane } from "./press-lane.ts";
import { shown as shownSheet } from "./showing.ts";
import { words } from "./words.ts";

/** More would push the lanes off the screen. */
const shownAtFirst = 4;

const tones: Readonly<Record<AlertView["severity"], Tone>> = {
  critical: "bad",
  warning: "warn",
  info: "calm",
};

/** What is wrong, worst first. Nothing at all when nothing is. */
export function Alerts() {
  const isWhole = useSignal(false);
  // Drivers who call stand above all this, by themselves.
  const open = alerts.value.filter((alert) => !isHelpCall(alert));
  if (open.length === 0) return null;
  const shown = isWhole.value ? open : open.slice(0, shownAtFirst);
  const hidden = open.length - shownAtFirst;
  return (
    <section class="alerts" aria-label={words.alerts}>
      <ul>
        {shown.map((alert) => (
          <Alert key={alert.alert_id} alert={alert} />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" class="button" onClick={() => (isWhole.value = !isWhole.value)}>
          {isWhole.value ? words.fewerAlerts : words.moreAlerts(hidden)}
        </button>
      )}
    </section>
  );
}

function Alert({ alert }: { readonly alert: AlertView }) {
  const { press, isAsking, refusal } = useAlertPress(alert);
  const tone = tones[alert.severity];
  const lane = laneSignal(alert.subject)?.value;
  const asked =
    alert.alert_type === "attendant-needed" && lane !== undefined && asksWho(lane)
      ? lane
      : undefined;
  return (
    <li class={`alert tone-back-${tone}`}>
      <StateMark tone={tone} />
      <p>
        <strong>{words.severity[alert.severity]}</strong> {textOf(alert)}
        {alert.acknowledged_by !== undefined && ` ${words.acknowledgedBy(alert.acknowledged_by)}`}
        {refusal !== "" && (
          <span class="refusal tone-bad" role="alert">
            {" "}
            {refusal}
          </span>
        )}
      </p>
      <time
        class="age"
        dateTime={alert.at}
        title={momentText(Date.parse(alert.at), facility.value?.timezone ?? "UTC")}
      >
        {durationText(ageOf(alert.at))}
      </time>
      <div class="acts">
        {asked !== undefined && (
          <AlertButton isPrimary isAsking={isAsking} onClick={() => pressLane(asked.lane_id)}>
            {chooseWords.choose(asked.name)}
          </AlertButton>
        )}
        {alert.acknowledged_by === undefined && (
          <AlertButton isAsking={isAsking} onClick={() => press(acknowledgeAlert)}>
            {words.acknowledge}
          </AlertButton>
        )}
        {isReview(alert) ? (
          <AlertButton isAsking={isAsking} onClick={() => (shownSheet.value = { kind: "reviews" })}>
            {chooseWords.compare}
          </AlertButton>
        ) : (
          <AlertButton isAsking={isAsking} onClick={() => press(resolveAlert)}>
            {words.resolve}
          </AlertButton>
        )}
      </div>
    </li>
  );
}

/** A pair to compare is named by an id that tells nobody anything. */
const textOf = (alert: AlertView): string =>
  (isReview(alert) ? chooseWords.kinds[alert.alert_type] : undefined) ??
  `${alert.sentence} ${whyAsked(alert)}`.trim();
