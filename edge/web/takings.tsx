import { countText, dayText, moneyText } from "./format.ts";
import { LiveValue } from "../../shared/web/live-value.tsx";
import { facility, takings } from "./model.ts";
import { words } from "./words.ts";

/** What the day has brought. */
export function Takings() {
  const day = takings.value;
  const currency = facility.value?.currency;
  if (day === undefined || currency === undefined) return null;
  return (
    <section class="takings">
      <h2>
        {words.takings} <small>{dayText(day.day)}</small>
      </h2>
      <p class="big-figure">
        <LiveValue text={moneyText(day.captured_minor, currency)} />
      </p>
      <p>
        {words.payments(countText(day.payments), day.payments === 1)} ·{" "}
        {words.entriesAndExits(countText(day.entries), countText(day.exits))}
      </p>
    </section>
  );
}
