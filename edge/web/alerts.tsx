import type { AlertView } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import { StateMark, type Tone } from "../../shared/web/state-mark.tsx";
import { acknowledgeAlert, resolveAlert } from "./api.ts";
import { news } from "./connection.ts";
import { ageOf } from "./facility-time.ts";
import { durationText } from "../../shared/web/duration.ts";
import { momentText } from "./format.ts";
import { alerts, facility } from "./model.ts";
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
  const open = alerts.value;
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
  const isAsking = useSignal(false);
  const refusal = useSignal("");
  const tone = tones[alert.severity];
  const press = async (act: typeof resolveAlert): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const answer = await act(alert.alert_id);
    isAsking.value = false;
    if (answer.kind === "refused") refusal.value = answer.problem.title;
    else refusal.value = answer.kind === "ok" ? "" : words.offline;
  };
  return (
    <li class={`alert tone-back-${tone}`}>
      <StateMark tone={tone} />
      <p>
        <strong>{words.severity[alert.severity]}</strong> {alert.sentence}
        {alert.acknowledged_by !== undefined && ` ${words.acknowledgedBy(alert.acknowledged_by)}`}
        {refusal.value !== "" && (
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
        {alert.acknowledged_by === undefined && (
          <button
            type="button"
            class="button"
            disabled={isAsking.value || news.value !== "live"}
            onClick={() => void press(acknowledgeAlert)}
          >
            {words.acknowledge}
          </button>
        )}
        <button
          type="button"
          class="button"
          disabled={isAsking.value || news.value !== "live"}
          onClick={() => void press(resolveAlert)}
        >
          {words.resolve}
        </button>
      </div>
    </li>
  );
}
