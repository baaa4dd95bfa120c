import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { type Tier, tierOf, tiers } from "@gatehouse/shared/contracts/alerts/tiers";
import { useSignal } from "@preact/signals";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { subjectText } from "./alerts/alert-facts.ts";
import { alertPageWords } from "./alerts/alert-page-words.ts";
import { tierTones } from "./alerts/tier-tones.ts";
import { alertText } from "./alert-words.ts";
import { resolveAlert } from "./api.ts";
import { hurry, news } from "./connection.ts";
import { ageText, momentText } from "./format.ts";
import { facilityAddress } from "./frame/address.ts";
import { words } from "./words.ts";

export function AlertList({ detail }: { readonly detail: FacilityDetail }) {
  if (detail.alerts.length === 0) return null;
  return (
    <section>
      <h3>{words.wrong}</h3>
      <ul class="alerts">
        {worstFirst(detail.alerts).map((alert) => (
          <li key={alert.alert_id}>
            <AlertRow alert={alert} detail={detail} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Shown = FacilityDetail["alerts"][number];

const tierOfAlert = ({ alert_type, severity }: Shown): Tier => tierOf(alert_type, severity);

const worstFirst = (alerts: readonly Shown[]): readonly Shown[] =>
  alerts.toSorted((a, b) => tiers.indexOf(tierOfAlert(a)) - tiers.indexOf(tierOfAlert(b)));

/** The edge's own alerts are closed at the edge; those that head office raised are closed here. */
function AlertRow({ alert, detail }: { readonly alert: Shown; readonly detail: FacilityDetail }) {
  const isAsking = useSignal(false);
  const { facility_id, timezone, currency } = detail.summary;
  const tier = tierOfAlert(alert);
  const subject = subjectText(alert, currency);
  const resolve = async (): Promise<void> => {
    isAsking.value = true;
    await resolveAlert(facility_id, alert.alert_id);
    isAsking.value = false;
    hurry();
  };
  return (
    <div class="alert">
      <StateMark tone={tierTones[tier]} />
      <p>
        <a class="plain" href={facilityAddress(facility_id, "alert", { id: alert.alert_id })}>
          <strong>{alertText(alert.alert_type)}</strong>
        </a>
        <span class="alert-about">
          {alertPageWords.tiers[tier]}
          {subject === "" ? "" : ` · ${subject}`}
          {alert.raised_at !== null && (
            <span title={momentText(alert.raised_at, timezone)}>
              {" "}
              · {words.ago(ageText(alert.raised_at, detail.as_of))}
            </span>
          )}
          {alert.source === "head-office" ? ` · ${words.fromOffice}` : ""}
        </span>
      </p>
      {alert.source === "head-office" && (
        <button
          type="button"
          class="button"
          disabled={isAsking.value || news.value !== "live"}
          onClick={() => void resolve()}
        >
          {words.dealtWith}
        </button>
      )}
    </div>
  );
}
