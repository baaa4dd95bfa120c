import { chooseWords } from "./choose-words.ts";
import type { Choosing } from "./choosing.ts";
import { ReasonField } from "./reason-field.tsx";

/** What the plate of the chosen vehicle truly is. */
export function CorrectPlate({ choosing }: { readonly choosing: Choosing }) {
  const { isCorrecting, truePlate, reason, candidate } = choosing;
  const toggle = (): void => {
    truePlate.value = candidate?.plate ?? "";
    isCorrecting.value = !isCorrecting.value;
  };
  return (
    <div class="correct-plate">
      <button type="button" class="link" onClick={toggle}>
        {isCorrecting.value
          ? chooseWords.keepPlate
          : chooseWords.wrongPlate(candidate?.plate ?? chooseWords.noPlate)}
      </button>
      {isCorrecting.value && (
        <>
          <label class="note">
            <span>{chooseWords.truePlate}</span>
            <input
              type="text"
              maxLength={20}
              value={truePlate}
              onInput={(event) => (truePlate.value = event.currentTarget.value)}
            />
          </label>
          <ReasonField reason={reason} usual={chooseWords.correctReasons} />
        </>
      )}
    </div>
  );
}
