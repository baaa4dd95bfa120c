import type { PricedLine, PricedStay } from "@gatehouse/shared/contracts/rules/tariffs";
import { durationText } from "../../../shared/web/duration.ts";
import { minuteText, moneyText, percentText } from "../format.ts";
import type { DraftDesk, Trial } from "./draft-desk.ts";
import { tariffWords as words } from "./tariff-words.ts";
import { textAt } from "./written.ts";

/** What made-up stays cost under the tariff as it stands, changing as somebody types. */
export function TestStays({ desk }: { readonly desk: DraftDesk }) {
  const trials = desk.trials.value;
  const change = (index: number, changed: Partial<Trial>): void =>
    desk.tryStays(trials.map((trial, at) => (at === index ? { ...trial, ...changed } : trial)));
  return (
    <section class="test-stays" aria-labelledby="test-stays">
      <h2 id="test-stays">{words.tests}</h2>
      <p class="quiet">{desk.complaints.value.length > 0 ? words.notPriced : words.testsHint}</p>
      <ol class={desk.isFresh.value ? "trials" : "trials is-old"}>
        {trials.map((trial, index) => (
          <li key={index}>
            <fieldset>
              <legend class="visually-hidden">{words.stay(index + 1)}</legend>
              <div class="trial-fields">
                <label>
                  <span>{words.entry}</span>
                  <input
                    type="datetime-local"
                    value={trial.entry}
                    onChange={({ currentTarget: { value } }) => change(index, { entry: value })}
                  />
                </label>
                <label>
                  <span>{words.exit}</span>
                  <input
                    type="datetime-local"
                    value={trial.exit}
                    onChange={({ currentTarget: { value } }) => change(index, { exit: value })}
                  />
                </label>
                <label>
                  <span>{words.vehicleClass}</span>
                  <select
                    value={trial.vehicle_class}
                    onChange={({ currentTarget: { value } }) =>
                      change(index, { vehicle_class: value })
                    }
                  >
                    {Object.entries(words.classes).map(([each, name]) => (
                      <option key={each} value={each}>
                        {name}
                      </option>
                    ))}
                  </select>
                </label>
              </div>
              <Priced desk={desk} stay={desk.priced.value[index]} />
              {trials.length > 1 && (
                <button
                  type="button"
                  class="link"
                  aria-label={words.removeStay(index + 1)}
                  onClick={() => desk.tryStays(trials.filter((_, at) => at !== index))}
                >
                  {words.remove}
                </button>
              )}
            </fieldset>
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="link"
        onClick={() => desk.tryStays([...trials, ...trials.slice(-1)])}
      >
        {words.addStay}
      </button>
    </section>
  );
}

function Priced({
  desk,
  stay,
}: {
  readonly desk: DraftDesk;
  readonly stay: PricedStay | undefined;
}) {
  if (stay === undefined) return <p class="trial-price">–</p>;
  if (stay.kind === "refused") return <p class="trial-price">{stay.sentence}</p>;
  const currency = textAt(desk.tariff.value, ["currency"]);
  return (
    <>
      <p class="trial-price" aria-live="polite">
        <strong>
          {stay.total_minor === 0 ? words.free : moneyText(stay.total_minor, currency)}
        </strong>
      </p>
      {stay.lines.length > 0 && (
        <details>
          <summary>{words.lines}</summary>
          <ul class="price-lines">
            {stay.lines.map((line, index) => (
              <li key={index}>
                <span class="amount">{moneyText(line.minor, currency)}</span> {ruleText(line.rule)}
                <small>
                  {minuteText(line.from, desk.facility.timezone)} –{" "}
                  {minuteText(line.to, desk.facility.timezone)}
                  {explainText(line, currency)}
                </small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const ruleText = (rule: string): string =>
  rule.startsWith("tax:") ? words.taxLine(rule.slice(4)) : (words.rules[rule] ?? rule);

/** Why a line is what it is, as the engine says it. */
function explainText({ explain }: PricedLine, currency: string): string {
  const { price, per, step, charged_s: charged, cap, percent } = explain;
  const { uncapped_minor: uncapped, instead_of_minor: instead } = explain;
  const parts = [
    price !== undefined && per !== undefined && words.explain.per(`${price}`, `${per}`),
    step !== undefined && words.explain.step(`${step}`),
    charged !== undefined && words.explain.charged(durationText(Number(charged) * 1000)),
    cap !== undefined && words.explain.cap(`${cap}`),
    uncapped !== undefined && words.explain.uncapped(moneyText(Number(uncapped), currency)),
    percent !== undefined && words.explain.percent(percentText(Number(percent))),
    instead !== undefined && words.explain.instead(moneyText(Number(instead), currency)),
  ].filter((part) => part !== false);
  return parts.length === 0 ? "" : ` · ${parts.join(", ")}`;
}
