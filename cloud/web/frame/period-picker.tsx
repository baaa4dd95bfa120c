import { reportDaysMax } from "@gatehouse/shared/contracts/reports/asked";
import { useSignal } from "@preact/signals";
import { countText, dayText } from "../format.ts";
import { askPage } from "./address.ts";
import { frameWords as words } from "./frame-words.ts";
import { type ChosenPeriod, daysWrong, type PeriodName, periodNames } from "./period.ts";

/** Chooses the days of a report; the choice stands in the address, and a relative one stays relative when it is sent. */
export function PeriodPicker({
  period,
  offered = periodNames,
}: {
  readonly period: ChosenPeriod;
  /** Where a report takes only some. */
  readonly offered?: readonly PeriodName[];
}) {
  const isOpen = useSignal(period.name === "custom");
  const choose = (name: PeriodName): void => {
    if (name === "custom") isOpen.value = !isOpen.value;
    else {
      isOpen.value = false;
      askPage({ period: name, from: undefined, to: undefined, cursor: undefined });
    }
  };
  return (
    <fieldset class="period" aria-label={words.period}>
      <div class="choices">
        {offered.map((name) => (
          <button
            type="button"
            key={name}
            class="choice"
            aria-pressed={period.name === name}
            {...(name === "custom" ? { "aria-expanded": isOpen.value } : {})}
            onClick={() => choose(name)}
          >
            {words.periodName[name]}
          </button>
        ))}
      </div>
      <span class="quiet">{words.days(dayText(period.from), dayText(period.to))}</span>
      {isOpen.value && <OwnDays period={period} />}
    </fieldset>
  );
}

function OwnDays({ period }: { readonly period: ChosenPeriod }) {
  const from = useSignal(period.from);
  const to = useSignal(period.to);
  const wrong = daysWrong(from.value, to.value);
  return (
    <form
      class="own-days"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong === undefined)
          askPage({ period: undefined, from: from.value, to: to.value, cursor: undefined });
      }}
    >
      <label>
        {words.from}
        <input
          type="date"
          required
          value={from}
          onInput={(event) => (from.value = event.currentTarget.value)}
        />
      </label>
      <label>
        {words.to}
        <input
          type="date"
          required
          value={to}
          onInput={(event) => (to.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button" disabled={wrong !== undefined}>
        {words.showDays}
      </button>
      {wrong !== undefined && (
        <p class="tone-bad" role="alert">
          {wrong === "backwards" ? words.daysWrong : words.daysTooMany(countText(reportDaysMax))}
        </p>
      )}
    </form>
  );
}
