import { Overview } from "@gatehouse/shared/contracts/office";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { countText } from "../format.ts";
import { toneOf } from "../standing.ts";
import { words } from "../words.ts";
import { facilityAddress, queryOf } from "./address.ts";
import { useAnswer } from "./answer.ts";
import { Answered } from "./answered.tsx";
import { frameWords } from "./frame-words.ts";

/** So many are offered at once; the others are found by typing. */
const shownMax = 30;
/** After the last key; real time. */
const typingMs = 150;

/** Facilities to go to, found by name among a thousand. */
export function FacilityChoice({
  part,
  here,
  isFocused = false,
}: {
  /** Where in the facility one goes. */
  readonly part: string;
  /** The facility where one is. */
  readonly here?: string | undefined;
  readonly isFocused?: boolean;
}) {
  const typed = useSignal("");
  const asked = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const answer = useAnswer(`/api/overview${queryOf({ search: asked.value })}`, Overview, "once");
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => (asked.value = typed.value.trim()), typingMs);
    return () => clearTimeout(timer);
  }, [typed.value]);
  return (
    <div class="facility-choice">
      <input
        ref={field}
        type="search"
        placeholder={frameWords.searchFacility}
        aria-label={frameWords.searchFacility}
        value={typed}
        onInput={(event) => (typed.value = event.currentTarget.value)}
      />
      <Answered answer={answer}>
        {({ facilities, found }) =>
          facilities.length === 0 ? (
            <p class="quiet">
              {asked.value === "" ? words.noFacilities : frameWords.noneFound(asked.value)}
            </p>
          ) : (
            <>
              <ul>
                {facilities.slice(0, shownMax).map(({ facility_id, name, level }) => (
                  <li key={facility_id}>
                    <a
                      href={facilityAddress(facility_id, part)}
                      aria-current={facility_id === here ? "true" : undefined}
                    >
                      <StateMark tone={toneOf[level]} />
                      <span class="visually-hidden">{words.level[level]}: </span>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
              {found > shownMax && (
                <p class="quiet">{frameWords.moreFound(countText(found - shownMax))}</p>
              )}
            </>
          )
        }
      </Answered>
    </div>
  );
}
