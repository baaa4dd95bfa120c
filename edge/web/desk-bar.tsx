import { laneModes } from "@gatehouse/shared/contracts/lanes";
import { isReview } from "./asking.ts";
import { chooseWords } from "./choose-words.ts";
import { news } from "./connection.ts";
import { deviceWords } from "./device-words.ts";
import { laneWords } from "./lane-words.ts";
import { alerts, facility } from "./model.ts";
import { paymentsWords } from "./money/payments-words.ts";
import { rightsWords } from "./rights-words.ts";
import { shown } from "./showing.ts";

/** Which mode holds for the whole facility, and the ways to what an attendant keeps. */
export function DeskBar() {
  const mode = facility.value?.mode ?? "open";
  const isLive = news.value === "live";
  const reviews = alerts.value.filter(isReview).length;
  return (
    <nav class="desk-bar" aria-label={rightsWords.title}>
      <fieldset class="modes" aria-label={laneWords.mode}>
        {laneModes.map((each) => (
          <button
            key={each}
            type="button"
            class={`button mode-${each}`}
            aria-pressed={each === mode}
            disabled={!isLive}
            onClick={() => {
              if (each !== mode) shown.value = { kind: "mode", mode: each };
            }}
          >
            {laneWords.modes[each]}
          </button>
        ))}
      </fieldset>
      {reviews > 0 && (
        <button
          type="button"
          class="button"
          disabled={!isLive}
          onClick={() => (shown.value = { kind: "reviews" })}
        >
          {chooseWords.reviews(reviews)}
        </button>
      )}
      <button
        type="button"
        class="button"
        disabled={!isLive}
        onClick={() => (shown.value = { kind: "rights" })}
      >
        {rightsWords.title}
      </button>
      <button
        type="button"
        class="button"
        disabled={!isLive}
        onClick={() => (shown.value = { kind: "money", tab: "stays" })}
      >
        {paymentsWords.title}
      </button>
      <button
        type="button"
        class="button"
        disabled={!isLive}
        onClick={() => (shown.value = { kind: "devices" })}
      >
        {deviceWords.title}
      </button>
    </nav>
  );
}
