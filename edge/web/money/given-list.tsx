import type { ValidationView } from "@gatehouse/shared/contracts/validations";
import { useSignal, type Signal } from "@preact/signals";
import { news } from "../connection.ts";
import { countText } from "../format.ts";
import { ReasonField } from "../reason-field.tsx";
import { Said } from "../sheet.tsx";
import { amountText } from "./amounts.ts";
import { usePressing } from "./pressing.ts";
import { revoke } from "./validation-api.ts";
import { validationWords } from "./validation-words.ts";

/** What merchants gave to a stay; each can be taken back until the vehicle has left. */
export function GivenList(props: {
  readonly given: readonly ValidationView[];
  /** Something was taken back. */
  readonly onChange: () => void;
}) {
  const chosen = useSignal("");
  const { given, onChange } = props;
  if (given.length === 0) return null;
  return (
    <section class="whole-line given-list">
      <h3>{validationWords.given}</h3>
      <ul>
        {given.map((each) => (
          <li key={each.validation_id}>
            <span>
              <strong>{each.merchant}</strong> {giftText(each)} <small>{stateText(each)}</small>
            </span>
            {(each.state === "issued" || each.state === "used") &&
              chosen.value !== each.validation_id && (
                <button
                  type="button"
                  class="button"
                  onClick={() => (chosen.value = each.validation_id)}
                >
                  {validationWords.takeBack}
                </button>
              )}
            {chosen.value === each.validation_id && (
              <TakingBack given={each} chosen={chosen} onChange={onChange} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why it is taken back, and the button that does it. */
function TakingBack(props: {
  readonly given: ValidationView;
  readonly chosen: Signal<string>;
  readonly onChange: () => void;
}) {
  const { given, chosen, onChange } = props;
  const reason = useSignal("");
  const { isAsking, trouble, press } = usePressing();
  const send = (): void =>
    void press(
      () => revoke(given.validation_id, { reason: reason.value.trim() }),
      () => {
        chosen.value = "";
        onChange();
      },
    );
  return (
    <div class="taking-back">
      <ReasonField reason={reason} usual={validationWords.reasons} />
      <p class="chips">
        <button
          type="button"
          class="button"
          disabled={isAsking.value || reason.value.trim() === "" || news.value !== "live"}
          onClick={send}
        >
          {validationWords.takeBackSure(given.merchant)}
        </button>
        <button type="button" class="button" onClick={() => (chosen.value = "")}>
          {validationWords.keepIt}
        </button>
      </p>
      <Said trouble={trouble.value} />
    </div>
  );
}

const giftText = ({ kind, value }: ValidationView): string =>
  validationWords.gift[kind](kind === "amount" ? amountText(value) : countText(value));

const stateText = ({ state, amount_minor: amount }: ValidationView): string =>
  state === "used" && amount !== null
    ? validationWords.worth(amountText(amount))
    : validationWords.states[state];
